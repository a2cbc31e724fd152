// Activities on a card: logging one from the keyboard and with one tap, keeping what is typed through a reload, the
// question after a call. Everyone sees a new one at once. Logging also works without wasm.
import { axe, call, expect, hydrated, shot, signIn, test, type Page } from './test';

async function customer(page: Page, name: string): Promise<string> {
  const form = {
    id: crypto.randomUUID(),
    name: `${name} ${Math.random().toString(36).slice(2, 8)}`,
    phones: ['0232 464 55 20'],
    contact_id: [''],
    contact_name: ['Selin Işık'],
    contact_job: ['Satın alma'],
    contact_phone: ['0533 902 11 46'],
    contact_email: [''],
  };
  return call(page, '/api/customers/create', { form });
}

const composer = (page: Page) => page.getByRole('form', { name: 'Add an activity' });
const lines = (page: Page) => page.getByRole('list', { name: 'Activities and history' }).locator('.activity');

test('a call is logged from the keyboard, an attempt by one tap, and both are taken back @both', async ({
  page, visitor,
}) => {
  await signIn(page);
  const id = await customer(page, 'Güneş');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  const second = await visitor();
  await signIn(second);
  await second.goto(`/customers/${id}`);
  await hydrated(second);

  await composer(page).getByRole('textbox', { name: 'What was said?' }).fill('Bütçe onayı ay sonu.');
  await page.keyboard.press('Control+Enter');
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page).first()).toContainText('Bütçe onayı ay sonu.');
  await expect(lines(page).first()).toContainText('edit');
  await expect(composer(page).getByRole('textbox', { name: 'What was said?' })).toHaveValue('');
  await expect(lines(second).first()).toContainText('Bütçe onayı ay sonu.');

  await composer(page).getByRole('button', { name: 'No answer' }).click();
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).first()).toHaveAttribute('data-dot', 'failed');
  await axe(page);
  await shot(page, 'activities');

  await lines(page).nth(1).getByRole('link', { name: /^Edit/ }).click();
  const edited = page.getByRole('form', { name: 'Edit activity' }).getByRole('textbox', { name: 'What was said?' });
  await edited.fill('Bütçe onayı martta.');
  await axe(page);
  await page.keyboard.press('Control+Enter');
  await expect(lines(page).nth(1)).toContainText('Bütçe onayı martta.');
  await expect(lines(second).nth(1)).toContainText('Bütçe onayı martta.');

  await lines(page).first().getByRole('button', { name: /^Delete/ }).click();
  await expect(lines(page)).toHaveCount(1);
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).last().click();
  await expect(lines(page)).toHaveCount(2);
  await page.getByRole('link', { name: 'Changes', exact: true }).click();
  await expect(lines(page)).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Activities and history' })).toContainText('Created');
});

test('what is typed is there after a reload, and comes back with the reason when it is refused', async ({
  page, tolerate,
}) => {
  await signIn(page);
  const id = await customer(page, 'Taslak');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  const text = () => composer(page).getByRole('textbox', { name: 'What was said?' });
  await composer(page).getByText('Visit').click();
  await text().fill('Yarım kalan cümle');
  await page.reload();
  await hydrated(page);
  await expect(text()).toHaveValue('Yarım kalan cümle');
  await expect(composer(page).getByRole('radio', { name: 'Visit' })).toBeChecked();

  tolerate(/ERR_FAILED/);
  await page.route('**/api/activities/log', (route) => route.abort());
  await page.keyboard.press('Tab');
  await composer(page).getByRole('button', { name: 'Save' }).click();
  await expect(composer(page)).toContainText("can't be reached");
  await expect(text()).toHaveValue('Yarım kalan cümle');
  await page.unroute('**/api/activities/log');
  await composer(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Visit' })).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
  await page.reload();
  await hydrated(page);
  await expect(text()).toHaveValue('');
  await expect(lines(page)).toHaveCount(1);
});

test('what was saved just before a reload is not offered again', async ({ page }) => {
  await signIn(page);
  const id = await customer(page, 'Yarış');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  const text = () => composer(page).getByRole('textbox', { name: 'What was said?' });
  let saved = 0;
  // The server saves the activity, but the page never gets the answer.
  await page.route('**/api/activities/log', async (route) => {
    const answer = await route.fetch();
    saved = answer.status();
  });
  await text().fill('Kapıdan çıkarken');
  await composer(page).getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => saved).toBe(200);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await hydrated(page);
  await expect(lines(page)).toHaveCount(1);
  await expect(text()).toHaveValue('');
  await page.reload();
  await hydrated(page);
  await expect(text()).toHaveValue('');
});

