// What people type stays text: the test puts markup into every stored text and then opens every page of the program,
// with scripts and without.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from './server';
import { call, expect, hydrated, people, signIn, test, type Page } from './test';

/** Closes any element that may contain it, and adds elements that the test would find. */
const evil =
  `A&B <x-evil> &lt; "x" '</title></textarea></script></style></option></select>--><x-evil data-evil="1">` +
  `<meta http-equiv=refresh content="0;url=/evil"><plaintext>`;
/** The same for fields that allow only a short text. */
const brief = `A&B </title></textarea>--><x-evil>`;

type Made = { customers: string; deals: string; tasks: string; people: string };

async function fill(page: Page): Promise<Made> {
  const id = () => page.evaluate(() => crypto.randomUUID());
  const [customer, deal, task] = [await id(), await id(), await id()];
  await call(page, '/api/customers/create', {
    form: {
      id: customer, kind: 'organisation', name: evil, phones: ['0232 464 55 20'], emails: ['a?bcc=b@example.com'],
      city: brief, address: evil, tax_office: brief, sector: brief, source: brief, interest: brief, note: evil,
      contact_id: [''], contact_name: [brief], contact_job: [brief], contact_phone: [''], contact_email: [''],
    },
  });
  const pipeline = await call<string>(page, '/api/pipelines/add', { name: brief });
  const stage = await call<string>(page, '/api/pipelines/add_stage', {
    pipeline, form: { name: brief, status: 'open', color: '1', probability: '5' },
  });
  await call(page, '/api/deals/create', {
    form: { id: deal, title: evil, customer, currency: 'TRY', amount: '12', stage, note: evil, source: brief },
  });
  await call(page, '/api/activities/log', {
    card: { deal }, form: { id: await id(), kind: 'call', contact: brief, result: brief, content: evil },
  });
  await call(page, '/api/deals/lose', { id: deal, reason: evil });
  await call(page, '/api/deals/put', { id: deal, stage });
  const due_on = '2026-01-01';
  await call(page, '/api/tasks/save', { form: { id: task, title: evil, kind: 'call', due_on, deal, note: evil } });
  const tree = await call<{ id: string; under: string | null }[]>(page, '/api/people/tree', {});
  const firm = tree.find((node) => !node.under)!.id;
  const group = await call<string>(page, '/api/people/add_group', { name: brief, under: firm });
  const invited = await call<{ person: string }>(page, '/api/people/invite', {
    form: { name: brief, email: 'evil@example.com', role: 'viewer', sees: 'own', under: group },
  });
  const person = JSON.stringify(invited).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0] ?? '';
  const profile = await call<object>(page, '/api/people/firm', {});
  await call(page, '/api/people/change_firm', { form: { ...profile, name: brief, language: 'en' } });
  // A customer and a deal for the trash.
  const [gone, sold] = [await id(), await id()];
  await call(page, '/api/customers/create', { form: { id: gone, kind: 'person', name: evil } });
  await call(page, '/api/customers/delete', { id: gone });
  await call(page, '/api/deals/create', { form: { id: sold, title: evil, currency: 'TRY', stage } });
  await call(page, '/api/deals/delete', { id: sold });
  return { customers: customer, deals: deal, tasks: task, people: person };
}

/** Every page of the table in `app.rs`, and some pages again with a query. */
function pages(made: Made): string[] {
  const table = readFileSync(join(import.meta.dirname, '../src/app.rs'), 'utf8');
  const paths = [...table.matchAll(/path!\("(\/[^"]*)"\)/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(20);
  const whole = paths
    .filter((path) => !['/setup', '/join/:token', '/ui'].includes(path))
    .map((path) => {
      const kind = path.match(/(customers|deals|tasks|people)\/:id/)?.[1] as keyof Made | undefined;
      return kind ? path.replace(':id', made[kind]) : path;
    });
  const more = [
    '/deals?view=list', '/tasks?of=all', '/tasks?of=all&done=any', `/deals/new?customer=${made.customers}`,
    `/tasks/new?customer=${made.customers}`, `/tasks/new?deal=${made.deals}`, '/nowhere',
    ...['/customers', '/deals', '/history', '/tasks'].map((path) => `${path}?q=${encodeURIComponent(evil)}`),
  ];
  return [...whole, ...more];
}

const foreign = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('x-evil, [data-evil], plaintext, meta[http-equiv]')].map((found) => found.outerHTML),
  );

test('markup in any text stays text, on every page, with scripts and without', async ({
  engine, visitor, tolerate,
}) => {
  test.setTimeout(240_000);
  tolerate(/status of 404/);
  // A server of its own, because these names would disturb other tests.
  const server = await Server.start(engine);
  try {
    const page = await visitor({ baseURL: server.url });
    await throughAllPages(page, await visitor({ baseURL: server.url, javaScriptEnabled: false }));
    // An open page would report an error when the server stops.
    await page.goto('about:blank');
  } finally {
    await server.remove();
  }
});

async function throughAllPages(page: Page, still: Page): Promise<void> {
  await signIn(page, people.owner);
  const made = await fill(page);
  await still.context().addCookies(await page.context().cookies());

  for (const path of pages(made)) {
    const answer = await page.goto(path);
    expect(answer!.status(), path).toBeLessThan(500);
    await hydrated(page);
    expect(await foreign(page), path).toEqual([]);
    expect(await page.locator('html[data-broken]').count(), path).toBe(0);
    const title = await page.title();

    await still.goto(path);
    expect(await still.locator('x-evil, [data-evil], plaintext, meta[http-equiv]').count(), path).toBe(0);
    expect(await still.title(), path).toBe(title);
    expect(title, path).toMatch(/ · Kartotek$/);
  }

  for (const path of [`/customers/${made.customers}`, `/deals/${made.deals}`]) {
    await page.goto(path);
    await hydrated(page);
    await expect(page, 'the title is the name as it is').toHaveTitle(`${evil} · Kartotek`);
    await expect(page.locator('h1')).toContainText(evil);
  }
  // The same for a page that the browser draws instead of the server.
  await page.goto('/customers');
  await hydrated(page);
  await page.getByRole('link', { name: evil }).first().click();
  await expect(page).toHaveTitle(`${evil} · Kartotek`);
  expect(await foreign(page)).toEqual([]);
}
