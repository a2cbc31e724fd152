// Phones, translators and extensions change the document before the page wakes (is hydrated): they make numbers into
// links and add elements anywhere. The page must wake all the same, without an error message, and keep what was typed.
import { call, expect, hydrated, signIn, test, type Page } from './test';

const id = () => crypto.randomUUID();

/** Each changes the document as soon as it is parsed, before any script of the page has run. */
const intruders: Record<string, () => void> = {
  'numbers made into links': () => {
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walk.nextNode()) found.push(walk.currentNode as Text);
      for (const text of found.filter((one) => /\d/.test(one.data) && !one.parentElement?.closest('script, a'))) {
        const link = document.createElement('a');
        link.href = 'tel:0';
        text.replaceWith(link);
        link.append(text);
      }
    });
  },
  'a translation': () => {
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walk.nextNode()) found.push(walk.currentNode as Text);
      for (
        const text of found.filter((one) => one.data.trim() && !one.parentElement?.closest('script, textarea, option'))
      ) {
        const font = document.createElement('font');
        font.append(document.createElement('font'));
        font.firstElementChild?.append(`~${text.data}`);
        text.replaceWith(font);
      }
    });
  },
  'elements of an extension': () => {
    document.addEventListener('DOMContentLoaded', () => {
      for (const element of document.querySelectorAll('body, main, h1, form, ul, td')) {
        element.prepend(document.createElement('div'));
      }
    });
  },
};

async function fill(page: Page): Promise<string[]> {
  const [customer, deal] = [id(), id()];
  const form = { id: customer, kind: 'organisation', name: 'Yabancı 42', phones: ['0532 118 42 07'] };
  await call(page, '/api/customers/create', { form });
  const [pipeline] = await call<{ stages: { stage: { id: string } }[] }[]>(page, '/api/pipelines/all', {});
  const sale = {
    id: deal, title: 'Satış 7', currency: 'TRY', amount: '1.000', stage: pipeline?.stages[0]?.stage.id, customer,
  };
  await call(page, '/api/deals/create', { form: sale });
  await call(page, '/api/tasks/save', {
    form: { id: id(), title: 'Görev 3', kind: 'call', due_on: '2026-01-07', customer },
  });
  return [`/customers/${customer}`, `/customers/${customer}/edit`, `/deals/${deal}`];
}

for (const [what, intrude] of Object.entries(intruders)) {
  test(`the page wakes in spite of ${what}`, async ({ page, visitor, server }) => {
    test.setTimeout(120_000);
    await signIn(page);
    const cards = await fill(page);
    const other = await visitor();
    await signIn(other);
    await other.addInitScript(intrude);
    for (const path of [
      ...cards, '/', '/customers', '/deals', '/deals?view=list', '/tasks', '/settings', '/settings/firm', '/history'
    ]) {
      // As in a new tab, in which the page does not know yet that hydration fails.
      await other.evaluate(() => sessionStorage.clear());
      await other.goto(path);
      await hydrated(other);
      await expect(other.getByRole('heading', { level: 1 }), path).toBeVisible();
      expect(await other.locator('html[data-broken]').count(), path).toBe(0);
      await other.keyboard.press('Control+k');
      await expect(other.getByRole('combobox', { name: 'Search or type a command' }), path).toBeVisible();
      await other.keyboard.press('Escape');
    }
    // The page still gets the changes of others.
    await other.goto(cards[0] ?? '');
    await hydrated(other);
    const customer = (cards[0] ?? '').split('/').at(-1);
    await call(page, '/api/activities/log', {
      card: { customer }, form: { id: id(), kind: 'note', content: 'Kapıda bekledim' },
    });
    await expect(other.getByText('Kapıda bekledim')).toBeVisible();
    expect(server.log()).toContain('could not be taken over');
  });
}

test('what was typed before the page woke is there afterwards', async ({ page }) => {
  await signIn(page);
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const name = document.querySelector<HTMLInputElement>('input[name="name"]');
      if (!name || document.documentElement.dataset.woken) return;
      if (!sessionStorage.getItem('kartotek-draw')) name.value = 'Yarım kalmış';
      document.querySelector('main')?.prepend(document.createElement('div'));
      document.querySelector('h1')?.prepend(document.createElement('div'));
    });
  });
  await page.goto('/customers/new');
  await hydrated(page);
  await expect(page.locator('input[name="name"]')).toHaveValue('Yarım kalmış');
});
