// What people find when they come back to a page: the same rows in view, what they typed, and a notice when there is a
// newer program. Also: two clicks log one activity.
import { call, expect, hydrated, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();

async function many(page: Page, count: number): Promise<void> {
  const next = Array.from({ length: count }, (_, nr) => nr);
  const work = async () => {
    for (let nr = next.shift(); nr !== undefined; nr = next.shift()) {
      const form = { id: id(), kind: 'organisation', name: `Dönüş ${String(nr).padStart(4, '0')}` };
      await call(page, '/api/customers/create', { form });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

test('a list gives its place back after Back and after a reload', async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page);
  await many(page, 260);
  await page.goto('/customers');
  await hydrated(page);
  const box = page.locator('.table-box');
  // Scroll in steps, because the next rows are loaded only near the end of the list.
  for (let far = 2000; far <= 8000; far += 2000) {
    const scrolled = () => box.evaluate((one, top) => (one.scrollTo(0, top), one.scrollTop), far);
    await expect.poll(scrolled).toBe(far);
  }
  const left = await box.evaluate((one) => one.scrollTop);
  expect(left).toBeGreaterThan(5000);
  // The rows are drawn a moment after scrolling; until then there is no name to read.
  let middle = '';
  const read = async () => {
    middle = await box.evaluate((one) => {
      const { left, top, height } = one.getBoundingClientRect();
      const row = document.elementFromPoint(left + 60, top + height / 2)?.closest('tr');
      return row?.innerText.split('\t')[0]?.trim() ?? '';
    });
    return middle;
  };
  await expect.poll(read).toMatch(/^Dönüş \d{4}$/);
  await page.getByRole('link', { name: middle }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Dönüş');
  await page.goBack();
  await expect(page.getByRole('link', { name: middle }).first()).toBeInViewport();
  await expect.poll(async () => Math.abs((await box.evaluate((one) => one.scrollTop)) - left)).toBeLessThan(5);
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole('link', { name: middle }).first()).toBeInViewport();
  // Opened by a link, the list begins at its top.
  await page.getByRole('link', { name: 'Tasks' }).first().click();
  await page.getByRole('link', { name: 'Customers' }).first().click();
  await expect.poll(async () => box.evaluate((one) => one.scrollTop)).toBeLessThan(5);
});

test('two clicks log one activity, and Save without a text logs none', async ({ page }) => {
  await signIn(page);
  const customer = id();
  await call(page, '/api/customers/create', { form: { id: customer, kind: 'organisation', name: 'İki Tık' } });
  await page.goto(`/customers/${customer}`);
  await hydrated(page);
  const composer = page.locator('#composer');
  await composer.getByRole('textbox').first().fill('Bir kere konuştuk');
  await composer.getByRole('button', { name: /Save/ }).dblclick();
  await expect(page.getByText('Bir kere konuştuk')).toBeVisible();
  await composer.getByRole('button', { name: 'No answer' }).dblclick();
  await composer.getByRole('button', { name: /Save/ }).click();
  await expect(composer.locator('.field-problem:visible')).toBeVisible();
  type Stream = { lines: { activity?: unknown }[] };
  const logged = async () => {
    const stream = await call<Stream>(page, '/api/activities/stream', { card: { customer }, query: { limit: 40 } });
    return stream.lines.filter((line) => line.activity).length;
  };
  await expect.poll(logged).toBe(2);
  // A second one would be saved by now, because this one was sent later and is saved.
  await call(page, '/api/activities/log', { card: { customer }, form: { id: id(), kind: 'note', content: 'Sonra' } });
  expect(await logged()).toBe(3);
});

test('a page of an older program says so, and what was typed survives the reload', async ({ page }) => {
  await signIn(page);
  await page.addInitScript(() => {
    if (sessionStorage.getItem('once')) return;
    sessionStorage.setItem('once', '1');
    document.addEventListener(
      'DOMContentLoaded', () => (document.documentElement.dataset.program = '/pkg/yesterday.js'),
    );
  });
  await page.goto('/customers/new');
  await hydrated(page);
  await page.locator('input[name="name"]').fill('Yarım kalan firma');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0);
  await hydrated(page);
  await expect(page.locator('input[name="name"]')).toHaveValue('Yarım kalan firma');
});
