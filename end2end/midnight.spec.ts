// Midnight passes while pages are open. The firm's time zone changes from Honolulu to Kiritimati, where it is the same
// hour of the next day, and the clock of the pages is put forward. So the server's answers and the timer in the pages
// get to the next day as at a real midnight.
import { Server } from './server';
import { call, expect, hydrated, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();
const today = (page: Page) =>
  page.evaluate(() => (JSON.parse(document.getElementById('visit')?.textContent ?? '{}') as { today: string }).today);
const after = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

async function moveTo(page: Page, time_zone: string): Promise<void> {
  const firm = await call<object>(page, '/api/people/firm', {});
  await call(page, '/api/people/change_firm', { form: { ...firm, time_zone } });
}

test("the firm's day turns on Today, in the tasks and in the line that is being typed @both", async ({
  engine, visitor,
}) => {
  const server = await Server.start(engine);
  try {
    const owner = await visitor({ baseURL: server.url });
    await signIn(owner);
    await moveTo(owner, 'Pacific/Honolulu');
    await owner.goto('/tasks');
    const day = await today(owner);
    for (const [title, due_on] of [
      ['Of this day', day], ['Of the next day', after(day, 1)], ['Of the day after', after(day, 2)],
    ]) {
      await call(owner, '/api/tasks/save', { form: { id: id(), title, kind: 'other', due_on } });
    }
    const pages: Page[] = [];
    for (const path of ['/', '/tasks']) {
      const page = await owner.context().newPage();
      await page.clock.install();
      await page.goto(path);
      await hydrated(page);
      pages.push(page);
    }
    const [home, tasks] = pages as [Page, Page];
    const part = (page: Page, title: string) => page.locator('.task', { hasText: title });
    const line = tasks.getByRole('textbox', { name: 'New task' });
    await line.fill(`${after(day, 1)} 14:00 ring the bell`);
    await expect(tasks.locator('.new-task-said')).toContainText('tomorrow 14:00');
    await expect(part(tasks, 'Of the next day')).toHaveAttribute('data-part', 'tomorrow');
    await expect(part(home, 'Of the next day')).toHaveCount(0);
    await expect(home.locator('.rail .place-count')).toHaveText('1');

    await moveTo(owner, 'Pacific/Kiritimati');
    for (const page of pages) await page.clock.fastForward('24:00:05');
    await expect(part(tasks, 'Of this day')).toHaveAttribute('data-part', 'late');
    await expect(part(tasks, 'Of the next day')).toHaveAttribute('data-part', 'today');
    await expect(part(tasks, 'Of the day after')).toHaveAttribute('data-part', 'tomorrow');
    await expect(tasks.locator('.new-task-said')).toContainText('today 14:00');
    await expect(part(home, 'Of this day')).toHaveAttribute('data-part', 'late');
    await expect(part(home, 'Of the next day')).toHaveAttribute('data-part', 'today');
    for (const page of pages) await expect(page.locator('.rail .place-count')).toHaveText('2');
    for (const page of [owner, ...pages]) await page.close();
  } finally {
    await server.remove();
  }
});
