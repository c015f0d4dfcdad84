import { defineConfig } from '@playwright/test'
import type { HostOption } from './app.ts'

export default defineConfig<HostOption>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './build-page.ts',
  outputDir: '../../test-results',
  // Two cores are the floor: the app, its browser and its trainer share them.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: process.env.CI === undefined ? [['list']] : [['line']],
  projects: [
    { name: 'chromium', use: { hostKind: 'chromium' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
})
