// Somebody works on a page while others change the same records. The page must keep reacting, and nothing that was
// typed or opened may be lost.
import { call, expect, hydrated, people, signIn, test, type Page } from './test';

const TIMES = 20;
let nr = 0;
const fresh = (name: string) => `${name} ${process.pid}-${++nr}`;

/** A second browser in which the owner is signed in; it makes the changes. */
async function other(visitor: () => Promise<Page>): Promise<Page> {
  const page = await visitor();
  await signIn(page, people.owner);
  return page;
}

type Stage = { stage: { id: string; name: string }; version: number };
type Process = { pipeline: { id: string; name: string }; stages: Stage[] };
type Node = { id: string; name: string; person: object | null };

test('stages are changed twenty times while somebody is at them', async ({ page, visitor }) => {
  await signIn(page);
  await page.goto('/settings/pipelines');
  await hydrated(page);
  const busy = await other(visitor);
  const [process] = await call<Process[]>(busy, '/api/pipelines/all', {});
  const [first] = process.stages;
  const original = first.stage.name;
  const rename = async (name: string) => {
    const [now] = await call<Process[]>(busy, '/api/pipelines/all', {});
    const line = now.stages.find((one) => one.stage.id === first.stage.id)!;
    const form = { version: String(line.version), name, status: 'open', color: '2', probability: '15' };
    await call(busy, '/api/pipelines/change_stage', { id: first.stage.id, form });
  };

  // An open menu stays open, and the list does not change under it. When it is closed, the list shows all changes.
  const row = page.locator('.stage-rows > li').first();
  await row.getByRole('button').click();
  const edit = page.getByRole('button', { name: 'Edit' });
  await expect(edit).toBeVisible();
  for (let time = 0; time < TIMES / 2; time++) await rename(`Kalabalık ${time}`);
  await page.waitForTimeout(400);
  await expect(edit).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row).toContainText(`Kalabalık ${TIMES / 2 - 1}`);
  await row.getByRole('button').click();
  await edit.click();
  await expect(page.getByLabel('Name of the stage')).toHaveValue(`Kalabalık ${TIMES / 2 - 1}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  // A dialog keeps what is typed in it.
  const added = fresh('Yeni aşama');
  await page.getByRole('button', { name: 'Add a stage' }).first().click();
  const field = page.getByLabel('Name of the stage');
  await field.fill('');
  const typing = field.pressSequentially(added, { delay: 40 });
  for (let time = 0; time < TIMES / 2; time++) await rename(`Yine ${time}`);
  await typing;
  await expect(field).toHaveValue(added);
  await expect(field).toBeFocused();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const mine = page.locator('.stage-rows > li', { hasText: added });
  await expect(mine).toBeVisible();
  await rename(original);
  await mine.getByRole('button').click();
  await page.getByRole('button', { name: 'Delete the stage' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the stage' }).click();
  await expect(mine).toHaveCount(0);
});

test('the tree grows and shrinks while somebody moves a group in it', async ({ page, visitor }) => {
  await signIn(page);
  const busy = await other(visitor);
  const [root] = await call<Node[]>(busy, '/api/people/tree', {});
  const mine = fresh('Saha');
  await call(busy, '/api/people/add_group', { name: mine, under: root.id });
  await page.goto('/settings/people');
  await hydrated(page);
  const line = page.locator('.tree-line', { hasText: mine });
  await line.getByRole('button').click();
  const rename = page.getByRole('button', { name: 'Rename' });
  await expect(rename).toBeVisible();
  for (let time = 0; time < TIMES / 2; time++) {
    const name = fresh('Geçici');
    await call(busy, '/api/people/add_group', { name, under: root.id });
    const made = (await call<Node[]>(busy, '/api/people/tree', {})).find((one) => one.name === name)!;
    await call(busy, '/api/people/delete_group', { unit: made.id });
  }
  await expect(rename).toBeVisible();
  await rename.click();
  const field = page.getByLabel('Name of the group');
  await expect(field).toHaveValue(mine);
  // Wait for the focus: only then is the dialog open and the caret at the end of the name.
  await expect(field).toBeFocused();
  const typing = field.pressSequentially(' ve bayi', { delay: 60 });
  const own = (await call<Node[]>(busy, '/api/people/tree', {})).find((one) => one.name === mine)!;
  for (let time = 0; time < TIMES / 2; time++) await call(busy, '/api/people/rename_group', {
    unit: own.id, name: `${mine} ${time}`,
  });
  await typing;
  await expect(field).toHaveValue(`${mine} ve bayi`);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.tree-line', { hasText: `${mine} ve bayi` })).toBeVisible();
});

test('a card, the tasks and Today stay awake while the same customer changes', async ({ page, visitor }) => {
  await signIn(page);
  const name = fresh('Uyanık Ticaret');
  await page.goto('/customers/new');
  await hydrated(page);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('.form button[type="submit"]').first().click();
  await expect(page.locator('h1')).toHaveText(name);
  const path = new URL(page.url()).pathname;
  const id = path.split('/').pop()!;
  const busy = await other(visitor);
  let tasks = 0;
  const change = async () => {
    await call(busy, '/api/tasks/add', {
      form: { id: crypto.randomUUID(), line: `tomorrow iş ${++tasks}`, customer: id, deal: '', back: '' },
    });
  };

  // On the card: somebody writes what was said while others add tasks.
  await page.goto(path);
  await hydrated(page);
  const said = page.getByRole('textbox', { name: 'What was said' });
  await said.fill('');
  const typing = said.pressSequentially('Fiyat listesini istedi, pazartesi ararız', { delay: 40 });
  for (let time = 0; time < TIMES; time++) await change();
  await typing;
  await expect(said).toHaveValue('Fiyat listesini istedi, pazartesi ararız');
  await expect(said).toBeFocused();
  await expect(page.locator('.task')).toHaveCount(TIMES);
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.locator('.event.activity')).toContainText('Fiyat listesini');
  // An activity that is being edited keeps what is typed, too.
  await page.locator('.event.activity').getByRole('link', { name: /^Edit/ }).click();
  const edited = page.locator('.timeline textarea').first();
  await edited.fill('');
  const again = edited.pressSequentially('Fiyat listesi gönderildi', { delay: 40 });
  for (let time = 0; time < TIMES / 2; time++) await change();
  await again;
  await expect(edited).toHaveValue('Fiyat listesi gönderildi');
  await expect(edited).toBeFocused();

  // On the page of tasks: a filter works while others add tasks.
  await page.goto('/tasks');
  await hydrated(page);
  const line = page.getByRole('textbox', { name: 'New task' });
  const add = line.pressSequentially(`${name} için teklif`, { delay: 40 });
  for (let time = 0; time < TIMES / 2; time++) {
    await change();
    if (time === 4) await page.getByRole('link', { name: 'Everyone' }).click();
  }
  await add.catch(() => undefined);
  await expect(page.locator('.task', { hasText: `iş ${tasks}` })).toBeVisible();
  await page.getByRole('button', { name: /^Put off/ }).first().click();
  const later = page.getByRole('button', { name: 'Next Monday' }).first();
  await expect(later).toBeVisible();
  for (let time = 0; time < TIMES / 2; time++) await change();
  await expect(later).toBeVisible();
  await later.click();
  await expect(page.locator('.toast').last()).toBeVisible();
});

test('walking from card to card reads each card once', async ({ page }) => {
  await signIn(page);
  const title = fresh('Yürüyüş');
  const customer = fresh('Gezgin');
  await page.goto('/customers/new');
  await hydrated(page);
  await page.locator('input[name="name"]').fill(customer);
  await page.locator('.form button[type="submit"]').first().click();
  await expect(page.locator('h1')).toHaveText(customer);
  const about = new URL(page.url()).pathname.split('/').pop()!;
  for (const nr of [1, 2]) {
    await page.goto(`/deals/new?customer=${about}`);
    await hydrated(page);
    await page.locator('input[name="title"]').fill(`${title} ${nr}`);
    await page.locator('.form button[type="submit"]').click();
    await expect(page.locator('h1')).toHaveText(`${title} ${nr}`);
  }
  await page.goto(page.url());
  await hydrated(page);
  const read: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') read.push(new URL(request.url()).pathname);
  });
  // A link leads from one deal to the customer's other deal: the same page with another id.
  await page.getByRole('link', { name: `${title} 1` }).first().click();
  await expect(page.locator('h1')).toHaveText(`${title} 1`);
  await page.waitForTimeout(400);
  const count = (path: string) => read.filter((one) => one === path).length;
  expect(count('/api/deals/get'), read.join(' ')).toBe(1);
  expect(count('/api/activities/stream'), read.join(' ')).toBe(1);
  expect(count('/api/tasks/list'), read.join(' ')).toBe(1);
});
