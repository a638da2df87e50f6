import type { Update } from 'grammy/types'
import { expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { eraseOldParked, parkedUpdates } from '../../src/telegram/parked.ts'
import { createUpdateQueues, storeUpdates } from '../../src/telegram/queue.ts'
import { startUpdateWorker } from '../../src/telegram/update-worker.ts'
import { openTestDatabase } from '../support/database.ts'

const said = (updateId: number, person: number): Update => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: 1,
    text: `tin ${updateId}`,
    from: { id: person, is_bot: false, first_name: 'A' },
    chat: { id: person, type: 'private', first_name: 'A' },
  },
})

it('what has come back three times is handled with nothing beside it, and is parked when it never ends alone', async () => {
  const database = await openTestDatabase()
  const log = createLog('silent')
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  await storeUpdates(queue, 1, [said(1, 7), said(2, 8), said(3, 9), said(4, 10)])
  // Left so by processes that died: the first three times, the second eight times after it had been begun alone.
  const leftBehind = (text: string, data: string) =>
    database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET state = 'retry', started_on = now(), retry_count = 2, data = data || '${data}'
       WHERE name = 'updates' AND data->'message'->>'text' = '${text}'`,
    )
  await leftBehind('tin 1', '{}')
  await leftBehind('tin 2', '{"alone": 8}')
  const now = new Set<number>()
  const beside: string[] = []
  const worker = await startUpdateWorker({
    queue,
    database,
    log,
    handle: async ({ update_id }) => {
      now.add(update_id)
      beside.push([...now].join('+'))
      await new Promise((resolve) => setTimeout(resolve, 100))
      now.delete(update_id)
    },
    apologise: async () => {},
  })
  await storeUpdates(queue, 1, [said(5, 11)])
  await expect.poll(() => beside.length, { timeout: 10_000 }).toBe(4)
  expect(beside).toContain('1')
  expect(beside.filter((together) => together.includes('1+') || together.includes('+1'))).toEqual([])
  expect(beside.flatMap((together) => together.split('+'))).not.toContain('2')
  await expect.poll(() => parkedUpdates(database.prisma)).toHaveLength(1)
  const [row] = await database.prisma.$queryRaw<{ text: string; alone: number | null }[]>`
    SELECT data->'update'->'message'->>'text' AS "text", (data->'update'->>'alone')::int AS "alone"
    FROM pgboss.job WHERE name = 'parked'`
  expect(row).toEqual({ text: 'tin 2', alone: null })
  await worker.stop()
  await queue.stop({ graceful: false })
  await database.close()
})

it('an update that always fails holds up its person until it is parked, nobody else, and is erased after a week', async () => {
  const database = await openTestDatabase()
  const log = createLog('silent')
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  const handled: number[] = []
  const outcomes: string[] = []
  const worker = await startUpdateWorker({
    queue,
    database,
    log,
    handle: async ({ update_id }) => {
      if (update_id === 1) throw new Error('broken')
      handled.push(update_id)
    },
    apologise: async () => {},
    onHandled: (outcome) => outcomes.push(outcome),
  })
  await storeUpdates(queue, 1, [said(1, 7), said(2, 7), said(3, 8), said(4, 7)])
  await expect.poll(() => outcomes.includes('failed') && handled.includes(3)).toBe(true)
  expect(handled).toEqual([3])

  // As if it had failed six times and its pause were over.
  await expect
    .poll(
      () => database.prisma.$executeRaw`
        UPDATE pgboss.job SET output = jsonb_set(output, '{failures}', '6'), start_after = now()
        WHERE name = 'updates' AND state = 'retry'`,
    )
    .toBe(1)
  await expect.poll(() => handled, { timeout: 10_000 }).toEqual([3, 2, 4])
  expect(outcomes).toContain('parked')
  expect(await parkedUpdates(database.prisma)).toEqual([expect.objectContaining({ error: 'broken' })])
  const ago = (interval: string) =>
    database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET created_on = now() - interval '${interval}' WHERE name = 'parked'`,
    )
  await ago('6 days 23 hours')
  await eraseOldParked(database.prisma)
  expect(await parkedUpdates(database.prisma)).toHaveLength(1)
  await ago('7 days 1 minute')
  await eraseOldParked(database.prisma)
  expect(await database.prisma.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'parked'`).toEqual([])
  await worker.stop()
  await queue.stop({ graceful: false })
  await database.close()
})
