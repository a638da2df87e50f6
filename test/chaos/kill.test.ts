import { afterAll, expect, inject, it } from 'vitest'
import { type Checkpoint, checkpoints } from '../../src/platform/checkpoints.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { startTestApp, type TestApp, testToken } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { startForwarder } from '../support/forwarder.ts'
import { killPrograms } from '../support/program.ts'
import { doublesInChats, expectEveryEffectOnce, workIsDone } from './account.ts'
import { Doom } from './doom.ts'
import { randomFrom } from './random.ts'
import { Town } from './town.ts'

/** How many drills, each in another order and with other moments; one takes about three minutes. */
const seeds = Array.from({ length: Number(process.env.CHAOS_SEEDS ?? 1) }, (_, index) => index + 1)
const place = inject('postgres') === '' ? 'PGlite, polled' : 'PostgreSQL, behind a webhook'
const failing: Checkpoint = 'update.failed'
/** Milliseconds after its start until a checkpoint that nobody passes is put off to a second round. */
const patience = 30_000

const ends: (() => unknown)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

it.each(seeds)(
  `killed at every checkpoint in turn, the program loses and doubles nothing (${place}, seed %i)`,
  { timeout: 1_500_000 },
  async (seed) => {
    const random = randomFrom(seed)
    const { settings, drop } = await databaseForPrograms()
    ends.push(drop)
    const source = settings.DATABASE_URL ? { url: settings.DATABASE_URL } : { folder: settings.DATA_DIR ?? '' }
    const test = await startTestApp({ now: new Date(), database: await openDatabase(source) })
    ends.push(() => test.sandbox.close())
    const town = await Town.build(test, random)
    // What is due this morning falls due again with every tick, until one is stored as done.
    const dayAgo = new Date(Date.now() - 86_400_000)
    await test.app.services.database.clockTick.updateMany({ data: { at: dayAgo } })
    await test.app.stop()

    const entrance = await startForwarder()
    ends.push(() => entrance.close())
    const doom = new Doom(settings, test, entrance)
    ends.push(() => doom.clear())
    // Whoever has reported is reminded no more: the morning's tick comes first.
    const first = doom.start(null)
    await workIsDone(await first.address())
    await doom.endsInOrder(first)
    town.begin()
    ends.push(() => town.end())
    const parking = checkpoints.filter((point) => point.startsWith('update.park'))
    const others = checkpoints.filter((point) => point !== failing && !parking.includes(point))
    const begunAt = Date.now()
    const missed: Checkpoint[] = []
    for (const point of shuffled(others, random)) {
      const time = 1 + Math.floor(random() * timesOf(point))
      if (!(await doom.killsAt(point, patience, time))) missed.push(point)
    }
    for (const point of missed) expect(await doom.killsAt(point, patience), `nobody passed ${point}`).toBe(true)
    for (const [nth, point] of parking.entries()) {
      await town.sendWorkbook(nth)
      // What others sent before it is handled first.
      expect(await doom.killsAt(failing, 10 * patience), 'the workbook did not fail').toBe(true)
      await failedSixTimes(source)
      expect(await doom.killsAt(point, patience), `nobody passed ${point}`).toBe(true)
    }

    const last = doom.start(null)
    await town.end()
    await expect.poll(() => pendingUpdates(test), { timeout: 60_000 }).toBe(0)
    await workIsDone(await last.address())
    await doom.endsInOrder(last)
    const database = await openDatabase(source)
    ends.push(database.close)
    await expectEveryEffectOnce(database.prisma, town)
    const doubles = await doublesInChats(test, database.prisma, town)
    const minutes = ((Date.now() - begunAt) / 60_000).toFixed(1)
    console.log(`${place}, seed ${seed}: killed at ${checkpoints.length} checkpoints in ${minutes} minutes; ${doubles}`)
  },
)

/** Parking comes after a minute of failures; nobody waits for it here. The process that had them is dead. */
async function failedSixTimes(source: Parameters<typeof openDatabase>[0]): Promise<void> {
  const { prisma, close } = await openDatabase(source)
  await prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', output = '{"failures": 6}', start_after = now()
    WHERE name = 'updates' AND state < 'completed' AND data->'message'->'document' IS NOT NULL`
  await close()
}

async function pendingUpdates(test: TestApp): Promise<number> {
  const answer = await fetch(`${test.sandbox.url}/bot${testToken}/getWebhookInfo`)
  const { result } = (await answer.json()) as { result: { pending_update_count: number } }
  return result.pending_update_count
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
}

/** Up to which passing it may be let go by: what comes with every update may come several times first. */
function timesOf(point: Checkpoint): number {
  return /^(intake|update\.(taken|handling|handled|erased)|transaction|courier\.(claiming|sending|sent|recorded))/.test(
    point,
  )
    ? 4
    : 1
}
