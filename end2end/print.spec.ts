// A print contains all rows of a card's history, a list or the board, not only those in the page. If there are too
// many, it says how many are left out.
import { Server } from './server';
import { call, expect, hydrated, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();
const onPaper = (page: Page, rows: string) => page.locator(rows).filter({ visible: true });

async function many(count: number, make: (nr: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await make(next++);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

test('a card, a list and the board are printed whole', async ({ page, server }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const customer = id();
  await call(page, '/api/customers/create', {
    form: { id: customer, kind: 'organisation', name: 'Kâğıtta', city: 'İzmir' },
  });
  await many(95, (nr) =>
    call(page, '/api/activities/log', { card: { customer }, form: { id: id(), kind: 'note', content: `Not ${nr}.` } }),
  );
  const [pipeline] = await call<{
    stages: { stage: { id: string; status: string } }[],
  }[]>(page, '/api/pipelines/all', {});
  const open = pipeline?.stages.filter((one) => one.stage.status === 'open').map((one) => one.stage.id) ?? [];
  await many(70, (nr) =>
    call(page, '/api/deals/create', {
      form: { id: id(), title: `Kâğıt satışı ${nr}`, currency: 'TRY', amount: '1', stage: open[nr % 2], customer },
    }),
  );

  await page.goto(`/customers/${customer}`);
  await hydrated(page);
  await page.emulateMedia({ media: 'print' });
  await expect(onPaper(page, '.timeline .event.activity')).toHaveCount(95);
  await expect(page.locator('.composer')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('[data-on-paper]')).toHaveCount(0);

  await page.goto('/deals?view=list&q=Kâğıt');
  await hydrated(page);
  await page.emulateMedia({ media: 'print' });
  await expect(onPaper(page, '.deals-table .row')).toHaveCount(70);
  await expect(page.locator('.col-expected').filter({ visible: true }).first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  await page.goto('/deals?q=Kâğıt');
  await hydrated(page);
  await page.emulateMedia({ media: 'print' });
  await expect(onPaper(page, '.deal-card')).toHaveCount(70);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(wide, 'nothing beside the paper').toBe(true);
  await page.emulateMedia({ media: 'screen' });
  // A real print, for which the browser does not wait.
  const pdf = await page.pdf();
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(2);
});

test('of thousands it is said how many are left out', async ({ engine, visitor }) => {
  test.setTimeout(240_000);
  const server = await Server.start(engine);
  try {
    server.cli(['sample', '--customers', '1260', '--deals', '10', '--open', '5', '--activities', '10', '--seed', '5']);
    const page = await visitor({ baseURL: server.url });
    await signIn(page);
    await page.goto('/customers');
    await hydrated(page);
    await page.emulateMedia({ media: 'print' });
    await expect(onPaper(page, '.customers-table .row')).toHaveCount(1000);
    await expect(page.locator('p[data-on-paper]')).toHaveText(
      'Only the first 1,000 rows are printed; there are 260 more.'
    );
    await page.close();
  } finally {
    await server.remove();
  }
});
