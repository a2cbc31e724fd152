// The firm's own fields: the owner adds, changes and archives them, a salesperson fills them in, and no value is lost.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let nr = 0;
const fresh = (name: string) => `${name} ${Date.now().toString(36)}${(nr += 1)}`;

async function addField(page: Page, name: string, type: string, answers: string[] = [], heading = ''): Promise<void> {
  await page.getByRole('button', { name: 'Add a field' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the field').fill(name);
  await dialog.getByLabel('Type').selectOption({ label: type });
  for (const [at, answer] of answers.entries()) {
    const field = dialog.getByRole('textbox', { name: `Answer ${at + 1}`, exact: true });
    if (!(await field.isVisible())) await dialog.getByRole('button', { name: 'Add an answer' }).click();
    await field.fill(answer);
  }
  await dialog.getByLabel('Heading').fill(heading);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeVisible();
}

const id = () => crypto.randomUUID();
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

async function archive(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole('button', { name: `Actions: ${name}` }).click();
  await row(page, name).getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(row(page, name).getByText('Archived')).toBeVisible();
}

test('a firm adds its own fields and a salesperson lives with them @both', async ({ page, visitor, tolerate }) => {
  // This test has many steps.
  test.setTimeout(180_000);
  tolerate(/status of 422/);
  const [machines, region, tools, rented] = ['Machines', 'Region', 'Tools', 'Rented until'].map(fresh);
  await signIn(page);
  await page.goto('/settings/fields');
  await hydrated(page);
  // "Save and add another" empties the form and leaves the dialog open.
  await page.getByRole('button', { name: 'Add a field' }).click();
  const asked = page.getByRole('dialog').getByLabel('Name of the field');
  await asked.fill(machines);
  await page.getByRole('dialog').getByLabel('Type').selectOption({ label: 'Number' });
  await page.getByRole('button', { name: 'Save and add another' }).click();
  await expect(row(page, machines)).toBeVisible();
  await expect(asked).toHaveValue('');
  await expect(asked).toBeFocused();
  await page.keyboard.press('Escape');
  await addField(page, region, 'Choice', ['Aegean', 'Marmara', 'Black Sea']);
  await addField(page, tools, 'Several choices', ['Drill', 'Saw']);
  await addField(page, rented, 'Day', [], 'Lease');
  await axe(page);
  await shot(page, 'settings-fields', { full: true });
  // A field is moved up by its menu.
  await row(page, rented).getByRole('button', { name: `Actions: ${rented}` }).click();
  await row(page, rented).getByRole('button', { name: 'Up', exact: true }).click();
  await expect(page.locator('.toast', { hasText: 'The order is changed' }).last()).toBeVisible();

  const sales = await visitor();
  await signIn(sales, people.salesperson);
  await sales.goto('/customers/new');
  await hydrated(sales);
  const name = fresh('Güneş Makine');
  await sales.getByRole('group', { name: 'Identity' }).getByLabel('Name').fill(name);
  await sales.getByLabel(machines).fill('twenty');
  await sales.getByLabel(region).selectOption({ label: 'Marmara' });
  await sales.getByRole('group', { name: tools }).getByLabel('Saw').check();
  await sales.getByRole('group', { name: 'Lease' }).getByLabel(rented).fill('31.12.2026');
  // A reload does not lose what was typed.
  await sales.reload();
  await hydrated(sales);
  await expect(sales.getByLabel(machines)).toHaveValue('twenty');
  await expect(sales.getByLabel(region)).toHaveValue('2');
  await expect(sales.getByRole('group', { name: tools }).getByLabel('Saw')).toBeChecked();
  await expect(sales.getByRole('group', { name: tools }).getByLabel('Drill')).not.toBeChecked();
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales.getByLabel(machines)).toHaveAttribute('aria-invalid', 'true');
  await expect(sales.getByLabel(region)).toHaveValue('2');
  await axe(sales);
  await shot(sales, 'customer-form-own-fields', { full: true });
  await sales.getByLabel(machines).fill('1,250.5');
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  const facts = sales.locator('#panel-facts');
  for (const text of [machines, '1,250.5', 'Marmara', 'Saw', '31 Dec 2026']) await expect(facts).toContainText(text);
  await axe(sales);
  await shot(sales, 'customer-card-own-fields');

  // The owner renames an answer; the open card shows the new name by itself.
  await row(page, region).getByRole('button', { name: `Actions: ${region}` }).click();
  await row(page, region).getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Answer 2', exact: true }).fill('Marmara region');
  await shot(page, 'settings-field-dialog');
  await axe(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(facts).toContainText('Marmara region');

  // The history names the changed field, and Undo restores the value.
  await sales.getByRole('link', { name: 'Edit customer' }).click();
  await hydrated(sales);
  await expect(sales.getByRole('group', { name: tools }).getByLabel('Saw')).toBeChecked();
  await sales.getByRole('group', { name: tools }).getByLabel('Drill').check();
  await sales.getByRole('group', { name: tools }).getByLabel('Saw').uncheck();
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  await expect(facts).toContainText('Drill');
  await expect(sales.getByRole('list').filter({ hasText: tools }).first()).toContainText('Saw');
  await sales.locator('.toast').getByRole('button', { name: 'Undo' }).last().click();
  await expect(facts).toContainText('Saw');

  // On a phone nothing scrolls sideways.
  const phone = await visitor({
    locale: 'tr-TR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark',
  });
  await signIn(phone, people.salesperson);
  for (const place of [new URL(sales.url()).pathname, `${new URL(sales.url()).pathname}/edit`]) {
    await phone.goto(place);
    await hydrated(phone);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(390);
    await axe(phone);
    await shot(phone, `own-fields-phone${place.endsWith('edit') ? '-form' : ''}`, { full: true });
  }
  // Archived fields are no longer shown on the card, but their values stay.
  for (const field of [machines, region, tools, rented]) await archive(page, field);
  await expect(facts).not.toContainText('Marmara region');
  const id = new URL(sales.url()).pathname.split('/').pop();
  const card = await call<{ customer: { facts: Record<string, unknown> } }>(sales, '/api/customers/get', { id });
  expect(Object.values(card.customer.facts)).toContain(12_505_000);
});

test('a field gets another type where every value can follow', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  await page.goto('/settings/fields');
  await hydrated(page);
  const name = fresh('Machines');
  await addField(page, name, 'Short text');
  const all = await call(page, '/api/fields/list', { of: 'customer' });
  const key = `own_${all.fields.find((one: { facts: { name: string }; nr: number }) => one.facts.name === name).nr}`;
  const sales = await visitor();
  await signIn(sales, people.salesperson);
  const [many, some] = [fresh('Many'), fresh('Some')];
  const ids: string[] = [];
  for (const [firm, value] of [[many, 'a lot'], [some, '12.5']] as const) {
    ids.push(id());
    await call(sales, '/api/customers/create', {
      form: { id: ids[ids.length - 1], kind: 'organisation', name: firm, [key]: value },
    });
  }
  const edit = async () => {
    await row(page, name).getByRole('button', { name: `Actions: ${name}` }).click();
    await row(page, name).getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Type').selectOption({ label: 'Number' });
  };
  await edit();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 of 2 values can’t follow')).toBeVisible();
  await expect(dialog.getByRole('link', { name: many })).toBeVisible();
  await axe(page);
  await shot(page, 'field-type-preview');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByLabel('Type')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  // When the value is corrected, the field can become a number.
  const draft = await call(sales, '/api/customers/draft', { id: ids[0] });
  await call(sales, '/api/customers/change', { id: ids[0], form: { ...draft.form, [key]: '30' } });
  await edit();
  await expect(dialog.getByText('All 2 values in records can follow')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await sales.goto(`/customers/${ids[1]}`);
  await hydrated(sales);
  await expect(sales.locator('#panel-facts')).toContainText('12.5');
  // Once the values are rewritten in the background, they can be compared as numbers.
  await expect
    .poll(async () => (await call(sales, '/api/customers/count', {
      query: { filter: [{ field: key, how: 'from', value: '125000' }] },
    })).number, { timeout: 15_000 })
    .toBe(2);
});
