// Lists filtered by the firm's own fields: a condition is added in the dialog and removed by its chip, and the address
// keeps it, also during a search. The field is also a column of the list.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let nr = 0;
const fresh = (name: string) => `${name} ${Date.now().toString(36)}${(nr += 1)}`;
const id = () => crypto.randomUUID();

async function addField(page: Page, of: string, name: string, type: string, answers: string[] = []): Promise<string> {
  await page.goto(`/settings/fields${of === 'customer' ? '' : `?of=${of}`}`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Add a field' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the field').fill(name);
  await dialog.getByLabel('Type').selectOption({ label: type });
  for (const [at, answer] of answers.entries()) {
    if (at > 1) await dialog.getByRole('button', { name: 'Add an answer' }).click();
    await dialog.getByRole('textbox', { name: `Answer ${at + 1}`, exact: true }).fill(answer);
  }
  await dialog.getByLabel('A column in the list').check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  const all = await call(page, '/api/fields/list', { of });
  return `own_${all.fields.find((one: { facts: { name: string }; nr: number }) => one.facts.name === name).nr}`;
}

async function narrow(page: Page, field: string, how: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Field').selectOption({ label: field });
  await dialog.getByLabel('Condition').selectOption({ label: how });
  const control = dialog.getByLabel('Value');
  if (await control.evaluate((element) => element.tagName === 'SELECT')) await control.selectOption({ label: value });
  else await control.fill(value);
  await dialog.getByRole('button', { name: 'Filter' }).click();
}

test('a list is narrowed by an own field, in words and in the address @both', async ({ page, visitor, tolerate }) => {
  test.setTimeout(240_000);
  tolerate(/status of 422/);
  await signIn(page);
  const [panels, region] = [fresh('Panels'), fresh('Region')];
  const number = await addField(page, 'customer', panels, 'Number');
  const choice = await addField(page, 'customer', region, 'Choice', ['Aegean', 'Marmara']);
  const sales = await visitor();
  await signIn(sales, people.salesperson);
  const name = fresh('Filtre');
  for (let at = 0; at < 60; at += 1) {
    const form = {
      id: id(), kind: 'organisation', name: `${name} ${String(at).padStart(2, '0')}`, [number]: `${at}`,
      [choice]: at % 2 ? '1' : '2',
    };
    await call(sales, '/api/customers/create', { form });
  }
  await sales.goto(`/customers?q=${encodeURIComponent(name)}`);
  await hydrated(sales);
  await expect(sales.getByRole('columnheader', { name: panels })).toBeVisible();
  await expect(sales.getByRole('row', { name: `${name} 03` })).toContainText('Aegean');

  // A value that is not a number is refused at its field, and the dialog keeps what was chosen.
  await narrow(sales, panels, 'at least', 'many');
  const dialog = sales.getByRole('dialog');
  await expect(dialog.getByLabel('Value')).toHaveAttribute('aria-invalid', 'true');
  await axe(sales);
  await shot(sales, 'filter-dialog');
  await dialog.getByLabel('Value').fill('57');
  await dialog.getByRole('button', { name: 'Filter' }).click();
  await expect(dialog).toBeHidden();
  await expect(sales.getByRole('link', { name: `${panels} ≥ 57` })).toBeVisible();
  await expect(sales.getByRole('link', { name: `${name} 59` })).toBeVisible();
  await expect(sales.getByRole('link', { name: `${name} 56` })).toBeHidden();
  await expect(sales.getByRole('status').filter({ hasText: 'found' })).toContainText('3 customers found');

  // A second condition; a search keeps both, and so does the address.
  await narrow(sales, region, 'is', 'Aegean');
  await expect(sales.getByRole('link', { name: `${region}: Aegean` })).toBeVisible();
  await expect(sales.getByRole('link', { name: `${name} 58` })).toBeHidden();
  await sales.getByRole('searchbox').fill(`${name} 57`);
  await expect(sales.getByRole('link', { name: `${name} 59` })).toBeHidden();
  await expect(sales.getByRole('link', { name: `${name} 57` })).toBeVisible();
  await expect(sales).toHaveURL(/where=.*where=/);
  await sales.reload();
  await hydrated(sales);
  await expect(sales.getByRole('link', { name: `${name} 57` })).toBeVisible();
  await axe(sales);
  await shot(sales, 'customers-filtered');
  // A click on a chip removes its condition; Back restores it.
  await sales.getByRole('link', { name: `${panels} ≥ 57` }).click();
  await expect(sales.getByRole('link', { name: `${panels} ≥ 57` })).toBeHidden();
  await sales.goBack();
  await expect(sales.getByRole('link', { name: `${panels} ≥ 57` })).toBeVisible();
  await sales.getByRole('link', { name: 'Clear filters' }).click();
  await expect(sales).not.toHaveURL(/where=/);

  // A colleague's change appears in the filtered list.
  await sales.getByRole('searchbox').fill(name);
  await expect(sales.getByRole('link', { name: `${name} 01` })).toBeVisible();
  await narrow(sales, panels, 'is', '100');
  await expect(sales.getByText('No customer matches these filters.')).toBeVisible();
  const found = await call(page, '/api/customers/list', { query: { search: `${name} 10`, limit: 1 } });
  const draft = await call(page, '/api/customers/draft', { id: found.rows[0].id });
  await call(page, '/api/customers/change', { id: found.rows[0].id, form: { ...draft.form, [number]: '100' } });
  await expect(sales.getByRole('link', { name: `${name} 10` })).toBeVisible();
});

test('a filter works on a phone, and in Turkish', async ({ page, visitor }) => {
  await signIn(page);
  const field = fresh('Alan');
  await addField(page, 'deal', field, 'Yes / no');
  const phone = await visitor({ viewport: { width: 390, height: 844 }, locale: 'tr-TR' });
  await signIn(phone);
  await phone.goto('/deals?view=list');
  await hydrated(phone);
  await phone.getByRole('button', { name: 'Süz', exact: true }).click();
  const dialog = phone.getByRole('dialog');
  await dialog.getByLabel('Alan', { exact: true }).selectOption({ label: field });
  await dialog.getByLabel('Koşul').selectOption({ label: 'Hayır' });
  await shot(phone, 'filter-dialog-phone');
  await dialog.getByRole('button', { name: 'Süz' }).click();
  await expect(phone.getByRole('link', { name: `${field}: Hayır` })).toBeVisible();
  await axe(phone);
  await shot(phone, 'deals-filtered-phone');
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});
