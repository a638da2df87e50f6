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
        UPDATE pgboss.job SET retry_count = 5, start_after = now() WHERE name = 'updates' AND state = 'retry'`,
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
