// The stage board as people use it: moving cards with the mouse and by the menu, refused moves, undo. Others see a move
// at once. The board also works without wasm and on a phone.
import { randomUUID } from 'node:crypto';
import { axe, expect, hydrated, people, shot, signIn, test, type Page } from './test';

// The stages are named in Turkish, the language of the firm, whatever the language of the browser.
const [FIRST, SECOND, THIRD] = ['Yeni', 'Görüşme', 'Teklif'];

let counter = 0;
const fresh = (name: string) => `${name} ${process.pid}-${++counter}`;

const stage = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name},`) });
const link = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });
const card = (page: Page, title: string) => page.getByRole('listitem').filter({ has: link(page, title) });

/** Adds deals to the first stage, in this order from top to bottom. */
async function deals(page: Page, ...titles: string[]): Promise<void> {
  const forms = titles.map((title) => ({ id: randomUUID(), title, amount: '1000', currency: 'TRY' }));
  await page.goto('/deals');
  await hydrated(page);
  const id = await stage(page, FIRST).getAttribute('data-stage');
  const answers = await page.evaluate(
    async ([forms, stage]) => {
      const statuses: number[] = [];
      for (const form of forms) {
        const body = JSON.stringify({ form: { ...form, stage } });
        const headers = { 'content-type': 'application/json', accept: 'application/json' };
        statuses.push((await fetch('/api/deals/create', { method: 'POST', headers, body })).status);
      }
      return statuses;
    },
    [forms, id] as const,
  );
  expect(answers).toEqual(titles.map(() => 200));
}

/** Opens the board with only the deals whose title contains these words: the tests of one server share its board. */
async function look(page: Page, words: string): Promise<void> {
  await page.goto(`/deals?q=${encodeURIComponent(words)}`);
  await hydrated(page);
}

const titles = (page: Page, name: string) => stage(page, name).locator('.deal-title').allTextContents();

async function lift(page: Page, title: string): Promise<void> {
  const box = await card(page, title).boundingBox();
  if (!box) throw new Error(`${title} is not on the screen`);
  await page.mouse.move(box.x + 60, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + 70, box.y + 60, { steps: 4 });
  await expect(page.locator('.lifted')).toBeVisible();
}

async function carry(page: Page, title: string, to: string, y = 300): Promise<void> {
  await lift(page, title);
  const box = await stage(page, to).boundingBox();
  if (!box) throw new Error(`${to} is not on the screen`);
  await page.mouse.move(box.x + box.width / 2, box.y + y, { steps: 12 });
  await expect(stage(page, to)).toHaveAttribute('data-over', '');
}

const answered = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/api/board/move'));

test('a card is carried to another stage, for everyone, and undone @both', async ({ page, visitor }) => {
  await signIn(page);
  const title = fresh('Taşınan');
  await deals(page, title);
  await look(page, title);
  const other = await visitor();
  await signIn(other);
  await look(other, title);

  await expect(stage(page, FIRST)).toHaveAccessibleName(`${FIRST}, 1 deal, ₺1,000`);
  await carry(page, title, THIRD);
  await expect(stage(page, THIRD).locator('.column-was')).toBeVisible();
  await expect(stage(page, THIRD).locator('.column-total')).toHaveText('₺1,000');
  await shot(page, 'board-drag');
  const answer = answered(page);
  await page.mouse.up();
  await expect(stage(page, THIRD)).toHaveAccessibleName(`${THIRD}, 1 deal, ₺1,000`);
  await expect(stage(page, FIRST)).toHaveAccessibleName(new RegExp(`^${FIRST}, 0 deals`));
  await expect(link(page, title)).toBeFocused();
  expect((await answer).status()).toBe(200);
  expect(new URL(page.url()).pathname).toBe('/deals');

  await expect(stage(other, THIRD).getByRole('link', { name: title, exact: true })).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(stage(page, THIRD).getByRole('link', { name: title, exact: true })).toBeVisible();

  const back = answered(page);
  await carry(page, title, SECOND);
  await page.mouse.up();
  await back;
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).first().click();
  await expect(stage(page, THIRD).getByRole('link', { name: title, exact: true })).toBeVisible();
  await expect(stage(other, THIRD).getByRole('link', { name: title, exact: true })).toBeVisible();
});

test('the order within a stage is kept for everyone', async ({ page, visitor }) => {
  await signIn(page);
  const words = fresh('Sıra');
  const [one, two, three] = ['a', 'b', 'c'].map((letter) => `${words} ${letter}`);
  await deals(page, one, two, three);
  await look(page, words);
  const answer = answered(page);
  await lift(page, three);
  const top = await card(page, one).boundingBox();
  await page.mouse.move(top!.x + 60, top!.y + 20, { steps: 8 });
  await expect(card(page, one)).toHaveAttribute('data-line', 'before');
  await page.mouse.up();
  await expect.poll(() => titles(page, FIRST)).toEqual([three, one, two]);
  await answer;
  const other = await visitor();
  await signIn(other);
  await look(other, words);
  expect(await titles(other, FIRST)).toEqual([three, one, two]);
});

test('a click opens the deal, and Escape or leaving the board puts the card back', async ({ page }) => {
  await signIn(page);
  const title = fresh('Yerinde');
  await deals(page, title);
  await look(page, title);
  const sent: string[] = [];
  page.on('request', (request) => request.url().includes('/api/board/move') && sent.push(request.url()));

  await carry(page, title, SECOND);
  await page.keyboard.press('Escape');
  await expect(page.locator('.lifted')).toBeHidden();
  await page.mouse.up();
  await lift(page, title);
  await page.mouse.move(20, 500, { steps: 5 });
  await page.mouse.up();
  await expect(page.locator('.lifted')).toBeHidden();
  await expect(stage(page, FIRST).getByRole('link', { name: title, exact: true })).toBeVisible();
  expect(sent).toEqual([]);
  expect(new URL(page.url()).pathname).toBe('/deals');

  await link(page, title).click();
  await expect(page).toHaveURL(/\/deals\/[0-9a-f-]{36}$/);
});

test('a refused card goes back and says why, in place', async ({ page, tolerate }) => {
  tolerate(/status of 403/);
  await signIn(page);
  const title = fresh('Reddedilen');
  await deals(page, title);
  await look(page, title);
  await page.route('**/api/board/move', (route) =>
    route.fulfill({
      status: 403, contentType: 'application/json', headers: { serverfnerror: '/api/board/move' }, body: '"Forbidden"',
    }),
  );
  await carry(page, title, SECOND);
  await page.mouse.up();
  await expect(stage(page, FIRST).getByRole('link', { name: title, exact: true })).toBeVisible();
  await expect(card(page, title)).toContainText('Not moved. You do not have the right to do this.');
  await expect(page.locator('.lifted')).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: title })).toContainText('was not moved');
  await shot(page, 'board-refused');
});

test('the menu moves a card by the keyboard, and the focus follows', async ({ page }) => {
  await signIn(page);
  const title = fresh('Menüyle');
  await deals(page, title);
  await look(page, title);
  const menu = card(page, title).getByRole('button', { name: /^Move to…/ });
  await menu.focus();
  await page.keyboard.press('Enter');
  await card(page, title).getByRole('button', { name: THIRD, exact: true }).focus();
  const answer = answered(page);
  await page.keyboard.press('Enter');
  await expect(stage(page, THIRD).getByRole('link', { name: title, exact: true })).toBeFocused();
  expect((await answer).status()).toBe(200);
});

test('a card dropped on the closing bar is won, or lost with a reason', async ({ page }) => {
  await signIn(page);
  const words = fresh('Biten');
  await deals(page, `${words} iyi`, `${words} kötü`);
  await look(page, words);
  for (const [title, zone] of [[`${words} iyi`, 'won'], [`${words} kötü`, 'lost']] as const) {
    await lift(page, title);
    const box = await page.locator(`.closing-zone[data-kind="${zone}"]`).boundingBox();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2, { steps: 10 });
    await expect(page.locator(`.closing-zone[data-kind="${zone}"]`)).toHaveAttribute('data-over', '');
    const answer = answered(page);
    await page.mouse.up();
    if (zone === 'lost') await page.getByRole('dialog').getByRole('button', { name: 'Price too high' }).click();
    expect((await answer).status()).toBe(200);
    await expect(link(page, title)).toHaveCount(0);
  }
  await page.goto(`/deals?view=list&status=lost&q=${encodeURIComponent(words)}`);
  await expect(link(page, `${words} kötü`)).toBeVisible();
});

test('cancelling the question for the reason does not lose the deal', async ({ page }) => {
  await signIn(page);
  const title = fresh('Kalan');
  await deals(page, title);
  await look(page, title);
  await card(page, title).hover();
  await card(page, title).getByRole('button', { name: /^Move to…/ }).click();
  await card(page, title).getByRole('button', { name: 'Kaybedildi', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(stage(page, FIRST).getByRole('link', { name: title, exact: true })).toBeVisible();
});

test('without wasm the menu leads to the deal, where a plain form moves it', async ({ page, visitor }) => {
  await signIn(page);
  const title = fresh('Formla');
  await deals(page, title);
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto(`/deals?q=${encodeURIComponent(title)}`);
  await card(plain, title).hover();
  await card(plain, title).getByRole('button', { name: /^Move to…/ }).click();
  await plain.getByRole('button', { name: /^Move to…/ }).click();
  await plain.locator('#deal-move').getByRole('button', { name: SECOND, exact: true }).click();
  await expect(plain.getByRole('list', { name: 'Stages' }).locator('[aria-current]')).toHaveText(new RegExp(SECOND));
  await plain.goto(`/deals?q=${encodeURIComponent(title)}`);
  await expect(stage(plain, SECOND).getByRole('link', { name: title, exact: true })).toBeVisible();
});

test('who only looks can carry nothing', async ({ page, visitor }) => {
  await signIn(page);
  const title = fresh('Bakılan');
  await deals(page, title);
  const viewer = await visitor();
  await signIn(viewer, people.viewer);
  await look(viewer, title);
  await expect(viewer.getByRole('region')).not.toHaveCount(0);
  await expect(viewer.locator('.deal-menu')).toHaveCount(0);
  await expect(viewer.getByRole('link', { name: 'New deal' })).toHaveCount(0);
});

test('the board can be read by everyone, light, dark and on a phone', async ({ page, server, visitor }) => {
  server.cli(['sample', '--customers', '20', '--deals', '40', '--open', '30', '--seed', '7']);
  await signIn(page);
  await page.goto('/deals');
  await hydrated(page);
  await expect(page.locator('h1')).toHaveCount(1);
  await axe(page);
  await shot(page, 'board');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await shot(page, 'board-dark');

  const phone = await visitor({
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'tr-TR',
  });
  await signIn(phone);
  await phone.goto('/deals');
  await hydrated(phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const strip = phone.getByRole('navigation', { name: 'Aşamalar' });
  await strip.getByRole('link', { name: new RegExp(`^${SECOND}`) }).click();
  await expect(strip.getByRole('link', { name: new RegExp(`^${SECOND}`) })).toHaveAttribute('aria-current', 'true');
  await axe(phone);
  await shot(phone, 'board-phone');
});
