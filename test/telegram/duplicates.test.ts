import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { openQueue, type Queue } from '../../src/platform/queue.ts'
import type { PressDoor } from '../../src/telegram/at-the-door.ts'
import { type AcceptUpdates, createIntakeDoor } from '../../src/telegram/intake.ts'
import { createUpdateQueues, updatesIdle } from '../../src/telegram/queue.ts'
import type { Refusals } from '../../src/telegram/refusals.ts'
import { startUpdateWorker, type UpdateWorker } from '../../src/telegram/update-worker.ts'
import { openTestDatabase } from '../support/database.ts'

/** An intake, a queue and workers, as each process has them. */
interface Process {
  accept: AcceptUpdates
  queue: Queue
  worker: UpdateWorker
}

let database: OpenDatabase
let processes: Process[]
/** What was handled of each person, in order. */
const heard = new Map<number, number[]>()
let lastNumber = 0

beforeAll(async () => {
  database = await openTestDatabase()
  processes = [await startProcess(), await startProcess()]
})
afterAll(async () => {
  for (const { worker, queue } of processes) {
    await worker.stop()
    await queue.stop({ graceful: false })
  }
  await database.close()
})

/** No feature takes a press before it is stored. */
const nothingAtTheDoor: PressDoor = {
  takes: () => false,
  admit: async (update) => update,
  handle: () => {},
  idle: async () => {},
}
const nobodyRefused: Refusals = { forged: () => {}, tooMany: async () => {} }

async function startProcess(): Promise<Process> {
  const log = createLog('silent')
  const queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  const worker = await startUpdateWorker({
    queue,
    database,
    log,
    handle: async ({ update_id, message }) => {
      const person = message?.from?.id ?? 0
      heard.set(person, [...(heard.get(person) ?? []), update_id])
    },
    apologise: async () => {},
  })
  const accept = createIntakeDoor({
    queue,
    database: database.prisma,
    bot: { id: 1, username: 'lienchi_bot' },
    door: nothingAtTheDoor,
    refusals: nobodyRefused,
    log,
  })
  return { accept, queue, worker }
}

function said(updateId: number, person: number): Update {
  const from = { id: person, is_bot: false, first_name: 'A' }
  const chat = { id: person, type: 'private', first_name: 'A' } as const
  return { update_id: updateId, message: { message_id: updateId, date: 1, text: 'x', from, chat } }
}

/** One of four people says something; up to four copies of it follow within the next five updates, each to either process. */
const act = fc.record({
  person: fc.integer({ min: 1, max: 4 }),
  door: fc.integer({ min: 0, max: 1 }),
  copies: fc.array(fc.record({ after: fc.integer({ min: 0, max: 5 }), door: fc.integer({ min: 0, max: 1 }) }), {
    maxLength: 4,
  }),
})

it('updates that come up to five times, to two processes, are handled once each and in the order of their first coming', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (history) => {
      heard.clear()
      const updates = history.map(({ person }) => said(++lastNumber, person))
      const model = new Map<number, number[]>()
      for (const [at, { person, door }] of history.entries()) {
        const update = updates[at]
        if (!update) continue
        model.set(person, [...(model.get(person) ?? []), update.update_id])
        const repeats = history
          .slice(0, at + 1)
          .flatMap(({ copies }, first) =>
            copies.filter(({ after }) => first + after === at).map((copy) => ({ update: updates[first], ...copy })),
          )
        const taken = await Promise.all([
          processes[door]?.accept([update]),
          ...repeats.map((copy) => processes[copy.door]?.accept(copy.update ? [copy.update] : [])),
        ])
        expect(taken).not.toContain(false)
      }
      await updatesIdle(database.prisma)
      expect(heard).toEqual(model)
    }),
    { numRuns: 15, seed: 4 },
  )
})
