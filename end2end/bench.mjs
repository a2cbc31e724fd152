// What a browser feels, in Chromium at a quarter of its speed behind a slow 4G line. Started by
// `cargo xtask bench --browser`; prints a table and decides nothing.
import { chromium } from '@playwright/test';

const { CHROMIUM, KARTOTEK_URL: url, KARTOTEK_EMAIL: email, KARTOTEK_PASSWORD: password } = process.env;
/** Slow 4G as Lighthouse has it. */
const LINE = {
  offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8,
};
const SLOWER = 4;

const browser = await chromium.launch({
  executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const rows = [];

async function slowPage(context) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', LINE);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  let bytes = 0;
  cdp.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  return { page, cdp, bytes: () => bytes };
}

async function visit(context, path, name) {
  const { page, bytes } = await slowPage(context);
  const begun = Date.now();
  await page.goto(url + path, { waitUntil: 'commit' });
  await page.waitForSelector('html[data-hydrated="1"]', { timeout: 120_000 });
  const interactive = Date.now() - begun;
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
  rows.push([name, Math.round(paint), interactive, Math.round(bytes() / 1024)]);
  await page.close();
}

const first = await browser.newContext({ locale: 'tr-TR' });
await visit(first, '/sign-in', 'sign-in, first visit');
const page = await first.newPage();
await page.goto(`${url}/sign-in`);
await page.locator('[name=email]').fill(email);
await page.locator('[name=password]').fill(password);
await page.locator('button[type=submit]').click();
await page.waitForURL((now) => now.pathname === '/');
for (const path of ['/', '/customers', '/deals']) await visit(first, path, `${path}, again`);

/** Frames while a card is dragged over the whole board. */
async function drag() {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${url}/deals?view=board`);
  await page.waitForSelector('html[data-hydrated="1"]');
  const cdp = await first.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const card = await page.locator('.deal-card').first().boundingBox();
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(card.x + 60, card.y + 20);
  await page.mouse.down();
  for (let n = 0; n <= 120; n++) {
    await page.mouse.move(card.x + 60 + n * 8, card.y + 20 + 200 * Math.sin(n / 10));
  }
  const frames = await page.evaluate(() => window.frames_.slice(5).sort((a, b) => a - b));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))].toFixed(1);
  const times = `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`;
  return `Dragging a deal over the board: ${frames.length} frames, ${times}.`;
}
const dragged = await drag();
await browser.close();

console.log(`### In Chromium, ${SLOWER} times slower, slow 4G\n`);
console.log('| page | first paint, ms | can be used, ms | KB |\n|---|--:|--:|--:|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log(`\n${dragged}`);
