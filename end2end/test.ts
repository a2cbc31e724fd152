// What every spec imports instead of '@playwright/test'. Each worker gets its own server, and a test also fails when
// the browser reports a problem that the test does not expect (console error, exception, CSP, failed request, 5xx).
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { people, Server, type Options, type Person } from './server';

export { expect, people };
export type { Page, Person, Server };

type Fixtures = {
  /** Problems that match are expected in this test: `tolerate(/status of 409/)`. */
  tolerate: (expected: RegExp) => void;
  /** A page of another browser, in which nobody is signed in: `const second = await visitor()`. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  problems: Problems;
};

class Problems {
  readonly found: string[] = [];
  readonly expected: RegExp[] = [];

  async watch(context: BrowserContext, scripts = true): Promise<void> {
    const note = (text: string) => this.found.push(text);
    context.on('console', (message) => {
      if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => note(`exception: ${error.error().message}`));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'failed';
      // Leaving a page aborts its open requests, above all the live stream.
      if (reason === 'net::ERR_ABORTED') return;
      // With JavaScript off, the browser reports every script as refused for this reason; the page is not at fault.
      if (reason === 'csp' && !scripts) return;
      note(`request: ${request.method()} ${request.url()} ${reason}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 500) note(`answer: ${response.status()} ${response.url()}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
  }

  unexpected(): string[] {
    return this.found.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }
}

export const test = base.extend<Fixtures, Options & { server: Server }>({
  engine: ['sqlite', { option: true, scope: 'worker' }],

  server: [
    async ({ engine }, use) => {
      const server = await Server.start(engine);
      await use(server);
      await server.remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  problems: async ({ server }, use, info) => {
    const problems = new Problems();
    await use(problems);
    const bad = problems.unexpected();
    if (bad.length > 0 || info.status !== info.expectedStatus) {
      await info.attach('server log', { body: server.log().split('\n').slice(-200).join('\n') });
    }
    expect(bad, 'problems in the browser').toEqual([]);
  },

  tolerate: async ({ problems }, use) => use((expected) => problems.expected.push(expected)),

  context: async ({ context, problems }, use) => {
    await problems.watch(context);
    await use(context);
  },

  visitor: async ({ browser, problems, contextOptions, baseURL, locale, viewport }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, locale, viewport, ...options });
      opened.push(context);
      await problems.watch(context, options.javaScriptEnabled);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/**
 * Signs in with the form the first time and reuses that session afterwards, because the server limits how often one
 * may sign in. `again` always uses the form, for tests that end the session.
 */
export async function signIn(page: Page, who: Person = people.owner, { again = false } = {}): Promise<void> {
  await page.goto('/sign-in');
  const key = `${new URL(page.url()).origin} ${who.email}`;
  const known = sessions.get(key);
  if (known && !again) {
    await page.context().addCookies(known);
    await page.goto('/');
  } else {
    await hydrated(page);
    await page.locator('input[name="email"]').fill(who.email);
    await page.locator('input[name="password"]').fill(who.password);
    await page.locator('form:has(input[name="password"]) [type="submit"]').click();
  }
  await expect(page).not.toHaveURL(/\/sign-in/);
  await hydrated(page);
  if (!known && !again) sessions.set(key, await page.context().cookies());
}

/** Calls a server function as the person who is signed in on that page; the answer must be 200. */
export async function call<T>(page: Page, path: string, input: unknown): Promise<T> {
  const [status, answer] = await page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body });
      return [answer.status, await answer.text()] as const;
    },
    [path, JSON.stringify(input)] as const,
  );
  expect(status, `${path}: ${answer}`).toBe(200);
  return JSON.parse(answer) as T;
}

/** Waits until the page answers to clicks. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated="1"]').waitFor({ state: 'attached' });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Checks WCAG 2.2 A and AA, as far as a program can. */
export async function axe(page: Page): Promise<void> {
  // With `evaluate`, because our CSP would refuse a script element that is added to the page.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    // On a phone these elements float over the page and always cover something. A person can scroll, so that is no
    // problem: they do not float while axe runs.
    const floats = [
      ...document.querySelectorAll<HTMLElement>('.bottom-bar, .page-head > .button.filled, .form-actions')
    ];
    for (const one of floats) one.style.position = 'static';
    type Found = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] };
    const run = (window as unknown as { axe: { run(what: Document, how: object): Promise<Found> } }).axe.run;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await run(document, {
      runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } },
    });
    for (const one of floats) one.style.position = '';
    return violations.flatMap(
      (v) => v.nodes.map((node) => `${v.id}: ${v.help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`)
    );
  });
  expect(found, 'axe').toEqual([]);
}

/** A picture of the page in end2end/shots/, for people to look at. */
export async function shot(page: Page, name: string, { full = false } = {}): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, 'shots', `${name}.png`), fullPage: full });
}
