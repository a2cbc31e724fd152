// Undo: Ctrl+Z works after a reload, its toast offers Redo, and a refusal shows both values. Also the trash, and the
// firm's log for managers and the owner.
import { axe, call, expect, hydrated, people, shot, signIn, test, type Page } from './test';

const unique = (name: string) => `${name} ${Math.random().toString(36).slice(2, 8)}`;

const customer = (page: Page, name: string, city: string) =>
  call<string>(page, '/api/customers/create', { form: { id: crypto.randomUUID(), name, city } });

async function move(page: Page, id: string, city: string): Promise<void> {
  const { form } = await call<{ form: Record<string, unknown> }>(page, '/api/customers/draft', { id });
  await call(page, '/api/customers/change', { id, form: { ...form, city } });
}

test('Ctrl+Z takes back what I did, also after a reload, and says both values when it can not @both', async ({
  page, visitor, tolerate,
}) => {
  tolerate(/status of 409/);
  await signIn(page, people.salesperson, { again: true });
  const id = await customer(page, unique('Geri'), 'İzmir');
  await move(page, id, 'Aydın');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  await page.reload();
  await hydrated(page);
  await expect(page.locator('.card-sub')).toContainText('Aydın');
  // In a text field Ctrl+Z belongs to the field.
  await page.getByRole('textbox', { name: 'What was said?' }).press('Control+z');
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.card-sub')).toContainText('İzmir');
  const toast = page.locator('.toast').last();
  await expect(toast).toContainText('Undone: Changed');
  await toast.getByRole('button', { name: 'Redo' }).click();
  await expect(page.locator('.card-sub')).toContainText('Aydın');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.card-sub')).toContainText('İzmir');

  await move(page, id, 'Bursa');
  const boss = await visitor();
  await signIn(boss);
  await move(boss, id, 'Konya');
  await expect(page.locator('.card-sub')).toContainText('Konya');
  await page.keyboard.press('Control+z');
  const dialog = page.getByRole('dialog', { name: "Can't be undone" });
  await expect(dialog.getByRole('row', { name: /City/ })).toContainText('İzmir');
  await expect(dialog.getByRole('row', { name: /City/ })).toContainText('Konya');
  await expect(dialog.getByRole('row', { name: /City/ })).toContainText(people.owner.name);
  await axe(page);
  await shot(page, 'undo-refused');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await shot(page, 'undo-refused-phone');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // After a refusal Ctrl+Z goes on to the change before it. That one is refused, too: it was changed since as well.
  await page.keyboard.press('Control+z');
  await expect(page.locator('.toast').last()).toContainText("Can't be undone");
  await page.keyboard.press('Control+z');
  await expect(page.locator('.toast').last()).toContainText('There is nothing to undo.');
});

test('what the key took back is no longer offered by its toast', async ({ page }) => {
  await signIn(page);
  const id = await customer(page, unique('Teklif'), '');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  await page.getByRole('textbox', { name: 'What was said?' }).fill('Yanlış müşteri');
  await page.keyboard.press('Control+Enter');
  const offer = (name: string) => page.locator('.toasts').getByRole('button', { name });
  await expect(offer('Undo')).toBeVisible();
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await expect(offer('Redo')).toBeVisible();
  await expect(offer('Undo')).toHaveCount(0);
  await expect(page.locator('.activity')).toHaveCount(0);
});

test('what is deleted is found in the trash, and who leads sees who did it', async ({ page, visitor }) => {
  const name = unique('Çöp');
  await signIn(page);
  const id = await customer(page, name, '');
  await call(page, '/api/customers/delete', { id });
  await page.goto('/history?kind=customer');
  await hydrated(page);
  const log = page.getByRole('list', { name: 'What happened' });
  await expect(log).toContainText(name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await shot(page, 'history-dark');
  await page.emulateMedia({ colorScheme: null });
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: people.manager.name });
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/person=/);
  await expect(page.getByRole('main')).not.toContainText(name);
  await axe(page);
  await shot(page, 'history');
  await page.getByRole('link', { name: 'Trash' }).first().click();
  await expect(page.getByRole('list', { name: 'Trash' })).toContainText(name);
  await axe(page);
  await shot(page, 'trash');
  await page.getByRole('button', { name: `Restore: ${name}` }).click();
  await expect(page.getByText(`Restored: ${name}`).first()).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(name);
  await page.goto(`/customers/${id}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  // The log shows a new change without a reload, can undo it, and has a link to the record.
  await page.goto('/history');
  await hydrated(page);
  await move(page, id, 'Van');
  const ofVan = log.locator('.event').filter({ hasText: 'Van' });
  const line = ofVan.first();
  await expect(line).toContainText('City');
  await line.getByRole('button', { name: 'Undo: Changed' }).click();
  await expect(page.locator('.toast').last()).toContainText('Undone');
  await expect(ofVan).toHaveCount(2);
  await log.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  const plain = await visitor({ javaScriptEnabled: false, locale: 'tr-TR', viewport: { width: 390, height: 844 } });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto('/history');
  await expect(plain.getByRole('list', { name: 'İşlem geçmişi' })).toContainText(name);
  expect(await plain.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await shot(plain, 'history-phone');
  await plain.goto('/trash');
  expect(await plain.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await shot(plain, 'trash-phone');
});

test('who does not lead finds the trash only', async ({ page, tolerate }) => {
  tolerate(/status of 403/);
  await signIn(page, people.salesperson);
  const nav = page.getByRole('navigation', { name: 'Main navigation' }).first();
  await expect(nav.getByRole('link', { name: 'Trash' })).toBeVisible();
  await expect(nav.getByRole('link', { name: 'What happened' })).toHaveCount(0);
  await page.goto('/history');
  await expect(page.getByRole('main')).toContainText('You do not have the right to do this.');
});
