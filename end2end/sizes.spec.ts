// Every page with no record, one, a full page, one more than that, and thousands; and with the longest names. In both
// languages, on a desk and on a phone, in other time zones. Each page must wake (be hydrated), log no error and never
// scroll sideways. Traces of some hundred pages would be too large, so they are off; each problem names its address.
import { Server } from './server';
import { call, expect, hydrated, signIn, test, type Page } from './test';

/** How many of each there are; the pages' limits are 50, 60 (history, trash), 100 (tasks) and 40 (a card's history). */
type Size = {
  name: string; customers: number; deals: number; tasks: number; activities: number; gone: number; records: number;
  of?: 'longest' | 'sample';
};
const sizes: Size[] = [
  { name: 'nothing', customers: 0, deals: 0, tasks: 0, activities: 0, gone: 0, records: 0 },
  { name: 'one', customers: 1, deals: 1, tasks: 1, activities: 1, gone: 1, records: 1 },
  { name: 'a full page', customers: 50, deals: 50, tasks: 100, activities: 40, gone: 60, records: 50 },
  { name: 'one more', customers: 51, deals: 51, tasks: 101, activities: 41, gone: 61, records: 51 },
  { name: 'the longest', customers: 3, deals: 6, tasks: 3, activities: 3, gone: 3, records: 3, of: 'longest' },
  { name: 'thousands', customers: 2100, deals: 2100, tasks: 0, activities: 4000, gone: 0, records: 0, of: 'sample' },
];
// Each page is also measured at the width `narrow`: a desk at 200 %, or the narrowest phones.
const desk = { narrow: 720, locale: 'tr-TR', viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Istanbul' };
const phone = { narrow: 320, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** The sizes take turns with these two. */
const phones = [
  { ...phone, locale: 'en-US', timezoneId: 'Pacific/Kiritimati' },
  { ...phone, locale: 'tr-TR', timezoneId: 'America/Los_Angeles' },
] as const;

/** Makes that many, eight at a time; each with a call of its own, as the page would make it. */
async function many(count: number, make: (nr: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await make(next++);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const id = () => crypto.randomUUID();

/** Fills the firm and returns the addresses of its records. */
async function fill(page: Page, size: Size): Promise<string[]> {
  const long = size.of === 'longest';
  const name = (what: string, nr: number) => (long ? `${nr}${'Ğ'.repeat(190)}` : `${what} ${nr}`);
  const [pipeline] = await call<{
    stages: { stage: { id: string; status: string } }[],
  }[]>(page, '/api/pipelines/all', {});
  if (long) {
    for (let nr = 0; nr < 6; nr++) await call(page, '/api/pipelines/add', {
      name: `Satış süreci ${nr} ${'ü'.repeat(40)}`,
    });
  }
  const open = pipeline?.stages.filter((one) => one.stage.status === 'open').map((one) => one.stage.id) ?? [];
  const [customers, deals] = [Array.from({ length: size.customers }, id), Array.from({ length: size.deals }, id)];
  await many(size.customers, (nr) => {
    const word = long ? 'ş'.repeat(100) : '';
    const form = {
      id: customers[nr], kind: 'organisation', name: name('Müşteri', nr), city: word, sector: word, source: word,
    };
    return call(page, '/api/customers/create', { form });
  });
  await many(size.deals, (nr) => {
    const amount = long ? '9.999.999.999.999,99' : String(nr + 1);
    // All in one stage, and all of one customer.
    const form = {
      id: deals[nr], title: name('Satış', nr), currency: 'TRY', amount, stage: open[0], customer: customers[0] ?? '',
    };
    return call(page, '/api/deals/create', { form });
  });
  const task = (nr: number) => ({ id: id(), title: name('Görev', nr), kind: 'call', due_on: '2026-01-07' });
  await many(size.tasks, (nr) => call(page, '/api/tasks/save', { form: task(nr) }));
  await many(size.gone, async (nr) => {
    const form = task(nr);
    await call(page, '/api/tasks/save', { form });
    await call(page, '/api/tasks/act', { id: form.id, act: 'delete' });
  });
  await many(size.activities, (nr) => {
    const words = long ? 'ı'.repeat(200) : `Konuşma ${nr}`;
    const form = { id: id(), kind: 'call', outcome: 'reached', content: words, contact: words, result: words };
    return call(page, '/api/activities/log', { card: { customer: customers[0] }, form });
  });
  const [won, lost] = [deals[1], deals[2]];
  if (won && lost) {
    await call(page, '/api/deals/win', { id: won });
    await call(page, '/api/deals/lose', { id: lost, reason: long ? 'ö'.repeat(200) : 'Pahalı' });
  }
  const records = await kinds(page, size, name, customers[0] ?? '');
  const cards = customers.slice(0, 1).flatMap((one) => [`/customers/${one}`, `/customers/${one}/edit`]);
  const sales = [deals[0], won, lost].filter((one) => one !== undefined);
  const edits = sales.slice(0, 1).map((one) => `/deals/${one}/edit`);
  return [...records, ...cards, ...edits, ...sales.map((one) => `/deals/${one}`)];
}

/** Adds an own kind with its records, all in one stage, the first one with a customer; returns their addresses. */
async function kinds(
  page: Page, size: Size, name: (what: string, nr: number) => string, customer: string,
): Promise<string[]> {
  if (size.records === 0) return [];
  const letters = size.of === 'longest' ? 'ğ'.repeat(34) : '';
  await call(page, '/api/kinds/add', {
    form: {
      one_tr: `Montaj${letters}`, many_tr: `Montajlar${letters.slice(4)}`, on_customer: 'true',
      stage_name: [`Keşif${letters}`, 'Kurulum'],
    },
  });
  for (const shape of ['line', 'number', 'day', 'text']) {
    await call(page, '/api/fields/add', { form: { of: 'kind_1', name: `${shape} ${letters}`, shape } });
  }
  const ids = Array.from({ length: size.records }, id);
  await many(size.records, (nr) => {
    const form = {
      id: ids[nr], name: name('Montaj', nr), own_1: letters.repeat(5), own_2: '1250,5',
      customer: nr === 0 ? customer : '',
    };
    return call(page, '/api/records/create', { kind: 1, form });
  });
  const lists = ['/kinds/1', '/kinds/1?q=mon', '/kinds/1/board', '/kinds/1/new', '/settings/fields?of=kind_1'];
  return [...lists, ...ids.slice(0, 1).flatMap((one) => [`/records/${one}`, `/records/${one}/edit`])];
}

const pages = [
  '/', '/customers', '/customers?q=m', '/customers/new', '/deals', '/deals?view=list', '/deals?view=list&status=won',
  '/deals/new',
  '/tasks', '/tasks?of=all', '/tasks?done=1', '/tasks/new', '/history', '/history?kind=task', '/trash',
  '/settings', '/settings/people', '/settings/people/invite', '/settings/firm', '/settings/pipelines',
  '/settings/products',
  '/settings/fields', '/settings/kinds', '/settings/draft', '/menu',
];

async function look(page: Page, addresses: string[], wide: number, narrow: number): Promise<void> {
  for (const address of addresses) {
    await page.goto(address);
    await hydrated(page);
    await measure(page, address, wide);
    const before = page.viewportSize() ?? { width: wide, height: 900 };
    await page.setViewportSize({ width: narrow, height: before.height });
    await measure(page, address, narrow);
    await page.setViewportSize(before);
  }
}

async function measure(page: Page, address: string, width: number): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(wide, `${address} is ${wide} px wide`).toBeLessThanOrEqual(width);
  // No text is so narrow that it breaks after each letter.
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll('#content *')]
      .filter(
        (one) => [...one.childNodes].some((node) => node.nodeType === 3 && (node.textContent?.trim().length ?? 0) > 3)
      )
      .filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width > 1 && width < 36 && height > 2.5 * Number.parseFloat(getComputedStyle(one).lineHeight);
      })
      .map((one) => one.textContent),
  );
  expect.soft(broken, `${address} at ${width} px`).toEqual([]);
  // The name of the page fits in one line.
  const title = page.locator('.page-head h1');
  if (await title.count()) {
    const lines = await title.evaluate(
      (one) => one.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(one).lineHeight)
    );
    expect.soft(lines, `the name of ${address}`).toBeLessThan(1.5);
  }
}

