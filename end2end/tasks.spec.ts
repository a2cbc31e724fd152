// Tasks as people use them: adding one as a typed line, one tap for done, putting off, the next step of a deal, the
// outcome of a call; on a phone and without JavaScript. Also the tasks on the page Today.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let counter = 0;
/** A title nobody else on this server uses. */
const fresh = (name: string) => `${name} ${process.pid}-${++counter}`;

const task = (page: Page, title: string) => page.locator('.task', { hasText: title });
const tick = (page: Page, title: string) => page.getByRole('button', { name: `Done: ${title}` });
const undo = (page: Page) => page.locator('.toast').last().getByRole('button', { name: 'Undo' });
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function add(page: Page, line: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'New task' });
  await field.fill(line);
  await field.press('Enter');
  await expect(field).toHaveValue('');
}

test('a line becomes a task, is done with one tap and taken back @both', async ({ page }) => {
  await signIn(page);
  await page.goto('/tasks');
  await hydrated(page);
  const title = fresh('send the price list');
  const field = page.getByRole('textbox', { name: 'New task' });
  await field.fill(`tomorrow 2pm ${title}`);
  await expect(page.locator('.new-task-said')).toHaveText(/Other · tomorrow 14:00/);
  await field.press('Enter');
  const shown = title.replace('send', 'Send');
  await expect(part(page, 'Tomorrow').locator('.task', { hasText: shown })).toContainText('tomorrow 14:00');

  await tick(page, shown).click();
  await expect(task(page, shown)).toHaveCount(0);
  await undo(page).click();
  await expect(task(page, shown)).toBeVisible();

  await page.getByRole('button', { name: `Put off: ${shown}` }).click();
  await page.getByRole('button', { name: 'Later today' }).click();
  await expect(part(page, 'Today').locator('.task', { hasText: shown })).toBeVisible();
  await undo(page).click();
  await expect(part(page, 'Tomorrow').locator('.task', { hasText: shown })).toBeVisible();

  await tick(page, shown).click();
  await expect(task(page, shown)).toHaveCount(0);
  await page.getByRole('link', { name: 'Done', exact: true }).click();
  await expect(task(page, shown)).toBeVisible();
});

test('what was read in the line is marked, and a tap makes it text again', async ({ page }) => {
  await signIn(page);
  await page.goto('/tasks');
  await hydrated(page);
  const title = fresh('paper');
  await page.getByRole('textbox', { name: 'New task' }).fill(`tomorrow ${title}`);
  const said = page.locator('.new-task-said');
  await expect(said).toContainText('Other · tomorrow');
  await page.getByRole('button', { name: 'Keep “tomorrow” as text' }).click();
  await expect(said).toContainText('Other · today');
  await page.keyboard.press('Enter');
  await expect(part(page, 'Today').locator('.task', { hasText: `Tomorrow ${title}` })).toBeVisible();
});

test('the customer named in the line is offered and the call asks how it went', async ({ page }) => {
  await signIn(page);
  const name = fresh('Kuzguncuk Tekstil');
  await page.goto('/customers/new');
  await hydrated(page);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('.form button[type="submit"]').first().click();
  await expect(page.locator('h1')).toHaveText(name);

  await page.goto('/');
  await hydrated(page);
  const field = page.getByRole('textbox', { name: 'New task' });
  await field.pressSequentially(`call ${name}`);
  await expect(
    page.getByRole('group', { name: 'About whom?' }).getByRole('button', { name })
  ).toHaveAttribute('aria-pressed', 'true');
  await field.press('Enter');
  const title = `Call ${name}`;
  await expect(
    part(page, 'Today').locator('.task', { hasText: title }).getByRole('link', { name, exact: true })
  ).toBeVisible();

  await tick(page, title).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'No answer' }).click();
  const next = dialog.getByRole('textbox', { name: 'New task' });
  await expect(next).toHaveValue(`tomorrow 10:00 ${title}`);
  await next.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(task(page, title)).toHaveCount(0);
  await page.goto('/tasks');
  await expect(part(page, 'Tomorrow').locator('.task', { hasText: title })).toContainText('tomorrow 10:00');
});

test('the next step of a deal stands on its card, in the list and on the board', async ({ page, visitor }) => {
  await signIn(page);
  const title = fresh('Soğuk hava deposu');
  await page.goto('/deals/new');
  await hydrated(page);
  await page.locator('input[name="title"]').fill(title);
  await page.locator('.form button[type="submit"]').click();
  await expect(page.locator('h1')).toHaveText(title);
  const url = page.url();
  await expect(page.locator('.card-step')).toContainText('No next step');

  const board = await visitor();
  await signIn(board, people.owner);
  await board.goto(`/deals?q=${encodeURIComponent(title)}`);
  await hydrated(board);
  const card = board.locator('.deal-card', { hasText: title });
  await expect(card.locator('.deal-step')).toHaveAttribute('data-when', 'none');

  await add(page, 'today call the buyer');
  await expect(page.locator('.card-step .step')).toHaveAttribute('data-when', 'today');
  await expect(page.locator('.card-step')).toContainText('today call');
  // A board that is open elsewhere shows it at once.
  await expect(card.locator('.deal-step')).toHaveAttribute('data-when', 'today');
  await board.goto(`/deals?view=list&q=${encodeURIComponent(title)}`);
  await expect(board.locator('.row', { hasText: title }).locator('.step')).toContainText('today call');

  await page.goto(`${url}`);
  await hydrated(page);
  await tick(page, 'Call the buyer').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reached' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'No next step' }).click();
  await expect(page.locator('.card-step')).toContainText('No next step');
  await page.goto('/');
  await expect(part(page, 'Deals without a next step').getByRole('link', {
    name: /Add a next step/,
  }).first()).toBeVisible();
});

