// A session that ends while its pages are open, people who left, and addresses that lead elsewhere.
import { call, expect, hydrated, people, signIn, test, type Page, type Person, type Server } from './test';

/** Adds a person whom no other test uses, so that the account may be closed. */
function somebody(server: Server, name: string): Person {
  const nr = Math.random().toString(36).slice(2, 8);
  const person = {
    email: `${nr}@example.com`, name: `${name} ${nr}`, role: 'salesperson', password: `correct horse ${nr}`,
  };
  const args = [
    'user', 'add', '--email', person.email, '--name', person.name, '--role', person.role, '--password-stdin',
  ];
  server.cli(args, person.password);
  return person;
}

async function idOf(page: Page, person: Person): Promise<string> {
  const tree = JSON.stringify(await call(page, '/api/people/owners', {}));
  return JSON.parse(tree).find((one: { name: string }) => one.name === person.name).id;
}

const customer = async (page: Page, name: string, owner = '') => {
  const id = await page.evaluate(() => crypto.randomUUID());
  await call(page, '/api/customers/create', {
    form: { id, kind: 'organisation', name, phones: ['0232 464 55 20'], owner },
  });
  return id;
};

/** Expected when a session ends: the page asks who is signed in and gets 401, its stream ends, calls may be refused. */
const ended = /status of 401|\/live|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_ABORTED/;

test('signing out in one tab empties the others, and what was typed waits for the same person', async ({
  page, server, tolerate,
}) => {
  tolerate(ended);
  const me = somebody(server, 'Çıkan');
  await signIn(page, me, { again: true });
  const id = await customer(page, 'Güneş Enerji');
  await page.goto(`/customers/${id}/edit`);
  await hydrated(page);
  await page.locator('textarea[name="note"]').fill('Yarım kalan "not" <b>');
  await page.locator('input[name="city"]').fill('İzmir');
  const other = await page.context().newPage();
  await other.goto('/settings');
  await hydrated(other);
  await call(other, '/api/auth/sign_out', {});

  for (const tab of [page, other]) {
    await expect(tab).toHaveURL(/\/sign-in\?next=/);
    expect(await tab.content()).not.toContain('Güneş Enerji');
  }
  await page.goBack().catch(() => null);
  await expect(page.locator('body')).not.toContainText('Güneş Enerji');

  await page.goto(`/sign-in?next=${encodeURIComponent(`/customers/${id}/edit`)}`);
  await hydrated(page);
  await page.locator('input[name="email"]').fill(me.email);
  await page.locator('input[name="password"]').fill(me.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/customers/${id}/edit$`));
  await hydrated(page);
  await expect(page.locator('textarea[name="note"]')).toHaveValue('Yarım kalan "not" <b>');
  await expect(page.locator('input[name="city"]')).toHaveValue('İzmir');
  await page.locator('#content form [type="submit"]').first().click();
  await expect(page).toHaveURL(new RegExp(`/customers/${id}$`));
  await expect(page.locator('#content')).toContainText('Yarım kalan "not" <b>');
});

test('an account that is closed loses its open pages @both', async ({ page, server, visitor, tolerate }) => {
  tolerate(ended);
  const left = somebody(server, 'Ayrılan');
  await signIn(page, left, { again: true });
  await customer(page, `Deniz Ltd ${left.name}`);
  await page.goto('/customers');
  await hydrated(page);
  await expect(page.locator('#content')).toContainText('Deniz Ltd');
  const owner = await visitor();
  await signIn(owner);
  await call(owner, '/api/people/set_active', { id: await idOf(owner, left), active: false });
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.locator('body')).not.toContainText('Deniz Ltd');
});

test('after signing out Back shows nothing', async ({ page, server, tolerate }) => {
  tolerate(ended);
  const me = somebody(server, 'Dönen');
  await signIn(page, me, { again: true });
  const id = await customer(page, 'Rüzgâr AŞ');
  await page.goto(`/customers/${id}`);
  await page.goto('/settings');
  await hydrated(page);
  await page.locator('form[action="/sign-out"] [type="submit"]').click();
  await expect(page).toHaveURL(/\/sign-in/);
  for (let nr = 0; nr < 2; nr++) {
    await page.goBack().catch(() => null);
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.locator('body')).not.toContainText('Rüzgâr AŞ');
  }
});

test('the record of somebody who left stays theirs when another field is changed', async ({ page, server }) => {
  const left = somebody(server, 'Giden');
  await signIn(page);
  const who = await idOf(page, left);
  const id = await customer(page, `Kaya ${left.name}`, who);
  await call(page, '/api/people/set_active', { id: who, active: false });
  await page.goto(`/customers/${id}/edit`);
  await hydrated(page);
  await expect(page.locator('select[name="owner"]')).toHaveValue(who);
  await expect(page.locator('select[name="owner"] option:checked')).toHaveText(`${left.name} (left)`);
  await page.locator('input[name="city"]').fill('Manisa');
  await page.locator('#content form [type="submit"]').first().click();
  await expect(page).toHaveURL(new RegExp(`/customers/${id}$`));
  const now = await call<{
    customer: { facts: { city: string; owner_id: string } },
  }>(page, '/api/customers/get', { id });
  expect([now.customer.facts.city, now.customer.facts.owner_id]).toEqual(['Manisa', who]);
});

test('signing in leads to our own pages only, also with scripts', async ({ page, server }) => {
  const me = somebody(server, 'Giren');
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  for (const next of ['/%09/evil.example', '/..//evil.example', '//evil.example', '/%5Cevil.example']) {
    await page.goto(`/sign-in?next=${next}`);
    await hydrated(page);
    await page.locator('input[name="email"]').fill(me.email);
    await page.locator('input[name="password"]').fill(me.password);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${server.url}/`);
  }
  expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([]);
});

test('another site cannot start an export', async ({ page, server }) => {
  await signIn(page);
  const ask = (site: string) =>
    page.request.get('/customers/export.csv', {
      headers: { 'sec-fetch-site': site },
    }).then((answer) => answer.status());
  expect(await ask('same-origin')).toBe(200);
  expect(await ask('none')).toBe(200);
  expect(await ask('cross-site')).toBe(403);
  expect(await ask('same-site')).toBe(403);
});
