import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

// Tests know nothing of what the person at this machine has set, or named as an engine.
const env = { CAUSALSCOPE_SETTINGS: join(import.meta.dirname, 'out', 'no-settings') }

const globalSetup = join(import.meta.dirname, 'tests', 'temporary-folder.ts')

export default defineConfig({
  test: {
    projects: [
      {
        // The window's state is written in runes.
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/golden/**/*.test.ts'],
          // Only what hangs runs into it, on a slow machine too.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // By itself a machine of two cores would run one.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          globalSetup,
          env,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 300_000,
          globalSetup,
          hookTimeout: 300_000,
          // Real training saturates both cores; one file at a time keeps time limits honest.
          fileParallelism: false,
          env,
        },
      },
    ],
  },
})
