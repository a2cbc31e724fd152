// An owner prepares the settings in a draft: nobody sees it before it is published, and one undo takes it all back.

import { axe, call, expect, hydrated, people, shot, signIn, test } from './test';

const fresh = (name: string) => `${name} ${Date.now().toString(36)}`;

const story = 'settings are prepared in a draft, looked through, published and undone at once @both';

test(story, async ({ page, visitor }) => {
  const kind: [string, string] = [fresh('Machine'), fresh('Machines')];
  const sales = await visitor();
  await signIn(sales, people.salesperson);
  await signIn(page);
  await page.goto('/settings/kinds');
  await hydrated(page);
  await page.getByRole('button', { name: 'Prepare in a draft' }).click();
  await expect(page.getByText('A draft is open.')).toBeVisible();
  await page.getByRole('button', { name: 'Add a kind' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('English name (one)').fill(kind[0]);
  await dialog.getByLabel('English name (several)').fill(kind[1]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('1 change in the draft; nobody sees them yet.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: kind[1] })).toBeVisible();
  await axe(page);
  await shot(page, 'settings-draft-open');
  await sales.goto('/menu');
  await expect(sales.getByRole('link', { name: kind[1] })).toHaveCount(0);

  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page.getByRole('list', { name: 'Changes in the draft' }).getByRole('listitem')).toHaveCount(1);
  await axe(page);
  await shot(page, 'settings-draft', { full: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, 'settings-draft-phone', { full: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('There is no draft')).toBeVisible();
  await expect(async () => {
    await sales.goto('/menu');
    await expect(sales.getByRole('link', { name: kind[1] }).first()).toBeVisible();
  }).toPass();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(async () => {
    await sales.goto('/menu');
    await expect(sales.getByRole('link', { name: kind[1] })).toHaveCount(0);
  }).toPass();
  await call(page, '/api/draft/begin', {});
  await page.goto('/settings/draft');
  await hydrated(page);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(page.getByText('There is no draft')).toBeVisible();
});
