import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createContext, nobody, type Services } from '../../src/platform/context.ts'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { type Due, type Schedule, type Span, startSchedule } from '../../src/platform/schedule.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { openTestDatabase } from '../support/database.ts'

let database: OpenDatabase
let now = new Date('2026-11-23T02:00:00Z')
const running: Schedule[] = []

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(async () => {
  await database.close()
})
beforeEach(async () => {
  await Promise.all(running.splice(0).map((schedule) => schedule.stop()))
  await database.prisma.clockTick.deleteMany()
})

/** A process of the program, as far as its clock goes. */
function start(due: Due, onTick: (span: Span) => void = () => {}): Schedule {
  const log = createLog('silent')
  const clock = { now: () => now }
  const services: Services = { database: database.prisma, clock, log, texts: loadTexts(), onCommit: () => {} }
  const context = () => createContext(services, nobody, null)
  const schedule = startSchedule({ database: database.prisma, context, dues: [due], log, onTick })
  running.push(schedule)
  return schedule
}

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
  return now
}

it('spans follow one another without a gap and without an overlap', async () => {
  const spans: Span[] = []
  const schedule = start(async (_context, span) => void spans.push(span))
  await schedule.tick()
  const [first, second, third] = [now, later(1), later(72 * 60)]
  now = second
  await schedule.tick()
  now = third
  await schedule.tick()
  expect(spans).toEqual([
    { since: first, until: second },
    { since: second, until: third },
  ])
})

it('several processes that tick at once do a span once', async () => {
  const spans: Span[] = []
  const done: Span[] = []
  const due: Due = async (_context, span) => void spans.push(span)
  const processes = Array.from({ length: 4 }, () => start(due, (span) => done.push(span)))
  await processes[0]?.tick()
  for (let minute = 0; minute < 10; minute++) {
    later(1)
    await Promise.all(processes.map((one) => one.tick()))
  }
  // Whoever comes when the first has ended finds a span of no length, or nothing to do.
  expect(spans).toHaveLength(10)
  expect(done).toHaveLength(10)
})

it('a span whose work fails in the middle is asked again whole', async () => {
  const spans: Span[] = []
  let broken = true
  const schedule = start(async (_context, span) => {
    spans.push(span)
    if (broken) throw new Error('broken')
  })
  await schedule.tick()
  const since = now
  later(1)
  await schedule.tick()
  broken = false
  const until = later(1)
  await schedule.tick()
  expect(spans.map((span) => span.since)).toEqual([since, since])
  expect(spans.at(-1)?.until).toEqual(until)
})

it('a process that starts beside the lease of a dead one asks again soon, not with the next minute', async () => {
  const since = now
  await database.prisma.clockTick.create({ data: { name: 'minute', at: since } })
  // The last sign of life was just now.
  await database.prisma.$executeRaw`
    INSERT INTO "CourierLease" ("name", "holder", "fence", "until") VALUES ('clock', 'dead', 1, now() + interval '2 seconds')
    ON CONFLICT ("name") DO UPDATE SET "holder" = 'dead', "until" = now() + interval '2 seconds'`
  const until = later(72 * 60)
  const asked = Promise.withResolvers<Span>()
  start(async (_context, span) => asked.resolve(span))
  expect(await asked.promise).toEqual({ since, until })
})
