// How the browser tests run: Debian's Chromium, two workers, no retries.
// Started by `cargo xtask test --only e2e`, which says where the server, Chromium and PostgreSQL are.
import { defineConfig } from '@playwright/test';
import type { Options } from './server';

export default defineConfig<object, Options>({
  testDir: '.',
  outputDir: 'test-results/files',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  // Long, so that no test fails because the machine is busy.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.KARTOTEK_E2E_REPORT ?? 'test-results/report.json' }],
  ],
  use: {
    locale: 'en-US',
    timezoneId: 'Europe/Istanbul',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  // Every test runs on SQLite; those tagged @both also on PostgreSQL.
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' } },
    { name: 'postgres', use: { engine: 'postgres' }, grep: /@both/ },
  ],
});
