// Customers: adding, finding while typing, changing, undo, conflicts, long lists; also without wasm and on a phone.
// Everyone sees a change at once.
import { axe, expect, hydrated, people, shot, signIn, test, type Page } from './test';

/** A name nobody else in this run has. */
const unique = (name: string) => `${name} ${Math.random().toString(36).slice(2, 8)}`;

const search = (page: Page) => page.getByRole('searchbox', { name: /search customers|müşterilerde ara/i });
const table = (page: Page) => page.getByRole('table', { name: /list of customers|müşteri listesi/i });

/** Adds customers as the person signed in, without the pages. */
async function add(page: Page, forms: Record<string, unknown>[]): Promise<string[]> {
  return page.evaluate(async (forms) => {
    const made: string[] = [];
    for (const form of forms) {
      const answer = await fetch('/api/customers/create', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ form: { id: crypto.randomUUID(), ...form } }),
      });
      made.push(await answer.json());
    }
    return made;
  }, forms);
}

test('a customer is written, found, changed, deleted and brought back @both', async ({ page }) => {
  const name = unique('Güneş Enerji');
  await signIn(page);
  await page.goto('/customers');
  await hydrated(page);
  await page.getByRole('link', { name: 'New customer' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'New customer' })).toBeVisible();
  await axe(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill(name);
  await page.locator('#phones-0').fill('0232 464 55 20');
  await page.getByText('Add a phone').click();
  await expect(page.locator('#phones-1')).toBeFocused();
  await page.locator('#phones-1').fill('call me');
  await page.locator('#contact_name-0').fill('Selin Işık');
  await page.getByLabel('City').fill('İzmir');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#phones-1')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#phones-1')).toBeFocused();
  await page.locator('#phones-1').fill('0533 902 11 46');
  await page.keyboard.press('Control+Enter');

  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(`${name} is added`).first()).toBeVisible();
  await expect(page.getByText('Selin Işık')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Call' })).toHaveAttribute('href', 'tel:+902324645520');
  await axe(page);
  await shot(page, 'customer');

  await page.getByRole('link', { name: 'Customers' }).first().click();
  await search(page).fill('selin ışık');
  await expect(page).toHaveURL(/\?q=selin/);
  await expect(table(page).getByRole('link', { name })).toBeVisible();
  await table(page).getByRole('link', { name }).click();

  await page.getByRole('link', { name: 'Edit customer' }).click();
  await page.getByLabel('City').fill('Aydın');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${name} is saved`).first()).toBeVisible();
  await expect(page.locator('.card-sub')).toContainText('Aydın');
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.locator('.card-sub')).toContainText('İzmir');

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete this customer' }).click();
  await expect(page).toHaveURL(/\/customers$/);
  await expect(page.getByText(`${name} is deleted`).first()).toBeVisible();
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('everyone sees a change without reloading', async ({ page, visitor }) => {
  const name = unique('Canlı');
  await signIn(page);
  const [id] = await add(page, [{ name, city: 'Bursa' }]);
  const second = await visitor();
  await signIn(second);
  await second.goto(`/customers?q=${encodeURIComponent(name)}`);
  await hydrated(second);
  await expect(table(second).getByRole('cell', { name: 'Bursa' })).toBeVisible();
  await page.goto(`/customers/${id}/edit`);
  await hydrated(page);
  await page.getByLabel('City').fill('Denizli');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(table(second).getByRole('cell', { name: 'Denizli' })).toBeVisible();
});

test('two who change one customer keep what both did, and see where they did not agree', async ({
  page, visitor, tolerate,
}) => {
  tolerate(/status of 409/);
  const name = unique('Çatışma');
  await signIn(page);
  const [id] = await add(page, [{ name, city: 'Bursa', sector: 'Tekstil' }]);
  await page.goto(`/customers/${id}/edit`);
  await hydrated(page);
  const second = await visitor();
  await signIn(second);
  await second.goto(`/customers/${id}/edit`);
  await hydrated(second);
  const third = await visitor();
  await signIn(third);
  await third.goto(`/customers/${id}/edit`);
  await hydrated(third);
  await second.getByLabel('City').fill('Denizli');
  await second.getByLabel('Sector').fill('Kimya');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('heading', { level: 1, name })).toBeVisible();
  // A change of another field is no conflict.
  await third.getByLabel('Source').fill('Fuar');
  await third.getByRole('button', { name: 'Save' }).click();
  await expect(third.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(third.locator('.facts')).toContainText('Fuar');
  await expect(third.locator('.facts')).toContainText('Kimya');

  await page.getByLabel('Sector').fill('Gıda');
  await page.getByRole('button', { name: 'Save' }).click();
  const conflict = page.locator('table.conflict');
  // The pressed button is far below the notice, so the page must have scrolled.
  await expect(page.getByText('Somebody has just changed this record')).toBeInViewport();
  // The page asks only about the field that both changed.
  await expect(conflict.locator('tbody').getByRole('row')).toHaveCount(1);
  await expect(conflict.getByRole('row', { name: /Sector Gıda Kimya/ }).getByRole('checkbox')).not.toBeChecked();
  await expect(page.getByLabel('Sector')).toHaveValue('Gıda');
  await axe(page);
  await shot(page, 'customer-conflict');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.locator('.facts')).toContainText('Gıda');
  await expect(page.locator('.facts')).toContainText('Fuar');
  await expect(page.locator('.card-sub')).toContainText('Denizli');
});

test('without wasm a customer is written, searched, changed and deleted', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 4(22|09)/);
  const name = unique('Sade');
  await signIn(page);
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/customers/new');
  await plain.locator('#phones-0').fill('12');
  await plain.getByText('Add a phone').click();
  await plain.locator('#phones-10000').fill('444 0 123');
  await plain.getByRole('textbox', { name: 'Name', exact: true }).first().fill(name);
  await plain.getByRole('button', { name: 'Save' }).click();
  await expect(plain.locator('#phones-0')).toHaveAttribute('aria-invalid', 'true');
  await expect(plain.locator('#phones-1')).toHaveValue('444 0 123');
  await plain.locator('#phones-0').fill('0532 118 42 07');
  await plain.getByRole('button', { name: 'Save' }).click();
  await expect(plain.getByRole('heading', { level: 1, name })).toBeVisible();

  await plain.goto('/customers');
  await search(plain).fill(name);
  await search(plain).press('Enter');
  await table(plain).getByRole('link', { name }).click();
  await plain.getByRole('link', { name: 'Edit customer' }).click();
  await plain.getByLabel('Note').fill('</textarea><b>kalın</b>');
  await plain.getByRole('button', { name: 'Save' }).click();
  await expect(plain.locator('.facts')).toContainText('</textarea><b>kalın</b>');
  await plain.getByRole('button', { name: 'More' }).click();
  await plain.getByRole('button', { name: 'Delete this customer' }).click();
  await expect(plain).toHaveURL(/\/customers$/);
  await search(plain).fill(name);
  await search(plain).press('Enter');
  await expect(plain.getByText('No customer matches')).toBeVisible();
});

test('a long list is walked by scrolling, by letters and by plain links', async ({ page, visitor }) => {
  const mark = Math.random().toString(36).slice(2, 8);
  await signIn(page);
  const names = ['Ç', 'D', 'Ş'].flatMap(
    (letter) => Array.from({ length: 40 }, (_, nr) => `${letter}ok ${mark} ${100 + nr}`)
  );
  await add(page, names.map((name) => ({ name })));
  await page.goto(`/customers?q=${mark}`);
  await hydrated(page);
  await expect(page.locator('.page-sum')).toHaveText('120 customers found');
  await expect(table(page).getByRole('link', { name: `Çok ${mark} 100` })).toBeVisible();
  expect(await table(page).locator('tr.row').count()).toBeLessThan(90);
  await page.locator('#customers-box').evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(async () => {
    await page.locator('#customers-box').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(table(page).getByRole('link', { name: `Şok ${mark} 139` })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.getByRole('link', { name: 'D', exact: true }).click();
  await expect(table(page).locator('a.row-link').first()).toHaveText(`Dok ${mark} 100`);
  await shot(page, 'customers');
  await axe(page);

  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto(`/customers?q=${mark}`);
  await plain.getByRole('link', { name: 'Show more' }).click();
  await expect(table(plain).locator('a.row-link').first()).toHaveText(`Dok ${mark} 110`);
});

test('who may only look is offered nothing to change', async ({ page, tolerate }) => {
  tolerate(/status of 40[34]/);
  await signIn(page, people.viewer);
  await page.goto('/customers');
  await hydrated(page);
  await expect(page.getByRole('link', { name: 'New customer' })).toHaveCount(0);
  expect((await page.goto('/customers/new'))?.status()).toBe(403);
  expect((await page.goto('/customers/00000000-0000-7000-8000-000000000000'))?.status()).toBe(404);
  await expect(page.locator('h1')).toHaveCount(1);
});

test('on a phone a customer is found and called in two taps, in Turkish', async ({ page, visitor }) => {
  const name = unique('Işıl Eczanesi');
  await signIn(page);
  const [id] = await add(page, [{ name, city: 'Iğdır', phones: ['0544 118 42 07'], emails: ['isil@eczane.example'] }]);
  const phone = await visitor({
    locale: 'tr-TR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  });
  await phone.context().addCookies(await page.context().cookies());
  await phone.goto('/customers');
  await hydrated(phone);
  await search(phone).fill(name.toLocaleUpperCase('tr'));
  await expect(phone.getByRole('link', { name: `Ara: ${name}` })).toHaveAttribute('href', 'tel:+905441184207');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe(phone);
  await shot(phone, 'customers-phone');
  await phone.goto(`/customers/${id}`);
  await hydrated(phone);
  await phone.getByRole('tab', { name: 'Bilgiler' }).tap();
  await expect(phone.getByRole('link', { name: '0544 118 42 07' })).toBeVisible();
  await axe(phone);
  await shot(phone, 'customer-phone');
  await phone.goto(`/customers/${id}/edit`);
  await hydrated(phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe(phone);
  await shot(phone, 'customer-form-phone', { full: true });
});

test('the last four digits find the number, and its owner gives the card to a colleague on a phone', async ({
  page, visitor, tolerate,
}) => {
  tolerate(/status of 404/);
  await signIn(page, people.salesperson);
  const name = unique('Bahar Tarım');
  const digits = String(Math.floor(1000 + Math.random() * 9000));
  const [id] = await add(page, [{ name, phones: ['0212 111 22 33', `+90532118${digits}`] }]);
  await page.goto('/customers');
  await hydrated(page);
  await search(page).fill(digits);
  const row = table(page).getByRole('row', { name });
  await expect(row.getByRole('link', { name: `0532 118 ${digits.slice(0, 2)} ${digits.slice(2)}` })).toBeVisible();
  await expect(row.locator('td mark')).toHaveText(`${digits.slice(0, 2)} ${digits.slice(2)}`);
  await axe(page);
  await shot(page, 'customers-digits');

  const phone = await visitor({
    locale: 'tr-TR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  });
  await phone.context().addCookies(await page.context().cookies());
  await phone.goto(`/customers?q=${digits}`);
  await hydrated(phone);
  await expect(phone.getByRole('row', { name }).locator('.cell-sub mark')).toBeVisible();
  await shot(phone, 'customers-digits-phone');
  await phone.goto(`/customers/${id}`);
  await hydrated(phone);
  await phone.getByRole('button', { name: 'Daha fazla' }).tap();
  await phone.getByRole('link', { name: 'Devret' }).tap();
  await hydrated(phone);
  await axe(phone);
  await shot(phone, 'hand-over-phone');
  const heir = phone.getByLabel('Kime devredilsin?');
  await expect(heir.locator('option')).not.toHaveCount(0);
  await phone.getByRole('button', { name: 'Devret' }).tap();
  await expect(phone).toHaveURL(/\/customers$/);
  const notice = phone.locator('.toast');
  await expect(notice).toContainText('Devredildi');
  // The notice covers nothing that can be tapped.
  const add_one = phone.locator('header').getByRole('link', { name: 'Yeni müşteri' });
  await expect(add_one).toBeVisible();
  const [over, under] = await Promise.all([notice.boundingBox(), add_one.boundingBox()]);
  expect((under?.y ?? 0) + (under?.height ?? 0)).toBeLessThanOrEqual((over?.y ?? 0) + 1);
  expect((await phone.goto(`/customers/${id}`))?.status()).toBe(404);
});
