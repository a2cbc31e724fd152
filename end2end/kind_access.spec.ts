// Who may see a kind of record, and who may change it: the owner sets it in the dialog of the kind, and pages that are
// open elsewhere follow at once. What each server function answers to whom is tested in Rust.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

const fresh = (name: string) => `${name} ${Date.now().toString(36)}`;

/** Opens the dialog of a kind, chooses there, saves. */
async function say(page: Page, kind: string, choices: Record<string, string>): Promise<void> {
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: kind });
  await row.getByRole('button', { name: `Actions: ${kind}` }).click();
  await row.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const [label, choice] of Object.entries(choices)) {
    await dialog.getByLabel(label).selectOption({ label: choice });
  }
  await axe(page);
  await shot(page, 'settings-kind-access');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

test('a kind is hidden from the sales, shown again, and then only looked at @both', async ({
  page, visitor, tolerate,
}) => {
  test.setTimeout(120_000);
  // A hidden record is answered like one that does not exist.
  tolerate(/status of 404/);
  const [one, many] = [fresh('Contract'), fresh('Contracts')];
  await signIn(page);
  await page.goto('/settings/kinds');
  await hydrated(page);
  await page.getByRole('button', { name: 'Add a kind' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('English name (one)').fill(one);
  await dialog.getByLabel('English name (several)').fill(many);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const link = page.getByRole('main').getByRole('link', { name: many });
  const list = (await link.getAttribute('href')) ?? '';
  const number = Number(list.split('/').pop());

  const sales = await visitor();
  await signIn(sales, people.salesperson);
  const name = fresh('Lease');
  const id = crypto.randomUUID();
  await call(sales, '/api/records/create', { kind: number, form: { id, name } });
  await sales.goto(list);
  await hydrated(sales);
  await expect(sales.getByRole('link', { name })).toBeVisible();
  await expect(sales.getByRole('link', { name: `New: ${one}` }).first()).toBeVisible();
  const second = await sales.context().newPage();
  await second.goto(`/records/${id}`);
  await hydrated(second);

  await say(page, many, { 'Who sees its records': 'Managers and the owner' });
  await expect(page.getByText('Seen by: Managers and the owner')).toBeVisible();
  await shot(page, 'settings-kinds-access', { full: true });
  // The record is gone from the open list and the open card, and its kind from the menu.
  await expect(sales.getByRole('link', { name })).toHaveCount(0);
  await expect(sales.getByText('There is no such record, or you may not see it.')).toBeVisible();
  await axe(sales);
  await shot(sales, 'records-hidden');
  await expect(second.getByText(name)).toHaveCount(0);
  await axe(second);
  await shot(second, 'record-hidden');
  for (const path of [list, `${list}/board`, `/records/${id}`, `/records/${id}/edit`]) {
    expect((await sales.goto(path))?.status(), path).toBe(404);
    await expect(sales.getByText(name)).toHaveCount(0);
  }
  await expect(sales.getByRole('navigation').getByRole('link', { name: many })).toHaveCount(0);

  // Everyone sees the kind again, but only the owner may change it: others are offered no changes.
  await say(page, many, { 'Who sees its records': 'Everyone', 'Who changes its records': 'The owner alone' });
  await expect(async () => {
    await sales.goto(list);
    await expect(sales.getByRole('link', { name })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(sales.getByRole('link', { name: `New: ${one}` })).toHaveCount(0);
  await sales.goto(`/records/${id}`);
  await hydrated(sales);
  await expect(sales.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(sales.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await expect(sales.getByRole('button', { name: 'More', exact: true })).toHaveCount(0);
  await axe(sales);
  await shot(sales, 'record-looked-at');
  await sales.setViewportSize({ width: 390, height: 844 });
  await shot(sales, 'record-looked-at-phone');
});
