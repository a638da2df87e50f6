import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createContext, nobody, type Services } from '../../src/platform/context.ts'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { createLease } from '../../src/platform/lease.ts'
import { createLog } from '../../src/platform/log.ts'
import { type Due, type Schedule, type ScheduleParts, type Span, startSchedule } from '../../src/platform/schedule.ts'
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
function start(due: Due, more: Partial<ScheduleParts> = {}): Schedule {
  const log = createLog('silent')
  const clock = { now: () => now }
  const services: Services = { database: database.prisma, clock, log, texts: loadTexts(), onCommit: () => {} }
  const context = () => createContext(services, nobody, null)
  const schedule = startSchedule({ database: database.prisma, context, dues: [due], log, ...more })
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
  const processes = Array.from({ length: 4 }, () => start(due, { onTick: (span) => done.push(span) }))
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
  expect(await createLease(database.prisma, 'clock', 'dead').hold()).not.toBeNull()
  const until = later(72 * 60)
  const asked = Promise.withResolvers<Span>()
  // Six seconds pass for it between two looks.
  let looks = 0
  start(async (_context, span) => asked.resolve(span), { realTime: () => looks++ * 6000 })
  expect(await asked.promise).toEqual({ since, until })
})

it('a clock that was set back is said once, and what falls due goes on from there at once', async () => {
  const spans: Span[] = []
  const back: number[] = []
  const schedule = start(async (_context, span) => void spans.push(span), { onSetBack: (by) => back.push(by) })
  await schedule.tick()
  later(1)
  await schedule.tick()
  spans.splice(0)
  const first = later(-10)
  await schedule.tick()
  const second = later(1)
  await schedule.tick()
  // Nothing is left out between now and when the clock is back where it was.
  expect(spans).toEqual([
    { since: first, until: first },
    { since: first, until: second },
  ])
  expect(back).toEqual([10 * 60_000])
})

it('a last tick that was stored under a wrong year silences nothing', async () => {
  await database.prisma.clockTick.create({ data: { name: 'minute', at: new Date('2030-01-01T00:00:00Z') } })
  const spans: Span[] = []
  const schedule = start(async (_context, span) => void spans.push(span))
  await schedule.tick()
  const since = now
  await schedule.tick()
  const until = later(1)
  await schedule.tick()
  expect(spans.at(-1)).toEqual({ since, until })
})

it('clocks of several machines that differ by moments are nothing to speak of', async () => {
  const back: number[] = []
  const schedule = start(async () => {}, { onSetBack: (by) => back.push(by) })
  await schedule.tick()
  now = new Date(now.getTime() - 800)
  await schedule.tick()
  expect(back).toEqual([])
  expect(await database.prisma.clockTick.findMany()).toEqual([{ name: 'minute', at: now }])
})
