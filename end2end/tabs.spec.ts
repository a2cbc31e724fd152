// Many tabs of one browser share one stream of changes. A browser opens only six connections to a server; with a stream
// for each tab the seventh could neither load nor save. All tabs must get the changes.
import { call, expect, hydrated, signIn, test } from './test';

test('thirty tabs load, save and hear', async ({ page, visitor }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const id = crypto.randomUUID();
  await call(page, '/api/customers/create', { form: { id, kind: 'organisation', name: 'Çok Sekme' } });
  const tabs = [page];
  while (tabs.length < 30) tabs.push(await page.context().newPage());
  for (const tab of tabs) {
    await tab.goto(`/customers/${id}`);
    await hydrated(tab);
  }
  const other = await visitor();
  await signIn(other);
  const say = async (content: string) =>
    call(other, '/api/activities/log', {
      card: { customer: id }, form: { id: crypto.randomUUID(), kind: 'note', content },
    });
  await say('Birinci haber');
  for (const tab of tabs) await expect(tab.getByText('Birinci haber')).toBeVisible();
  // The tab that has the stream is closed. Another takes it over, and no change in between is lost.
  for (const tab of tabs.splice(0, 3)) await tab.close();
  await say('İkinci haber');
  for (const tab of tabs) await expect(tab.getByText('İkinci haber')).toBeVisible();
});
