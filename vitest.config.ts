import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/support/slowest-first.ts'

/** What never meets a database server: it runs once, on the machine that has none. */
const withoutServer = [
  'test/sandbox/**',
  'test/domain/**',
  'test/demo/**',
  'test/start.test.ts',
  'test/config.test.ts',
  'test/machine.test.ts',
  'test/page-door.test.ts',
  'test/backup-secrets.test.ts',
  'test/platform/data-folder.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    // Drills with several processes that are killed: `npm run test:chaos`.
    exclude: ['test/chaos/**', ...(process.env.TEST_DATABASE_URL ? withoutServer : [])],
    // Generous: a machine with two cores also runs browsers and programs beside the tests. Speed is measured by `npm run bench`.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: SlowestFirst },
    // Tests mostly wait, so three files run at a time on two cores. Each has a database and a sandbox of its own and nothing
    // is mocked, so files of one worker share the loaded modules: that saves a minute.
    maxWorkers: 3,
    isolate: false,
  },
})