/** The addresses of some customers and of a deal of each status, in a firm that `kartotek sample` has filled. */
async function some(page: Page): Promise<string[]> {
  type Rows = { rows: { id: string }[] };
  const customers = await call<Rows>(page, '/api/customers/list', { query: { limit: 2 } });
  const found = await page.evaluate(async () => {
    const addresses: string[] = [];
    for (const status of ['open', 'won', 'lost']) {
      const text = await (await fetch(`/deals?view=list&status=${status}`)).text();
      addresses.push(...[...text.matchAll(/href="(\/deals\/[0-9a-f-]{36})"/g)].slice(0, 1).map((one) => one[1] ?? ''));
    }
    return addresses;
  });
  expect(found).toHaveLength(3);
  return [...customers.rows.map((one) => `/customers/${one.id}`), ...found];
}

test.use({ trace: 'off' });

for (const [nr, size] of sizes.entries()) {
  test(`every page wakes with ${size.name} of everything`, async ({ engine, visitor }) => {
    test.setTimeout(600_000);
    const server = await Server.start(engine);
    try {
      const first = await visitor({ baseURL: server.url });
      if (size.of === 'sample') {
        const count = (of: number) => String(of);
        server.cli([
          'sample', '--customers', count(size.customers), '--deals', count(size.deals),
          '--open', count(size.deals - 100), '--activities', count(size.activities), '--common', '100', '--seed', '5',
        ]);
      }
      await signIn(first);
      const addresses = [...pages, ...(size.of === 'sample' ? await some(first) : await fill(first, size))];
      for (const place of [desk, nr % 2 ? phones[1] : phones[0]]) {
        const { narrow, ...options } = place;
        const other = await visitor({ baseURL: server.url, ...options });
        await signIn(other);
        await look(other, addresses, options.viewport.width, narrow);
        await other.close();
      }
      await first.close();
    } finally {
      await server.remove();
    }
  });
}