test('after a call the page asks how it went', async ({ page }) => {
  await signIn(page);
  const id = await customer(page, 'Arama');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  // This browser can't make calls. If it followed the `tel:` link, the page would get no later clicks.
  await page.evaluate(() => {
    const isCall = (event: Event) => (event.target as Element).closest('a[href^="tel:"]');
    addEventListener('click', (event) => isCall(event) && event.preventDefault());
  });
  await page.getByRole('link', { name: '0533 902 11 46' }).click();
  await page.waitForTimeout(600);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const dialog = page.getByRole('dialog', { name: 'How did the call go?' });
  await expect(dialog).toContainText('Selin Işık');
  await axe(page);
  await shot(page, 'activities-asked');
  await dialog.getByRole('textbox', { name: 'Note (optional)' }).fill('Tatilde');
  await dialog.getByRole('button', { name: 'Switched off' }).click();
  await expect(dialog).toBeHidden();
  await expect(lines(page).first()).toContainText('with Selin Işık');
  await expect(lines(page).first()).toContainText('Tatilde');
  // Nobody was reached, so the page offers a task for the next call; Enter adds it.
  const next = page.getByRole('region', { name: 'And then?' });
  await expect(next.getByRole('textbox')).toHaveValue('tomorrow 10:00 Selin Işık call');
  await axe(page);
  await shot(page, 'activities-and-then');
  await next.getByRole('textbox').press('Enter');
  await expect(next).toBeHidden();
  await expect(page.getByRole('region', { name: 'Tasks' }).locator('.task')).toHaveCount(1);
});

test('when it was is typed as people write it, and a day without a time is asked back', async ({ page, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  await page.goto(`/customers/${await customer(page, 'Dünkü')}`);
  await hydrated(page);
  await composer(page).getByText('With whom, when, result').click();
  await composer(page).getByRole('textbox', { name: 'What was said?' }).fill('Fiyat sordu.');
  const when = composer(page).getByRole('textbox', { name: 'When' });
  await when.fill('yesterday');
  await composer(page).getByRole('button', { name: 'Save' }).click();
  await expect(composer(page).getByText('Write the day and the time.')).toBeVisible();
  await expect(when).toHaveValue('yesterday');
  await when.fill('yesterday 2:05 pm');
  await composer(page).getByRole('button', { name: 'Save' }).click();
  await expect(lines(page).first()).toContainText('14:05');
  await lines(page).first().getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByRole('textbox', { name: 'When' }).last()).toHaveValue(/^\d+ \w{3} \d{4} 14:05$/);
});

test('two activities saved one right after the other are both logged', async ({ page }) => {
  await signIn(page);
  const id = await customer(page, 'Hızlı');
  await page.goto(`/customers/${id}`);
  await hydrated(page);
  const text = composer(page).getByRole('textbox', { name: 'What was said?' });
  for (const said of ['Bir', 'İki', 'Üç']) {
    await text.fill(said);
    await text.press('Control+Enter');
    // As if the keys were pressed twice by mistake.
    await text.press('Control+Enter');
  }
  await expect(lines(page)).toHaveCount(3);
});

test('it works without JavaScript and on a phone', async ({ page, visitor, tolerate }) => {
  tolerate(/status of 422/);
  await signIn(page);
  const id = await customer(page, 'Sade');
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto(`/customers/${id}`);
  await composer(plain).getByText('Note', { exact: true }).click();
  await composer(plain).getByRole('button', { name: 'Save' }).click();
  await expect(composer(plain)).toContainText("can't be empty");
  await composer(plain).getByRole('textbox', { name: 'What was said?' }).fill('Betiksiz');
  await composer(plain).getByRole('button', { name: 'Save' }).click();
  await expect(lines(plain)).toHaveCount(1);
  await lines(plain).first().getByRole('link', { name: /^Edit/ }).click();
  const edited = plain.getByRole('form', { name: 'Edit activity' });
  await edited.getByRole('textbox', { name: 'What was said?' }).fill('Betiksiz de olur');
  await edited.getByRole('button', { name: 'Save' }).click();
  await expect(lines(plain).first()).toContainText('Betiksiz de olur');

  const phone = await visitor({
    locale: 'tr-TR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  });
  await phone.context().addCookies(await page.context().cookies());
  await phone.goto(`/customers/${id}`);
  await hydrated(phone);
  await phone.getByRole('form', { name: 'Etkileşim ekle' }).getByRole('button', { name: 'Meşgul' }).tap();
  await expect(phone.getByRole('list', { name: 'Etkileşimler ve geçmiş' }).locator('.activity')).toHaveCount(2);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe(phone);
  await shot(phone, 'activities-phone', { full: true });
});
