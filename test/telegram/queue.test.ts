import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { createUpdateQueues, storeUpdates } from '../../src/telegram/queue.ts'
import { mendQueueClock } from '../../src/telegram/queue-clock.ts'
import { startUpdateWorker } from '../../src/telegram/update-worker.ts'
import { openOwnDatabase, openTestDatabase } from '../support/database.ts'

it('an update that fails leaves its content neither in the log nor beside the error that is kept', async () => {
  const database = await openTestDatabase()
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  const apologised = Promise.withResolvers<void>()
  const worker = await startUpdateWorker({
    queue,
    database,
    log,
    handle: () => {
      const refusal = { ok: false, error_code: 400, description: 'Bad Request: message is too long' } as const
      throw new GrammyError('Call failed!', refusal, 'sendMessage', { chat_id: 1, text: 'lời của đồng chí Kín' })
    },
    apologise: async () => apologised.resolve(),
  })
  const from = { id: 1, is_bot: false, first_name: 'A' }
  const chat = { id: 1, type: 'private', first_name: 'A' } as const
  await storeUpdates(queue, 1, [{ update_id: 1, message: { message_id: 1, date: 1, text: 'x', from, chat } }])
  await apologised.promise
  await expect
    .poll(() => database.prisma.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'updates' AND output IS NOT NULL`, {
      timeout: 10_000,
    })
    .toHaveLength(1)
  const [kept] = await database.prisma.$queryRaw<{ output: string }[]>`
    SELECT output::text AS "output" FROM pgboss.job WHERE name = 'updates'`
  await worker.stop()
  await queue.stop({ graceful: false })
  await database.close()
  expect(kept?.output).toContain('message is too long')
  expect(kept?.output).not.toContain('Kín')
  expect(lines.join('')).toContain('message is too long')
  expect(lines.join('')).not.toContain('Kín')
})

it('a person is heard in the order of their messages although the clock of the database is set back between them', async () => {
  const database = await openOwnDatabase()
  const log = createLog('silent')
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  const from = { id: 1, is_bot: false, first_name: 'A' }
  const chat = { id: 1, type: 'private', first_name: 'A' } as const
  for (const nth of [1, 2, 3]) {
    await database.prisma.$executeRawUnsafe(
      `CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamptz AS
        $$ SELECT now() - interval '${nth} seconds' $$ LANGUAGE sql STABLE`,
    )
    const message = { message_id: nth, date: 1, text: `tin ${nth}`, from, chat }
    await storeUpdates(queue, 1, [{ update_id: nth, message }])
  }
  const heard: number[] = []
  const worker = await startUpdateWorker({
    queue,
    database,
    log,
    handle: async ({ update_id }) => {
      heard.push(update_id)
    },
    apologise: async () => {},
  })
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(3)
  await worker.stop()
  await queue.stop({ graceful: false })
  await database.close()
  expect(heard).toEqual([1, 2, 3])
})

it('a clock of the database that is set back keeps nobody waiting: neither a next try nor what a dead process left', async () => {
  const database = await openOwnDatabase()
  const log = createLog('silent')
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  const store = (nth: number) => {
    const from = { id: nth, is_bot: false, first_name: 'A' }
    const chat = { id: nth, type: 'private', first_name: 'A' } as const
    return storeUpdates(queue, 1, [{ update_id: nth, message: { message_id: 1, date: 1, text: 'x', from, chat } }])
  }
  await store(1)
  await store(2)
  const { prisma } = database
  // The first has failed just now, the second is being handled; and the round of supervision has just been done.
  await prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', retry_count = 1, start_after = now() + interval '2 seconds'
    WHERE name = 'updates' AND singleton_key = 'u1'`
  await prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now()
    WHERE name = 'updates' AND singleton_key = 'u2'`
  await prisma.$executeRaw`UPDATE pgboss.queue SET monitor_on = now(), monitor_claim_on = now()`
  const clockShows = (interval: string) =>
    prisma.$executeRawUnsafe(
      `CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamptz AS
        $$ SELECT now() - interval '${interval}' $$ LANGUAGE sql STABLE`,
    )
  await clockShows('10 minutes')
  await mendQueueClock(prisma)
  // So long without a sign of life is long enough.
  await clockShows('9 minutes 45 seconds')
  await queue.supervise('updates')
  const taken = await prisma.$queryRaw<{ state: string; due: boolean }[]>`
    SELECT state::text, start_after <= pgboss.job_now() + interval '2 seconds' AS "due" FROM pgboss.job
    WHERE name = 'updates' ORDER BY singleton_key`
  expect(taken).toEqual([
    { state: 'retry', due: true },
    { state: 'retry', due: true },
  ])
  await queue.stop({ graceful: false })
  await database.close()
})

it('what a process was handling when it died is handled again soon after, not a minute later', {
  timeout: 40_000,
}, async () => {
  const database = await openTestDatabase()
  const log = createLog('silent')
  const first = await openQueue(database, log)
  await createUpdateQueues(first)
  const from = { id: 1, is_bot: false, first_name: 'A' }
  const chat = { id: 1, type: 'private', first_name: 'A' } as const
  await storeUpdates(first, 1, [{ update_id: 1, message: { message_id: 1, date: 1, text: 'x', from, chat } }])
  await first.stop({ graceful: false })
  // Killed two seconds ago, eight seconds after its last sign of life; and the round of supervision had just been done.
  await database.prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() - interval '8 seconds'
    WHERE name = 'updates'`
  const second = await openQueue(database, log)
  const handled = Promise.withResolvers<Update>()
  const worker = await startUpdateWorker({
    queue: second,
    database,
    log,
    handle: async (update) => handled.resolve(update),
    apologise: async () => {},
  })
  // Two seconds until it counts as dead, five until somebody looks, and the pause before a second attempt.
  expect((await handled.promise).message?.text).toBe('x')
  await worker.stop()
  await second.stop({ graceful: false })
  await database.close()
})
