import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/platform/database.ts'
import { verifyAudit } from '../../src/platform/verify-audit.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { testToken } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { killPrograms, startProgram } from '../support/program.ts'

const rows = Number(process.env.CHAOS_ROWS ?? 1_000_000)
/** More than the program needs with nothing to seal, in megabytes. */
const mostMore = 400

const sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
const database = await databaseForPrograms()
afterAll(async () => {
  await killPrograms()
  await sandbox.close()
  await database.drop()
})

async function withDatabase<T>(work: (opened: OpenDatabase) => Promise<T>): Promise<T> {
  const { DATABASE_URL, DATA_DIR = '' } = database.settings
  const opened = await openDatabase(DATABASE_URL ? { url: DATABASE_URL } : { folder: DATA_DIR })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Runs the program for so long and ends it with SIGTERM; answers with its peak of memory and how long the end took. */
async function run(seconds: number): Promise<{ megabytes: number; stopMilliseconds: number }> {
  const program = startProgram({ ...database.settings, BOT_TOKEN: testToken, BOT_API_ROOT: sandbox.url })
  await program.address()
  await delay(seconds * 1000)
  const status = readFileSync(`/proc/${program.child.pid}/status`, 'utf8')
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1])
  const stoppedAt = Date.now()
  program.child.kill('SIGTERM')
  expect((await program.ends()).code).toBe(0)
  return { megabytes: Math.round(kilobytes / 1000), stopMilliseconds: Date.now() - stoppedAt }
}

it('a million rows are sealed in pieces: memory stays, SIGTERM ends it within 10 s, nothing is called tampered with', {
  timeout: 1_200_000,
}, async () => {
  // The very first tick begins the count.
  const idle = await run(5)
  await withDatabase(
    ({ prisma }) =>
      prisma.$executeRaw`INSERT INTO "AuditEntry" ("at", "action", "wardId", "actorPersonId", "subject")
      SELECT now() - interval '2 hours', 'task.assigned', 1, 5, jsonb_build_object('task', n, 'branch', 3)
      FROM generate_series(1, ${rows}::int) AS n`,
  )
  let sealed = 0
  for (let start = 1; start <= 3; start++) {
    const busy = await run(8)
    const state = await withDatabase(({ prisma }) => verifyAudit(prisma, new Date()))
    console.log(
      `start ${start}: ${state.rows} of ${rows} sealed, ${busy.megabytes} MB (idle ${idle.megabytes}), end ${busy.stopMilliseconds} ms`,
    )
    expect(state.broken).toBeNull()
    expect(state.rows).toBeGreaterThan(sealed)
    expect(busy.megabytes).toBeLessThan(idle.megabytes + mostMore)
    expect(busy.stopMilliseconds).toBeLessThan(10_000)
    sealed = state.rows
  }
})
