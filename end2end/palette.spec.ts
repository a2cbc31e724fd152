// The palette (Ctrl+K): everything can be done by keyboard alone, and by touch on a phone.
import { axe, expect, hydrated, people, shot, signIn, test, type Page } from './test';

let counter = 0;
const fresh = (name: string) => `${name} ${process.pid}-${++counter}`;

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or do' });
// Found by its class, because one test uses it in Turkish.
const field = (page: Page) => page.locator('dialog.palette').getByRole('combobox');
const active = (page: Page) => palette(page).locator('[role="option"][aria-selected="true"]');

async function customer(page: Page, name: string): Promise<void> {
  await page.goto('/customers/new');
  await hydrated(page);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('.form button[type="submit"]').first().click();
  await expect(page.locator('h1')).toHaveText(name);
}

test('Enter that ends the composition of an input method chooses nothing', async ({ page }) => {
  await signIn(page);
  await page.goto('/tasks');
  await hydrated(page);
  await page.keyboard.press('Control+k');
  await field(page).fill('Settings');
  await expect(active(page)).toContainText('Settings');
  // The key as browsers send it during composition, and as Safari sends it at the end.
  for (const end of [{ isComposing: true, keyCode: 229 }, { isComposing: false, keyCode: 229 }]) {
    await field(page).evaluate((input, end) => {
      const enter = { key: 'Enter', bubbles: true, cancelable: true, ...end };
      input.dispatchEvent(new KeyboardEvent('keydown', enter));
    }, end);
    await expect(palette(page)).toBeVisible();
    await expect(page).toHaveURL(/\/tasks$/);
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);
});

test('Ctrl+K finds a customer by keyboard alone, and gives the focus back', async ({ page }) => {
  await signIn(page);
  const name = fresh('Işıldak Aydınlatma');
  await customer(page, name);
  await page.goto('/tasks');
  await hydrated(page);
  const line = page.getByRole('textbox', { name: 'New task' });
  await line.focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(line).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(name.toLocaleUpperCase('tr').replace('AYDINLATMA', 'AYDIN'));
  await expect(active(page)).toContainText(name);
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  await expect(page.locator('h1')).toHaveText(name);
  await expect(palette(page)).toHaveCount(0);
});

test('keys pressed before the palette is loaded are not lost', async ({ page }) => {
  await signIn(page);
  const late: (() => void)[] = [];
  await page.goto('/tasks');
  await hydrated(page);
  // The palette's part of the program is held back, as on a slow connection.
  await page.route('**/pkg/**', async (route) => {
    await new Promise<void>((come) => late.push(come));
    await route.continue();
  });
  await page.getByRole('textbox', { name: 'New task' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('yeni mux');
  await page.keyboard.press('Backspace');
  expect(late.length).toBeGreaterThan(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  late.forEach((come) => come());
  await expect(field(page)).toHaveValue('yeni mu');
  await expect(field(page)).toHaveAccessibleName('Search or type a command');
  await page.keyboard.type('s');
  await expect(field(page)).toHaveValue('yeni mus');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'New task' })).toHaveValue('');
});

test('an older answer never replaces a newer one, and Enter waits for the newest', async ({ page }) => {
  await signIn(page);
  const [one, two] = [fresh('Zambak'), fresh('Zeytin')];
  await customer(page, one);
  await customer(page, two);
  await page.route('**/api/search/all', async (route) => {
    if (route.request().postDataJSON().search === 'z') await new Promise((done) => setTimeout(done, 900));
    await route.continue();
  });
  const begin = async () => {
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    await Promise.all([page.waitForRequest('**/api/search/all'), page.keyboard.type('z')]);
  };
  await begin();
  await page.keyboard.type(one.slice(1));
  await expect(active(page)).toContainText(one);
  await page.waitForTimeout(1_100);
  await expect(active(page)).toContainText(one);
  await page.keyboard.press('Escape');
  await begin();
  await page.keyboard.type(two.slice(1));
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText(two);
});

test('commands go to pages, make things and change the theme', async ({ page }) => {
  await signIn(page);
  const run = async (text: string) => {
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await run('sett');
  await expect(page).toHaveURL(/\/settings$/);
  await run('yeni satış Deneme');
  await expect(page).toHaveURL(/\/deals\/new/);
  await expect(page.locator('input[name="title"]')).toHaveValue('Deneme');
  await run('yeni müşteri Deneme Ltd');
  await expect(page).toHaveURL(/\/customers\/new/);
  await expect(page.locator('input[name="name"]')).toHaveValue('Deneme Ltd');
  await run('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await run('light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(active(page)).toHaveText(/New customer/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/customers\/new$/);
});

test('a task is added at once, about the customer it names, and taken back', async ({ page }) => {
  await signIn(page);
  const name = fresh('Nilüfer Seramik');
  await customer(page, name);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(`görev: yarın 14:00 ${name}'i ara`);
  await expect(active(page)).toContainText(`tomorrow 14:00 · ${name}`);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  const task = page.locator('.card-right .task', { hasText: `${name}'i ara` });
  await expect(task).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(`${name}'i`);
  await expect(palette(page).getByRole('group', { name: 'Tasks' }).getByRole('option').first()).toContainText('ara');
  await page.keyboard.press('Escape');
  await page.locator('.toast').last().getByRole('button', { name: 'Undo' }).click();
  await expect(task).toHaveCount(0);
});

test('who may not sell is offered nothing to make', async ({ page }) => {
  await signIn(page, people.viewer);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(palette(page).getByRole('option', { name: /Settings/ })).toBeVisible();
  await expect(palette(page).getByRole('option', { name: /New/ })).toHaveCount(0);
});

test('the palette fills a phone, opened by a finger', async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page);
  await page.getByRole('link', { name: 'Search or do' }).last().tap();
  await expect(field(page)).toBeFocused();
  const box = await palette(page).boundingBox();
  expect(box?.width).toBe(390);
  await axe(page);
  await shot(page, 'palette-phone');
  await field(page).fill('sat');
  await page.waitForTimeout(400);
  await shot(page, 'palette-phone-found');
  await field(page).fill('');
  await palette(page).getByRole('option', { name: 'Customers' }).tap();
  await expect(page).toHaveURL(/\/customers$/);
});

for (const [locale, scheme] of [['tr-TR', 'light'], ['en-US', 'dark']] as const) {
  test(`the palette can be read (${locale}, ${scheme})`, async ({ visitor }) => {
    const page = await visitor({ locale, colorScheme: scheme });
    await signIn(page);
    await shot(page, `palette-rail-${locale}`);
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    await shot(page, `palette-empty-${locale}`);
    for (const typed of ['sat', 'işler', 'görev: yarın 14:00 Ayşe’yi ara', 'qqqq']) {
      await field(page).fill(typed);
      await page.waitForTimeout(400);
      await axe(page);
      await shot(page, `palette-${typed.slice(0, 4)}-${locale}`);
    }
  });
}
