import { randomBytes } from 'node:crypto'
import type { Update } from 'grammy/types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { openQueue, type Queue } from '../../src/platform/queue.ts'
import { type AcceptUpdates, createIntakeDoor } from '../../src/telegram/intake.ts'
import { parkedUpdates, redriveUpdate } from '../../src/telegram/parked.ts'
import { createUpdateQueues, storeWhatFits } from '../../src/telegram/queue.ts'
import { openTestDatabase } from '../support/database.ts'

let database: OpenDatabase
let queue: Queue
let accept: AcceptUpdates
const forged: Update[] = []
const lines: string[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  const log = createLog('info', { write: (line) => lines.push(line) })
  queue = await openQueue(database, log)
  await createUpdateQueues(queue)
  accept = createIntakeDoor({
    queue,
    database: database.prisma,
    bot: { id: 1, username: 'lienchi_bot' },
    door: { takes: () => false, admit: async (update) => update, handle: () => {}, idle: async () => {} },
    refusals: { forged: (presses) => forged.push(...presses), tooMany: async () => {} },
    log,
  })
})
afterAll(async () => {
  await queue.stop({ graceful: false })
  await database.close()
})

let last = 100
/** A message as Telegram sends it, with whatever is given in its place. */
function update(message: object = {}): Update {
  const number = ++last
  const from = { id: 7, is_bot: false, first_name: 'A' }
  const chat = { id: 7, type: 'private', first_name: 'A' }
  const whole = { update_id: number, message: { message_id: number, date: 1, text: 'x', from, chat, ...message } }
  return JSON.parse(JSON.stringify(whole))
}

const stored = async () => {
  const rows = await database.prisma.$queryRaw<{ number: number }[]>`
    SELECT (data->>'update_id')::int AS "number" FROM pgboss.job WHERE name = 'updates'`
  return rows.map(({ number }) => number)
}

/** Longer than any key of an index may be, and not to be packed smaller. */
const endless = randomBytes(20_000).toString('base64')
const from = (id: unknown) => ({ from: { id, is_bot: false, first_name: 'A' } })
let nested: unknown = 1
for (let level = 0; level < 3000; level++) nested = [nested]

it.each<[string, () => object]>([
  ['whose sender has a number that no index holds', () => update(from(endless))],
  ['that nests without end', () => update({ entities: nested })],
  ['longer than any of Telegram', () => update({ text: 'a'.repeat(1_000_001) })],
  ['without a chat', () => update({ chat: undefined })],
  ['whose press has no presser', () => ({ update_id: ++last, callback_query: { id: '1', data: 'menu:menu' } })],
  [
    'whose press has a list for data',
    () => ({ update_id: ++last, callback_query: { id: '1', ...from(7), data: [1] } }),
  ],
])('an update %s is parked without its content, and what came with it is stored', async (_what, made) => {
  const [before, after] = [update(), update()]
  const bad: Update = JSON.parse(JSON.stringify(made()))
  const parkedBefore = (await parkedUpdates(database.prisma)).length
  expect(await accept([before, bad, after])).toBe(true)
  expect(await stored()).toEqual(expect.arrayContaining([before.update_id, after.update_id]))
  expect(await stored()).not.toContain(bad.update_id)

  const parked = await parkedUpdates(database.prisma)
  expect(parked).toHaveLength(parkedBefore + 1)
  const one = parked.at(-1)
  expect(one?.hasContent).toBe(false)
  expect(await redriveUpdate(queue, one?.id ?? '')).toBe(false)
  expect(await accept([bad])).toBe(true)
  expect(await parkedUpdates(database.prisma)).toHaveLength(parkedBefore + 1)
})

it('keeps nothing of an update that is parked so, neither in the database nor in the log', async () => {
  await accept([update({ ...from(endless), text: 'lời của đồng chí Kín' })])
  const [row] = await database.prisma.$queryRaw<{ all: string }[]>`
    SELECT string_agg(data::text, '') AS "all" FROM pgboss.job WHERE name = 'parked'`
  expect(row?.all).not.toContain('Kín')
  expect(lines.join('')).not.toContain('Kín')
})

it('stores a batch one by one where the database cannot hold something of it, in its order', async () => {
  const batch = [update(), update({ text: 'x\0' }), update(), update({ caption: '\ud800' }), update()]
  const unfit = await storeWhatFits(queue, 1, batch)
  expect(unfit.map((one) => one.update)).toEqual([batch[1], batch[3]])
  expect((await stored()).slice(-3)).toEqual([batch[0], batch[2], batch[4]].map((one) => one?.update_id))
})

it('parks nothing while the database cannot take anything: the batch comes again, whole', async () => {
  const parkedBefore = await parkedUpdates(database.prisma)
  const batch = [update(), update({ chat: undefined }), update()]
  await database.prisma.$executeRaw`ALTER TABLE pgboss.job_common RENAME TO job_away`
  expect(await accept(batch)).toBe(false)
  await database.prisma.$executeRaw`ALTER TABLE pgboss.job_away RENAME TO job_common`
  expect(await parkedUpdates(database.prisma)).toEqual(parkedBefore)
  expect(await accept(batch)).toBe(true)
  expect(await stored()).toEqual(expect.arrayContaining([batch[0]?.update_id, batch[2]?.update_id]))
})

it.each([
  ['NUL', 'menu:\0'],
  ['half a pair, the first', 'menu:\ud83d'],
  ['half a pair, the second', '\udc00menu'],
  ['more bytes than a button may have', `menu:${'a'.repeat(60)}`],
  ['many bytes in few characters', 'ế'.repeat(22)],
])('a press with %s in its data is refused at the door and not stored', async (_what, data) => {
  const press = { id: '5', chat_instance: '1', ...from(7), data }
  const number = ++last
  expect(await accept([JSON.parse(JSON.stringify({ update_id: number, callback_query: press }))])).toBe(true)
  expect(forged.at(-1)?.update_id).toBe(number)
  expect(await stored()).not.toContain(number)
})
