import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import type { HostOption } from './app.ts'

// Tests know nothing of what the person at this machine has named as an engine.
process.env.CAUSALSCOPE_SETTINGS = join(import.meta.dirname, '../../out/no-settings')

export default defineConfig<HostOption>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './build-page.ts',
  outputDir: '../../test-results',
  // Two cores are the floor: the app, its browser and its trainer share them.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // What an action waits for in vain is named long before the longest test is over.
  use: { actionTimeout: 180_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: process.env.CI === undefined ? [['list']] : [['line']],
  projects: [
    { name: 'chromium', use: { hostKind: 'chromium' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
})
