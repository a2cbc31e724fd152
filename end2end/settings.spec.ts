// Settings: inviting people and closing their accounts, stages, products, the tree of people, and one's own account.
// Pages that are open elsewhere follow at once.
import { axe, expect, hydrated, people, shot, signIn, test, type Page, type Person } from './test';

let nr = 0;
const fresh = (name: string) => `${name} ${Date.now().toString(36)}${(nr += 1)}`;

/** Invites somebody by the form and gives the path of their link. */
async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.goto('/settings/people');
  await hydrated(page);
  await page.getByRole('link', { name: 'Invite', exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/people\/invite/);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('textbox', { name: 'One-time link' });
  await expect(link).toHaveValue(/^http.*\/join\/[0-9a-f]{64}$/);
  return new URL(await link.inputValue()).pathname;
}

async function join(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await hydrated(page);
  await page.locator('input[name="password"]').fill(password);
  await page.getByRole('button', { name: 'Save the password and enter' }).click();
  await expect(page).not.toHaveURL(/\/join\//);
  await hydrated(page);
}

test('somebody is invited, joins, is let go and is out at once @both', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 4(01|04|22)/);
  tolerate(/live/);
  await signIn(page);
  const name = fresh('Zeynep');
  const email = `${name.replace(' ', '.').toLowerCase()}@example.com`;
  const link = await invite(page, name, email);
  await shot(page, 'settings-link');
  const guest = await visitor();
  await guest.goto(link);
  await hydrated(guest);
  await axe(guest);
  await shot(guest, 'join');
  await guest.locator('input[name="password"]').fill('short');
  await guest.getByRole('button', { name: 'Save the password and enter' }).click();
  await expect(guest.locator('input[name="password"]')).toHaveAttribute('aria-invalid', 'true');
  await join(guest, link, 'a long enough sentence');
  await guest.goto('/settings');
  await expect(guest.getByLabel('Name')).toHaveValue(name);
  expect((await guest.goto(link))?.status()).toBe(404);
  await guest.goto('/customers');
  await hydrated(guest);

  await page.goto('/settings/people');
  await hydrated(page);
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Close the account' }).click();
  await expect(page.locator('.toast', { hasText: 'The account is closed' })).toBeVisible();
  // The open page goes to the sign-in by itself.
  await expect(guest).toHaveURL(/\/sign-in\?next=/);
});

