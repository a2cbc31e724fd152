// What is typed in any form and not saved: the browser keeps it for the same person until it is saved, cancelled or
// discarded. It never hides what a colleague changed meanwhile.
import { call, expect, hydrated, people, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();
const field = (page: Page, name: string) => page.locator(`#content form [name="${name}"]`).first();
const back = (page: Page) => page.locator('.draft-back');
const save = (page: Page) => page.locator('#content form.form [type="submit"]').last();

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

async function customer(page: Page, name: string): Promise<string> {
  const one = id();
  await call(page, '/api/customers/create', {
    form: { id: one, kind: 'organisation', name, city: 'İzmir', phones: ['0232 464 55 20'] },
  });
  return one;
}

/** Leaves the page by the menu and comes back with Back, as people do by mistake. */
async function leaveAndReturn(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).first().click();
  await expect(page).toHaveURL(/\/tasks$/);
  await page.goBack();
}

test('a half-filled form is there again after the menu and Back, and after a reload', async ({ page }) => {
  await signIn(page);
  await open(page, '/customers/new');
  await field(page, 'name').fill('Yarım kalan');
  await page.locator('[name="kind"][value="person"]').check();
  await page.getByText('Add a contact').click();
  await page.locator('[name="contact_name[]"]').nth(1).fill('İkinci kişi');
  await page.locator('[name="note"]').fill('Bir\niki');
  const whole = async () => {
    await expect(field(page, 'name')).toHaveValue('Yarım kalan');
    await expect(page.locator('[name="kind"][value="person"]')).toBeChecked();
    await expect(page.locator('[name="contact_name[]"]').nth(1)).toHaveValue('İkinci kişi');
    await expect(page.locator('[name="contact_name[]"]').nth(1)).toBeVisible();
    await expect(page.locator('[name="note"]')).toHaveValue('Bir\niki');
    await expect(back(page)).toContainText('Your unsaved changes are back');
  };
  await leaveAndReturn(page);
  await whole();
  await page.reload();
  await hydrated(page);
  await whole();
  // It is also there in another tab, after this one was closed.
  const other = await page.context().newPage();
  await page.close();
  await open(other, '/customers/new');
  await expect(field(other, 'name')).toHaveValue('Yarım kalan');
  await save(other).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Yarım kalan');
  await expect(other.locator('#content')).toContainText('İkinci kişi');
  await open(other, '/customers/new');
  await expect(field(other, 'name')).toHaveValue('');
  await expect(back(other)).toHaveCount(0);
});

test('what is cancelled or thrown away does not come back, and passwords are never kept', async ({ page }) => {
  await signIn(page);
  await open(page, '/tasks/new');
  await field(page, 'title').fill('Vazgeçilen');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await open(page, '/tasks/new');
  await expect(field(page, 'title')).toHaveValue('');

  const one = await customer(page, 'Atılacak');
  await open(page, `/customers/${one}/edit`);
  await field(page, 'city').fill('Bursa');
  await page.reload();
  await hydrated(page);
  await expect(field(page, 'city')).toHaveValue('Bursa');
  await back(page).getByRole('button', { name: 'Discard' }).click();
  await expect(field(page, 'city')).toHaveValue('İzmir');
  await expect(back(page)).toHaveCount(0);
  await page.reload();
  await hydrated(page);
  await expect(field(page, 'city')).toHaveValue('İzmir');

  await open(page, '/settings');
  await page.locator('[name="current"]').fill('gizli parola');
  await page.locator('[name="password"]').fill('gizli parola 2');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('gizli');
});

test('nobody else finds it, and another tab that is at work keeps its own', async ({ page, visitor }) => {
  await signIn(page);
  const one = await customer(page, 'Ortak kayıt');
  await open(page, `/customers/${one}/edit`);
  await field(page, 'city').fill('Aydın');
  const tab = await page.context().newPage();
  await open(tab, `/customers/${one}/edit`);
  // Longer than the page waits for answers of other tabs.
  await tab.waitForTimeout(600);
  await expect(field(tab, 'city')).toHaveValue('İzmir');
  await tab.close();
  // The same browser, another person.
  const other = await visitor();
  await signIn(other, people.manager);
  const cookies = await other.context().cookies();
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  await open(page, `/customers/${one}/edit`);
  await page.waitForTimeout(600);
  await expect(page.locator('body')).not.toContainText('unsaved changes are back');
  await expect(page.locator('input[value="Aydın"]')).toHaveCount(0);
});

test('a deal keeps its customer, and a stage its dialog', async ({ page }) => {
  await signIn(page);
  const name = `Seçilen ${id().slice(0, 6)}`;
  await customer(page, name);
  await open(page, '/deals/new');
  await field(page, 'title').fill('Yeni satış');
  await page.locator('#field-customer').fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await page.locator('[name="currency"]').selectOption('EUR');
  await leaveAndReturn(page);
  await expect(field(page, 'title')).toHaveValue('Yeni satış');
  await expect(page.locator('#field-customer')).toHaveValue(name);
  await expect(page.locator('[name="currency"]')).toHaveValue('EUR');
  await save(page).click();
  await expect(page.locator('.card-sub')).toContainText(name);

  await open(page, '/settings/pipelines');
  const ask = () => page.getByRole('button', { name: 'Add a stage' }).first().click();
  await ask();
  await page.getByRole('dialog').locator('[name="name"]').fill('Yarım aşama');
  await page.reload();
  await hydrated(page);
  await ask();
  await expect(page.getByRole('dialog').locator('[name="name"]')).toHaveValue('Yarım aşama');
  await page.keyboard.press('Escape');
  await ask();
  await expect(page.getByRole('dialog').locator('[name="name"]')).toHaveValue('');
});

test("what came back never hides a colleague's change", async ({ page, visitor, tolerate }) => {
  tolerate(/status of 409/);
  await signIn(page);
  const one = await customer(page, 'İki kişi');
  await open(page, `/customers/${one}/edit`);
  await field(page, 'city').fill('Manisa');
  await page.locator('[name="note"]').fill('Benim notum');
  const other = await visitor();
  await signIn(other);
  await open(other, `/customers/${one}/edit`);
  await field(other, 'city').fill('Uşak');
  await field(other, 'sector').fill('Gıda');
  await save(other).click();
  await expect(other).toHaveURL(new RegExp(`${one}$`));

  await page.reload();
  await hydrated(page);
  await expect(field(page, 'city')).toHaveValue('Manisa');
  await expect(field(page, 'sector'), 'what I did not touch is new').toHaveValue('Gıda');
  await save(page).click();
  await expect(page.locator('table.conflict')).toContainText('Uşak');
  await save(page).click();
  await expect(page).toHaveURL(new RegExp(`${one}$`));
  const now = await call<{
    customer: { facts: { city: string; note: string; sector: string } },
  }>(page, '/api/customers/get', { id: one });
  expect(now.customer.facts).toMatchObject({ city: 'Manisa', note: 'Benim notum', sector: 'Gıda' });
});