test('a task is edited, and who saves second is told', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 4(09|22)/);
  await signIn(page);
  await page.goto('/tasks');
  await hydrated(page);
  const title = fresh('Prepare the contract');
  await add(page, title);
  await page.getByRole('link', { name: title }).click();
  await hydrated(page);
  const other = await visitor();
  await signIn(other, people.owner);
  await other.goto(page.url());
  await hydrated(other);
  await other.locator('input[name="due_at"]').fill('09:30');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other).toHaveURL(/\/tasks$/);

  await page.locator('input[name="title"]').fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('input[name="title"]')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('input[name="title"]').fill(`${title}!`);
  await page.locator('input[name="due_at"]').fill('11:00');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('.problems')).toContainText('09:30');
  await page.getByRole('button', { name: 'Save mine' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(task(page, `${title}!`)).toBeVisible();
});

test('without JavaScript a task is added, put off and done', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/tasks');
  const title = fresh('Plain samples');
  const field = plain.getByRole('textbox', { name: 'New task' });
  await field.fill('tomorrow');
  await field.press('Enter');
  await expect(field).toHaveValue('tomorrow');
  await expect(plain.locator('.field-problem')).toBeVisible();
  await field.fill(title);
  await field.press('Enter');
  await expect(part(plain, 'Today').locator('.task', { hasText: title })).toBeVisible();
  await plain.getByRole('button', { name: `Put off: ${title}` }).click();
  // The menu needs wasm; without it the button leads to the task's form.
  const day = plain.getByLabel('Day', { exact: true });
  const tomorrow = new Date(Date.parse(await day.inputValue()) + 86_400_000).toISOString().slice(0, 10);
  await day.fill(tomorrow);
  await plain.getByRole('button', { name: 'Save' }).click();
  await expect(part(plain, 'Tomorrow').locator('.task', { hasText: title })).toBeVisible();
  await tick(plain, title).click();
  await expect(task(plain, title)).toHaveCount(0);
});

for (const [locale, scheme] of [['tr-TR', 'light'], ['en-US', 'dark']] as const) {
  test(`tasks and today can be read by everyone (${locale}, ${scheme})`, async ({ visitor }) => {
    const page = await visitor({ locale, colorScheme: scheme });
    await signIn(page);
    await page.goto('/tasks');
    await hydrated(page);
    for (
      const line of ['bugün 16:30 Demir Çelik’i ara', 'yarın teklif gönder', 'cuma 10:00 toplantı', '15.01 ziyaret et']
    ) {
      const field = page.locator('#new-task');
      await field.fill(line);
      await field.press('Enter');
      await expect(field).toHaveValue('');
    }
    for (const [name, path] of [['list', '/tasks'], ['done', '/tasks?done=1'], ['today', '/'], ['new', '/tasks/new']]) {
      await page.goto(path);
      await hydrated(page);
      await axe(page);
      await shot(page, `tasks-${name}-${locale}`);
    }
  });
}

test('tasks and today fit a phone', async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page);
  await page.goto('/');
  await hydrated(page);
  await add(page, fresh('today 16:30 call somebody with quite a long name about prices'));
  for (const [name, path] of [['today', '/'], ['list', '/tasks'], ['new', '/tasks/new']]) {
    await page.goto(path);
    await hydrated(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await axe(page);
    await shot(page, `tasks-${name}-phone`);
  }
  const bar = page.getByRole('navigation', { name: 'Main navigation' }).last();
  await expect(bar.getByRole('link')).toHaveCount(5);
});

test('Today shows five of what is late until all is wanted, also without scripts', async ({ page, visitor }) => {
  await signIn(page);
  for (let nr = 0; nr < 7; nr += 1) {
    const form = { id: crypto.randomUUID(), title: fresh('late'), kind: 'other', due_on: '2026-01-05' };
    await call(page, '/api/tasks/save', { form });
  }
  await page.goto('/');
  await hydrated(page);
  const late = part(page, 'Late');
  const shown = late.locator('.task:visible');
  await expect(shown).toHaveCount(5);
  await axe(page);
  await shot(page, 'today-folded');
  await late.getByRole('checkbox', { name: 'Show all' }).check();
  await expect(shown).not.toHaveCount(5);

  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/');
  await expect(part(plain, 'Late').locator('.task:visible')).toHaveCount(5);
});
