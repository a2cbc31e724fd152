// Deals as people use them: the list, the card, the form, with wasm and without. The board has a spec of its own.
import { axe, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let counter = 0;
/** A title nobody else on this server uses. */
const fresh = (name: string) => `${name} ${process.pid}-${++counter}`;

async function create(page: Page, title: string, amount = '45000'): Promise<string> {
  await page.goto('/deals/new');
  await hydrated(page);
  await page.locator('input[name="title"]').fill(title);
  await page.locator('input[name="amount"]').fill(amount);
  await page.locator('.form button[type="submit"]').click();
  await expect(page).toHaveURL(/\/deals\/[0-9a-f-]{36}$/);
  await expect(page.locator('h1')).toHaveText(title);
  return page.url();
}

const state = (page: Page) => page.locator('.card-sub .badge');

test('a deal is opened, found while typing, won, and taken back @both', async ({ page }) => {
  await signIn(page);
  const title = fresh('Işık GES paneli');
  await create(page, title);

  await page.goto('/deals?view=list');
  await hydrated(page);
  const search = page.getByRole('searchbox', { name: 'Search deals' });
  await search.pressSequentially('isik ges paneli');
  const row = page.getByRole('table').getByRole('link', { name: title, exact: true });
  await expect(row).toBeVisible();
  await expect(page).toHaveURL(/q=isik/);
  await search.fill('nothing is called like this');
  await expect(row).toHaveCount(0);
  await expect(page.locator('.empty')).toBeVisible();
  await search.fill(title);
  await row.click();

  await page.getByRole('button', { name: 'Mark as won' }).click();
  await expect(state(page)).toHaveText('Won');
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByRole('button', { name: 'Mark as won' })).toBeVisible();
  await expect(state(page)).toHaveCount(0);
});

test('a deal is lost with one tap on a reason, and moved by its path', async ({ page }) => {
  await signIn(page);
  const title = fresh('Filo bakımı');
  await create(page, title);
  const path = page.getByRole('list', { name: 'Stages' });
  await path.getByRole('button').last().click();
  await expect(path.locator('[aria-current="step"]')).toHaveCount(1);
  await expect(path.locator('li').last()).toHaveAttribute('aria-current', 'step');

  await page.getByRole('button', { name: 'Mark as lost' }).click();
  await page.getByRole('button', { name: 'Price too high' }).click();
  await expect(state(page)).toHaveText('Lost');
  await expect(page.locator('.card-left')).toContainText('Price too high');

  await page.getByRole('button', { name: 'Reopen…' }).click();
  await page.locator('#deal-move .menu-item').first().click();
  await expect(page.getByRole('button', { name: 'Mark as won' })).toBeVisible();
});

test('a bad amount is refused at its field and nothing typed is lost', async ({ page, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  const url = await create(page, fresh('Yedek parça'));
  await page.goto(`${url}/edit`);
  await hydrated(page);
  const amount = page.locator('input[name="amount"]');
  await amount.fill('a lot');
  await page.locator('textarea[name="note"]').fill('kept');
  await page.locator('textarea[name="note"]').press('Control+Enter');
  await expect(amount).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#field-amount-problem')).toBeVisible();
  await expect(amount).toHaveValue('a lot');
  await expect(page.locator('textarea[name="note"]')).toHaveValue('kept');
  await amount.fill('1,234.56');
  await page.locator('.form button[type="submit"]').click();
  await expect(page).toHaveURL(url);
  await expect(page.locator('.card-left')).toContainText('₺1,234.56');
});

test('who saves second sees both values and chooses', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 409/);
  await signIn(page);
  const url = await create(page, fresh('Çakışma'));
  await page.goto(`${url}/edit`);
  await hydrated(page);
  const other = await visitor();
  await signIn(other, people.owner);
  await other.goto(`${url}/edit`);
  await hydrated(other);
  await other.locator('input[name="source"]').fill('fair');
  await other.locator('.form button[type="submit"]').click();
  await expect(other).toHaveURL(url);

  await page.locator('input[name="source"]').fill('web');
  await page.locator('.form button[type="submit"]').first().click();
  const panel = page.locator('.problems');
  await expect(panel.locator('.mine')).toHaveText(['web']);
  await expect(panel.locator('.theirs')).toHaveText(['fair']);
  await panel.getByRole('button').click();
  await expect(page).toHaveURL(url);
  await expect(page.locator('.card-left')).toContainText('web');
});

