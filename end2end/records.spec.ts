// The firm's own kinds of record: the owner makes "Installation" with fields, stages and a link to customers, a
// salesperson works with it, and the owner changes it. Also templates, links to other records, and conflicts.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let nr = 0;
const fresh = (name: string) => `${name} ${Date.now().toString(36)}${(nr += 1)}`;
const id = () => crypto.randomUUID();
const row = (page: Page, name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
const toast = (page: Page, text: string | RegExp) => page.locator('.toast', { hasText: text }).last();

async function addKind(page: Page, [one, many]: [string, string], stages: string[]): Promise<string> {
  await page.getByRole('button', { name: 'Add a kind' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('English name (one)').fill(one);
  await dialog.getByLabel('English name (several)').fill(many);
  await dialog.getByLabel('Sign').selectOption({ label: 'Wrench' });
  await dialog.getByLabel('Can hang on a customer').check();
  for (const [at, stage] of stages.entries()) {
    await dialog.getByRole('button', { name: 'Add a stage' }).click();
    await dialog.getByRole('textbox', { name: `Stage ${at + 1}`, exact: true }).fill(stage);
  }
  await axe(page);
  await shot(page, 'settings-kind-dialog');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  const link = row(page, many).getByRole('link', { name: many });
  await expect(link).toBeVisible();
  return (await link.getAttribute('href')) ?? '';
}

async function addField(page: Page, name: string, type: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a field' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the field').fill(name);
  await dialog.getByLabel('Type').selectOption({ label: type });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeVisible();
}

test('a firm makes a kind of record and a salesperson lives with it @both', async ({ page, visitor, tolerate }) => {
  test.setTimeout(240_000);
  tolerate(/status of 422/);
  const kind: [string, string] = [fresh('Installation'), fresh('Installations')];
  await signIn(page);
  await page.goto('/settings/kinds');
  await hydrated(page);
  const list = await addKind(page, kind, ['Survey', 'Planned', 'In progress', 'Handed over']);
  await row(page, kind[1]).getByRole('link', { name: 'Fields' }).click();
  for (const [name, type] of [
    ['Site address', 'Short text'], ['Panels', 'Number'], ['Day', 'Day'], ['Price', 'Amount'], ['Roof', 'Yes / no'],
    ['Notes', 'Long text'],
  ] as const) {
    await addField(page, name, type);
  }
  await shot(page, 'settings-kind-fields', { full: true });

  const sales = await visitor();
  await signIn(sales, people.salesperson);
  const customer = id();
  const firm = fresh('Güneş Enerji');
  await call(sales, '/api/customers/create', { form: { id: customer, kind: 'organisation', name: firm } });
  await sales.goto('/');
  await hydrated(sales);
  await sales.getByRole('navigation').getByRole('link', { name: kind[1] }).first().click();
  await expect(sales.getByRole('heading', { level: 1 })).toHaveText(kind[1]);
  await expect(sales.getByText(`${kind[1]}: nothing yet`)).toBeVisible();
  await axe(sales);
  await shot(sales, 'records-empty');
  // A new record from the customer's card: the customer is already chosen.
  await sales.goto(`/customers/${customer}`);
  await hydrated(sales);
  await sales.getByRole('link', { name: `New: ${kind[0]}` }).click();
  await hydrated(sales);
  const name = fresh('Roof');
  await sales.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await sales.getByLabel('Panels').fill('many');
  await sales.getByLabel('Site address').fill('Bornova Caddesi 5');
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales.getByLabel('Panels')).toHaveAttribute('aria-invalid', 'true');
  await expect(sales.getByRole('combobox', { name: 'Customer' })).toHaveValue(firm);
  await axe(sales);
  await shot(sales, 'record-form', { full: true });
  await sales.getByLabel('Panels').fill('24');
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales).toHaveURL(/\/records\/[0-9a-f-]{36}$/);
  const card = sales.url();
  for (const text of ['Bornova Caddesi 5', '24']) await expect(sales.locator('#panel-facts')).toContainText(text);
  // The record moves to another stage, and Ctrl+Z moves it back.
  await sales.getByRole('button', { name: 'Move to “Planned”' }).click();
  const marked = sales.getByRole('listitem').filter({ has: sales.locator('[aria-current=step]') });
  await expect(marked.or(sales.locator('li[aria-current=step]')).first()).toHaveText('Planned');
  await expect(sales.locator('#panel-history')).toContainText('Survey');
  await sales.keyboard.press('Control+z');
  await expect(sales.locator('li[aria-current=step]')).toHaveText('Survey');
  // An activity and a task of the record.
  const composer = sales.locator('#composer');
  await composer.getByRole('textbox').first().fill('Measured the roof');
  await composer.getByRole('button', { name: /Save/ }).click();
  await expect(sales.locator('#panel-history')).toContainText('Measured the roof');
  await sales.getByRole('textbox', { name: /New task/ }).first().fill('tomorrow 10:00 bring the ladder');
  await sales.getByRole('textbox', { name: /New task/ }).first().press('Enter');
  await expect(sales.locator('#panel-tasks')).toContainText('Bring the ladder');
  await axe(sales);
  await shot(sales, 'record-card');
  await sales.goto(`/customers/${customer}`);
  await hydrated(sales);
  await expect(sales.locator('#panel-linked')).toContainText(name);
  await sales.setViewportSize({ width: 390, height: 844 });
  await sales.getByRole('tab', { name: /^Linked/ }).click();
  await expect(sales.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
  await shot(sales, 'customer-linked-phone');
  await sales.setViewportSize({ width: 1440, height: 900 });
  await shot(sales, 'customer-card-records');

  // The list: a search finds the record by the value of a field, and a colleague's change appears at once.
  await sales.goto(list);
  await hydrated(sales);
  await sales.getByRole('searchbox').fill('bornova');
  await expect(sales.getByRole('link', { name })).toBeVisible();
  await expect(sales.getByRole('columnheader')).toContainText(
    [kind[0], 'Customer', 'Stage', 'Site address', 'Panels', 'Day', 'Price', 'Owner']
  );
  await axe(sales);
  await shot(sales, 'records-list');
  const path = new URL(card).pathname;
  await page.goto(`${path}/edit`);
  await hydrated(page);
  const renamed = fresh('Roof on the left');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(renamed);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(sales.getByRole('link', { name: renamed })).toBeVisible();

  // The board: the card is moved with the mouse, which a colleague sees at once, and by its menu.
  await sales.goto(`${list}/board`);
  await hydrated(sales);
  await page.goto(`${list}/board`);
  await hydrated(page);
  const column = (where: Page, stage: string) => where.getByRole('region', { name: stage, exact: true });
  await column(sales, 'Survey').getByRole('listitem').filter({ hasText: renamed }).dragTo(column(sales, 'In progress'));
  await expect(column(sales, 'In progress').getByRole('link', { name: renamed })).toBeVisible();
  await expect(column(page, 'In progress').getByRole('link', { name: renamed })).toBeVisible();
  await axe(sales);
  await shot(sales, 'records-board');
  await sales.getByRole('button', { name: `Move: ${renamed}` }).click();
  await sales.getByRole('button', { name: 'Survey', exact: true }).click();
  await expect(column(sales, 'Survey').getByRole('link', { name: renamed })).toBeVisible();

  // A stage is removed; the record that is in it stays in it.
  await page.goto('/settings/kinds');
  await hydrated(page);
  await row(page, kind[1]).getByRole('button', { name: `Actions: ${kind[1]}` }).click();
  await row(page, kind[1]).getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /Remove.*Stage 1/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Saved')).toBeVisible();
  await sales.goto(path);
  await hydrated(sales);
  await expect(sales.locator('li[aria-current=step]')).toHaveText('Survey');
  // The record is deleted, found in the trash with the name of its kind, and restored.
  await sales.getByRole('button', { name: 'More' }).click();
  await sales.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(sales).toHaveURL(new RegExp(`${list}$`));
  await sales.goto('/trash');
  await hydrated(sales);
  const gone = sales.getByRole('listitem').filter({ hasText: renamed });
  await expect(gone).toContainText(kind[0]);
  await gone.getByRole('button').click();
  await expect(gone).toBeHidden();
  await sales.goto(path);
  await expect(sales.getByRole('heading', { level: 1 })).toHaveText(renamed);
});

test('a template makes a kind with its fields, and a phone finds it in the menu', async ({ page, visitor }) => {
  test.setTimeout(90_000);
  await signIn(page);
  await page.goto('/settings/kinds');
  await hydrated(page);
  await page.getByRole('group', { name: 'Begin with a template' }).getByRole('button', { name: 'Vehicle' }).click();
  await expect(row(page, 'Vehicles').first()).toBeVisible();
  await axe(page);
  await shot(page, 'settings-kinds', { full: true });
  const phone = await visitor({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await signIn(phone, people.salesperson);
  await phone.goto('/');
  await hydrated(phone);
  await phone.getByRole('navigation').getByRole('link', { name: 'Menu' }).click();
  await expect(phone.getByRole('heading', { name: 'Menu' })).toBeVisible();
  await axe(phone);
  await shot(phone, 'menu-phone');
  await phone.getByRole('list', { name: 'Menu' }).getByRole('link', { name: 'Vehicles' }).first().click();
  await phone.getByRole('link', { name: 'New: Vehicle' }).first().click();
  await hydrated(phone);
  await phone.getByRole('textbox', { name: 'Name', exact: true }).fill('Doblo 35 ABC 123');
  await phone.getByLabel('Number plate').fill('35 ABC 123');
  await shot(phone, 'record-form-phone', { full: true });
  await phone.getByRole('button', { name: 'Save' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Doblo 35 ABC 123');
  await axe(phone);
  await shot(phone, 'record-card-phone');
  await phone.goBack();
  await phone.goBack();
  await expect(phone.getByRole('link', { name: 'Doblo 35 ABC 123' }).first()).toBeVisible();
  await shot(phone, 'records-list-phone');
});

test('a record leads to a deal, and two who change one field are shown both', async ({ page, visitor, tolerate }) => {
  test.setTimeout(90_000);
  tolerate(/status of 409/);
  await signIn(page);
  await call(page, '/api/kinds/begin', { template: 'agreement' });
  const kinds = await call<{ href: string; label: string }[]>(page, '/api/records/kinds', {});
  const list = kinds.at(-1)?.href ?? '';
  const of = `kind_${list.split('/').at(-1)}`;
  await call(page, '/api/fields/add', { form: { of, name: 'Won by', shape: 'record', target: 'deal' } });
  await call(page, '/api/fields/add', { form: { of, name: 'Looked after by', shape: 'person' } });
  const sales = await visitor();
  await signIn(sales, people.salesperson);
  const [pipeline] = await call<{ stages: { stage: { id: string } }[] }[]>(page, '/api/pipelines/all', {});
  const deal = {
    id: id(), title: fresh('Service for two years'), currency: 'TRY', stage: pipeline?.stages[0]?.stage.id,
  };
  await call(sales, '/api/deals/create', { form: deal });
  await sales.goto(`${list}/new`);
  await hydrated(sales);
  const name = fresh('Agreement');
  await sales.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await sales.getByRole('combobox', { name: 'Won by' }).fill(deal.title);
  await sales.getByRole('option', { name: deal.title }).click();
  await sales.getByRole('combobox', { name: 'Looked after by' }).fill('Ömer');
  await sales.getByRole('option', { name: /Ömer/ }).click();
  await axe(sales);
  await sales.getByRole('button', { name: 'Save' }).click();
  await expect(sales).toHaveURL(/\/records\/[0-9a-f-]{36}$/);
  const card = sales.url();
  await expect(sales.locator('#panel-facts')).toContainText('Ömer');
  await sales.locator('#panel-facts').getByRole('link', { name: deal.title }).click();
  await expect(sales.locator('#panel-linked').getByRole('link', { name })).toBeVisible();

  await sales.goto(`${card}/edit`);
  await hydrated(sales);
  await page.goto(`${new URL(card).pathname}/edit`);
  await hydrated(page);
  await page.getByLabel('Agreement number').fill('A-1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/records\/[0-9a-f-]{36}$/);
  await sales.getByLabel('Agreement number').fill('B-2');
  await sales.getByRole('button', { name: 'Save' }).click();
  const both = sales.getByRole('row', { name: /Agreement number/ });
  await expect(both).toContainText('A-1');
  await expect(both).toContainText('B-2');
  await axe(sales);
  await shot(sales, 'record-conflict');
  await sales.getByRole('button', { name: /mine/i }).click();
  await expect(sales.locator('#panel-facts')).toContainText('B-2');
});
