import path from 'node:path'
import { defineConfig } from '@playwright/test'

/**
 * End-to-end tests run against the production build on a seeded sample organisation, both brought up by
 * `npm test -- e2e`, which sets PENTARCH_E2E_URL, PENTARCH_E2E_DATABASE, PENTARCH_DATA_DIR (with accounts.json and
 * cli.json), PENTARCH_E2E_MAIL (what a mail server took from the app), CHROMIUM_PATH and PENTARCH_E2E_OUTPUT. Those under e2e/clock turn the clock of an app of their own.
 */
const output = process.env.PENTARCH_E2E_OUTPUT ?? path.join('.test', 'e2e')
const executablePath = process.env.CHROMIUM_PATH
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: path.join(output, 'results'),
  reporter: [['list'], ['json', { outputFile: path.join(output, 'report.json') }]],
  projects: [
    { name: 'steady', testIgnore: 'clock/**' },
    { name: 'turning', testMatch: 'clock/**/*.spec.ts', workers: 1 },
  ],
  workers: Number(process.env.PENTARCH_E2E_WORKERS ?? 2),
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    ...(process.env.PENTARCH_E2E_URL && { baseURL: process.env.PENTARCH_E2E_URL }),
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
        ...['--no-default-browser-check', '--disable-dev-shm-usage'],
        // Chromium's sandbox does not work for root.
        ...(asRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
})