test('a deleted deal comes back', async ({ page }) => {
  await signIn(page);
  const title = fresh('Silinecek');
  const url = await create(page, title);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Delete this deal' }).click();
  await expect(page).toHaveURL(/\/deals$/);
  await page.locator('.toast', { hasText: 'deleted' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.toast', { hasText: 'Undone' })).toBeVisible();
  await page.goto(url);
  await expect(page.locator('h1')).toHaveText(title);
});

test('without JavaScript a deal is opened, refused, moved and lost', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/deals/new');
  await plain.locator('input[name="title"]').fill('Düz form');
  await plain.locator('input[name="amount"]').fill('yok');
  await plain.locator('.form button[type="submit"]').click();
  await expect(plain.locator('#field-amount-problem')).toBeVisible();
  await expect(plain.locator('input[name="title"]')).toHaveValue('Düz form');
  await plain.locator('input[name="amount"]').fill('100');
  await plain.locator('.form button[type="submit"]').click();
  await expect(plain.locator('h1')).toHaveText('Düz form');

  const steps = plain.locator('.stage-path li');
  await steps.nth(1).getByRole('button').click();
  await expect(steps.nth(1)).toHaveAttribute('aria-current', 'step');
  await expect(plain.locator('h1')).toHaveText('Düz form');

  await plain.getByRole('button', { name: 'Mark as lost' }).click();
  await plain.getByRole('button', { name: 'No budget' }).click();
  await expect(state(plain)).toHaveText('Lost');

  await plain.goto('/deals?view=list&status=lost&q=duz');
  await expect(plain.getByRole('link', { name: 'Düz form', exact: true })).toBeVisible();
});

for (const locale of ['tr-TR', 'en-US']) {
  test(`list, card and form can be read by everyone (${locale})`, async ({ visitor }) => {
    const page = await visitor({ locale });
    await signIn(page);
    const url = await create(page, fresh('Erişilebilir'));
    await axe(page);
    await shot(page, `deal-card-${locale}`);
    for (const [name, path] of [
      ['list', '/deals?view=list'], ['form', `${url}/edit`], ['empty', '/deals?view=list&q=zzzz'],
    ]) {
      await page.goto(path);
      await hydrated(page);
      await axe(page);
      await shot(page, `deal-${name}-${locale}`);
    }
  });
}

test('deals fit a phone', async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page);
  const url = await create(page, fresh('Telefonda uzunca adı olan bir satış kaydı'));
  for (const [name, path] of [['card', url], ['list', '/deals?view=list'], ['form', `${url}/edit`]]) {
    await page.goto(path);
    await hydrated(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await axe(page);
    await shot(page, `deal-${name}-phone`);
  }
});

test('a deal that is none is not found', async ({ page, tolerate }) => {
  tolerate(/status of 404/);
  await signIn(page);
  for (const path of ['/deals/0', '/deals/00000000-0000-7000-8000-000000000000', '/deals/0/edit']) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.locator('h1')).toHaveCount(1);
  }
});

test('an amount is grouped while it is typed', async ({ page }) => {
  await signIn(page);
  await page.goto('/deals/new');
  await hydrated(page);
  const amount = page.locator('input[name="amount"]');
  await amount.pressSequentially('1250000');
  await expect(amount).toHaveValue('1,250,000');
  await amount.press('ArrowLeft');
  await amount.press('ArrowLeft');
  await amount.press('ArrowLeft');
  await amount.press('Backspace');
  await expect(amount).toHaveValue('125,000');
  await amount.fill('');
  await amount.pressSequentially('12,5');
  await expect(amount, 'a sign of one’s own is left alone').toHaveValue('12,5');
  await amount.fill('');
  await amount.pressSequentially('1250k');
  await page.locator('input[name="title"]').fill('Bin bin');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bin bin' })).toBeVisible();
  await expect(page.locator('.card-figures')).toContainText('₺1,250,000');
});
