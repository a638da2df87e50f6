import { defineConfig } from 'vitest/config'

/** Drills that kill processes: they take minutes and want the machine for themselves. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/chaos/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
})
