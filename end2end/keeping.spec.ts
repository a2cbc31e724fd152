// What the owner does to keep the firm's data: exporting a list as a file and looking at the backups. A salesperson can
// do neither.
import { readFileSync } from 'node:fs';
import { axe, expect, hydrated, people, shot, signIn, test } from './test';

test('an owner takes the list away and sees how the backups stand; a salesperson does neither', async ({
  page, visitor, tolerate,
}) => {
  tolerate(/status of 403/);
  await signIn(page);
  await page.goto('/customers?q=nobody-is-called-so');
  await hydrated(page);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^customers-\d{4}-\d\d-\d\d\.csv$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\ufeffName,Kind,Phone,/);
  await expect(page).toHaveURL(/customers\?q=/);
  await shot(page, 'export');

  await page.goto('/settings/firm');
  const backups = page.getByRole('region', { name: 'Backups' });
  await expect(backups).toBeVisible();
  await axe(page);
  await backups.scrollIntoViewIfNeeded();
  await shot(page, 'backups');

  const other = await visitor();
  await signIn(other, people.salesperson);
  await other.goto('/customers');
  await expect(other.getByRole('link', { name: 'Export' })).toHaveCount(0);
  await other.goto('/settings/firm');
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(other.getByRole('region', { name: 'Backups' })).toHaveCount(0);
});
