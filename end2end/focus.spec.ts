// When a colleague's change draws a row anew or moves it, the focus stays on that row. A focus that somebody moved away
// is not brought back.
import { call, expect, hydrated, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();
const focused = (page: Page) => page.evaluate(
  () => document.activeElement?.getAttribute('href') ?? document.activeElement?.localName
);

async function deal(page: Page, title: string, stage?: string): Promise<string> {
  const one = id();
  await call(page, '/api/deals/create', { form: { id: one, title, currency: 'TRY', amount: '5', stage } });
  return one;
}

async function rename(page: Page, one: string, title: string): Promise<void> {
  const { form } = await call<{ form: object }>(page, '/api/deals/draft', { id: one, customer: null, stage: null });
  await call(page, '/api/deals/change', { id: one, form: { ...form, title } });
}

test('a row of a list, a card of the board and a task keep the focus', async ({ page, visitor }) => {
  await signIn(page);
  const other = await visitor();
  await signIn(other);
  const mark = id().slice(0, 8);
  const stages = (await call<{
    stages: { stage: { id: string; status: string } }[],
  }[]>(page, '/api/pipelines/all', {}))[0]?.stages ?? [];
  const [first, second] = stages.filter((one) => one.stage.status === 'open').map((one) => one.stage.id);
  const [one] = [await deal(page, `Bir ${mark}`, first), await deal(page, `İki ${mark}`, first)];

  await page.goto(`/deals?view=list&q=${mark}`);
  await hydrated(page);
  await page.getByRole('link', { name: `Bir ${mark}` }).focus();
  await rename(other, one, `Birinci ${mark}`);
  await expect(page.getByRole('link', { name: `Birinci ${mark}` })).toBeFocused();

  await page.goto(`/deals?q=${mark}`);
  await hydrated(page);
  await page.getByRole('link', { name: `Birinci ${mark}` }).focus();
  await call(other, '/api/deals/put', { id: one, stage: second });
  await expect(page.locator(`[data-stage="${second}"]`).getByRole('link', { name: `Birinci ${mark}` })).toBeFocused();

  const task = id();
  const form = { id: task, title: `Görev ${mark}`, kind: 'other', due_on: '2026-01-01' };
  await call(page, '/api/tasks/save', { form });
  await page.goto('/tasks');
  await hydrated(page);
  const link = page.locator(`[data-task="${task}"] a.task-title`);
  await link.focus();
  await call(other, '/api/tasks/save', { form: { ...form, version: '1', due_on: '2100-01-01' } });
  await expect(page.locator('[data-part="later"]').locator(`[data-task="${task}"] a.task-title`).first()).toBeFocused();
  expect(await focused(page)).toBe(`/tasks/${task}/edit`);
});

test('a focus that somebody moved away is not brought back', async ({ page, visitor }) => {
  await signIn(page);
  const other = await visitor();
  await signIn(other);
  const mark = id().slice(0, 8);
  const pipelines = await call<{ stages: { stage: { id: string } }[] }[]>(page, '/api/pipelines/all', {});
  const one = await deal(page, `Bırakılan ${mark}`, pipelines[0]?.stages[0]?.stage.id);
  await page.goto(`/deals?view=list&q=${mark}`);
  await hydrated(page);
  await page.getByRole('link', { name: `Bırakılan ${mark}` }).focus();
  await page.locator('.page-head h1').click();
  await rename(other, one, `Yine ${mark}`);
  await expect(page.getByRole('link', { name: `Yine ${mark}` })).toBeVisible();
  expect(await focused(page)).not.toContain('/deals/');
});
