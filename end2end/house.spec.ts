// What belongs to no feature: sign-in, loading of the program's parts, the two languages, light and dark, a phone, an
// unknown address. Each feature has its own spec.
import { axe, expect, hydrated, people, shot, signIn, test, type Page } from './test';

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test('a stranger is asked to sign in, and gets in @both', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  await hydrated(page);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.getByLabel(/e-?mail/i)).toHaveAttribute('name', 'email');
  await expect(page.getByLabel(/password/i).first()).toHaveAttribute('name', 'password');
  await signIn(page, people.owner, { again: true });
  await expect(page.locator('h1')).toHaveCount(1);
});

/** The wasm files that the head of a page names, except the main part of the program. */
async function parts(of: Page, path: string): Promise<string[]> {
  const text = await (await of.request.get(path)).text();
  const files = [...text.matchAll(/\/pkg\/[^"']+\.wasm/g)].map(([file]) => file);
  return files.filter((file) => !file.startsWith('/pkg/kartotek.'));
}

/** Waits until the cookie in which the browser lists its loaded parts contains this one. */
async function keeps(page: Page, part: string): Promise<void> {
  const said = async () => (await page.context().cookies()).find((cookie) => cookie.name === 'parts')?.value ?? '';
  await expect.poll(async () => (await said()).split(':')).toContain(part);
}

test('the files that Today needs are loaded while the password is typed', async ({ page }) => {
  const brought = new Set<string>();
  page.on('response', (answer) => brought.add(new URL(answer.url()).pathname));
  await page.goto('/sign-in');
  await hydrated(page);
  await keeps(page, 'today');
  await signIn(page, people.owner, { again: true });
  const today = await parts(page, '/');
  expect(today.length).toBeGreaterThan(0);
  // Pieces that came in the first file of the sign-in page are also in packs, which are loaded some seconds later.
  await expect.poll(() => today.filter((file) => !brought.has(file)), { timeout: 15_000 }).toEqual([]);
});

test('the head of a first page names one file, that of a later page the packs in the cache', async ({ page }) => {
  await signIn(page);
  await keeps(page, 'firm');
  const kept = await parts(page, '/customers');
  await page.context().clearCookies({ name: 'parts' });
  const first = await parts(page, '/customers');
  expect(first).toEqual([expect.stringContaining('first_customers')]);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(6);
  expect(kept.filter((file) => !file.includes('pack_'))).toEqual([]);
});

test('a wrong password is refused in words', async ({ page, tolerate }) => {
  tolerate(/status of 4\d\d/);
  await page.goto('/sign-in');
  await hydrated(page);
  await page.locator('input[name="email"]').fill(people.viewer.email);
  await page.locator('input[name="password"]').fill('not the password');
  await page.locator('form:has(input[name="password"]) [type="submit"]').click();
  const password = page.locator('input[name="password"]');
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveAccessibleDescription(/password/i);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('signing in works before wasm arrives', async ({ visitor, server }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.locator('input[name="email"]').fill(people.manager.email);
  await page.locator('input[name="password"]').fill(people.manager.password);
  await page.locator('form:has(input[name="password"]) [type="submit"]').click();
  await expect(page).not.toHaveURL(/\/sign-in/);
  expect(page.url().startsWith(server.url)).toBe(true);
});

// A browser that asks for neither gets the firm's language, which is Turkish unless somebody chose.
for (const [locale, lang] of [['tr-TR', 'tr'], ['en-US', 'en'], ['de-DE', 'tr']] as const) {
  test(`a browser that asks for ${locale} gets ${lang}`, async ({ visitor }) => {
    const page = await visitor({ locale });
    await page.goto('/sign-in');
    await hydrated(page);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await axe(page);
    await shot(page, `sign-in-${locale}`);
  });
}

test('light and dark follow the system, and both can be read', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/sign-in');
  await hydrated(page);
  const light = await background(page);
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => background(page)).not.toBe(light);
  await axe(page);
  await shot(page, 'sign-in-dark');
});

test('the door fits a phone', async ({ visitor }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto('/sign-in');
  await hydrated(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const submit = page.locator('form:has(input[name="password"]) [type="submit"]');
  expect((await submit.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await axe(page);
  await shot(page, 'sign-in-phone');
});

test('an unknown address is answered with 404 and our own page', async ({ page, tolerate }) => {
  tolerate(/status of 404/);
  await signIn(page);
  const answer = await page.goto('/no-such-page');
  expect(answer?.status()).toBe(404);
  await expect(page.locator('h1')).toHaveCount(1);
});