test('a stage is added, renamed and deleted under the eyes of somebody at a board', async ({ page, visitor }) => {
  await signIn(page);
  const seller = await visitor();
  await signIn(seller, people.salesperson);
  await seller.goto('/deals');
  await hydrated(seller);
  const column = (name: string) => seller.locator('.board').getByRole('heading', { name: new RegExp(`^${name} `) });

  await page.goto('/settings/pipelines');
  await hydrated(page);
  const [first, second] = [fresh('Keşif'), fresh('Saha')];
  await page.getByRole('button', { name: 'Add a stage' }).first().click();
  await page.getByLabel('Name of the stage').fill(first);
  await page.getByLabel('Probability').fill('25');
  await page.getByRole('radio', { name: 'Colour 3' }).check();
  await shot(page, 'settings-stage');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const row = (name: string) => page.locator('.stage-rows > li', { hasText: name });
  await expect(row(first)).toContainText('25');
  await expect(column(first)).toBeVisible();

  await row(first).getByRole('button').click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Name of the stage').fill(second);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(column(second)).toBeVisible();
  await axe(page);
  await shot(page, 'settings-pipelines');

  await row(second).getByRole('button').click();
  await page.getByRole('button', { name: 'Up', exact: true }).click();
  await expect(page.locator('.toast', { hasText: 'The order is changed' })).toBeVisible();
  await row(second).getByRole('button').click();
  await page.getByRole('button', { name: 'Delete the stage' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the stage' }).click();
  await expect(row(second)).toHaveCount(0);
  await expect(column(second)).toHaveCount(0);
  await page.locator('.toast', { hasText: 'The stage is deleted' }).getByRole('button', { name: 'Undo' }).click();
  await expect(row(second)).toBeVisible();
});

test('a product is added, found, archived and offered again', async ({ page, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  await page.goto('/settings/products');
  await hydrated(page);
  const name = fresh('Çelik kapı');
  await page.getByRole('button', { name: 'Add a product' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the product').fill(name);
  await dialog.getByLabel('List price').fill('on iki');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('List price')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('List price').fill('12.500,5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('searchbox', { name: 'Look for a product' }).fill(name.toLocaleUpperCase('tr'));
  await page.keyboard.press('Enter');
  const rows = page.getByRole('list', { name: 'Products' }).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('₺12,500.50');
  await axe(page);
  await shot(page, 'settings-products');

  const product = () => page.getByLabel('Product', { exact: true }).locator('option', { hasText: name });
  await rows.getByRole('button').click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(rows).toContainText('Archived');
  await page.goto('/deals/new');
  await expect(product()).toHaveCount(0);
  await page.goto(`/settings/products?q=${encodeURIComponent(name)}`);
  await hydrated(page);
  await rows.getByRole('button').click();
  await page.getByRole('button', { name: 'Take out of the archive' }).click();
  await expect(rows).not.toContainText('Archived');
  await page.goto('/deals/new');
  await expect(product()).toHaveCount(1);
});

test('the tree is changed by its menus and with the mouse', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings/people');
  await hydrated(page);
  const line = (name: string) => page.locator('.tree-line', { hasText: name });
  const [office, team] = [fresh('Bölge'), fresh('Ekip')];
  for (const [under, name] of [[null, office], [office, team]] as const) {
    await (under ? line(under) : page.locator('.tree-line').first()).getByRole('button').click();
    await page.getByRole('button', { name: 'Add a group below' }).click();
    await page.getByLabel('Name of the group').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(line(name)).toBeVisible();
  }
  await expect(line(team)).toHaveAttribute('data-depth', '2');
  await line(team).getByRole('button').click();
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByLabel('Group').selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Move here' }).click();
  await expect(line(team)).toHaveAttribute('data-depth', '1');
  await line(team).dragTo(line(office));
  await expect(line(team)).toHaveAttribute('data-depth', '2');
  await page.locator('.toast', { hasText: team }).getByRole('button', { name: 'Undo' }).last().click();
  await expect(line(team)).toHaveAttribute('data-depth', '1');
  await axe(page);
  await shot(page, 'settings-people');
});

test('one changes the own password and e-mail and sees the sessions', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  const name = fresh('Deniz');
  const email = `${name.replace(' ', '.').toLowerCase()}@example.com`;
  const link = await invite(page, name, email);
  const desk = await visitor();
  await join(desk, link, 'a long enough sentence');
  const phone = await visitor();
  const me: Person = { email, name, role: 'salesperson', password: 'a long enough sentence' };
  await signIn(phone, me, { again: true });
  await desk.goto('/settings');
  await hydrated(desk);
  await expect(desk.locator('.settings-rows > li')).toHaveCount(2);
  await axe(desk);
  await shot(desk, 'settings-profile', { full: true });
  await desk.locator('input[name="current"]').fill(me.password);
  await desk.locator('form[action="/settings/password"] input[name="password"]').fill('another long sentence');
  await desk.getByRole('button', { name: 'Change the password' }).click();
  await expect(desk.locator('.toast', { hasText: 'The password is changed' })).toBeVisible();
  // The page that was left open goes to the sign-in by itself.
  await expect(phone).toHaveURL(/\/sign-in/);
  await desk.goto('/settings');
  await expect(desk.locator('.settings-rows > li')).toHaveCount(1);
  await hydrated(desk);
  // The page asks for the password only when the e-mail address was changed.
  const asked = desk.locator('input[name="current_password"]');
  const save = desk.getByRole('button', { name: 'Save', exact: true });
  await expect(asked).toBeHidden();
  await desk.getByLabel('E-mail').fill(`new.${email}`);
  await expect(asked).toBeVisible();
  await save.click();
  await expect(asked).toHaveAttribute('aria-invalid', 'true');
  await expect(desk.getByLabel('E-mail')).toHaveValue(`new.${email}`);
  await asked.fill('another long sentence');
  await save.click();
  await expect(asked).toBeHidden();
  await desk.reload();
  await expect(desk.getByLabel('E-mail')).toHaveValue(`new.${email}`);
});

for (const locale of ['tr-TR', 'en-US']) {
  test(`the settings fit a phone and can be read by everyone (${locale})`, async ({ visitor }) => {
    const page = await visitor({
      locale, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark',
    });
    await signIn(page);
    const places = ['', '/people', '/people/invite', '/firm', '/pipelines', '/products', '/fields', '/kinds', '/draft'];
    for (const place of places) {
      await page.goto(`/settings${place}`);
      await hydrated(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(390);
      await axe(page);
      await shot(page, `settings${place.replaceAll('/', '-')}-phone-${locale}`, { full: true });
    }
  });
}
