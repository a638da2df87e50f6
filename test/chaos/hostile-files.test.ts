import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { startForwarder } from '../support/forwarder.ts'
import { hostileDocuments, hostileWorkbooks, packed, sheetOf } from '../support/hostile-files.ts'
import { killPrograms, type RunningProgram } from '../support/program.ts'
import { createTestWard, type TestWard } from '../support/ward.ts'
import { Doom } from './doom.ts'

const ends: (() => unknown)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

let test: TestApp
let ward: TestWard
let doom: Doom
let program: RunningProgram
beforeAll(async () => {
  const { settings, drop } = await databaseForPrograms()
  ends.push(drop)
  const database = settings.DATABASE_URL ? { url: settings.DATABASE_URL } : { folder: settings.DATA_DIR ?? '' }
  test = await startTestApp({ now: new Date(), database: await openDatabase(database) })
  ends.push(() => test.sandbox.close())
  ward = await createTestWard(test, { branches: 3, members: 4 })
  await test.app.stop()
  const entrance = await startForwarder()
  ends.push(() => entrance.close())
  doom = new Doom(settings, test, entrance)
  ends.push(() => doom.clear())
  program = doom.start(null)
  await program.address()
})

/** What a refused file is answered with; the officer's file is never taken, and never goes without a word. */
const sentence =
  /không phải tệp Excel|chứa quá nhiều|quá rộng hoặc quá dài|không có dòng dữ liệu|lớn hơn|Máy đang đọc tệp/
/** Takes seconds to read and holds nothing. */
const long = packed(sheetOf('<x/>'.repeat(8_000_000)), {}, 1)
/** Generous: the figures are printed, and depend on the machine. A bot that is held up takes ten times that. */
const longestAnswer = 5000

const files: [string, string, () => Uint8Array][] = [
  ...Object.entries(hostileWorkbooks).map(([name, build]): [string, string, () => Uint8Array] => [
    name,
    'so.xlsx',
    build,
  ]),
  ['seconds of empty tags', 'so.xlsx', () => long],
  ['20 MB of noise', 'so.xlsx', () => new Uint8Array(Buffer.concat([Buffer.from('PK'), randomBytes(19_999_000)]))],
  ['more than 20 MB', 'so.xlsx', () => new Uint8Array(20_000_001)],
]

it('others ask while nothing is read: what the rest is compared with', { timeout: 60_000 }, async () => {
  const others = askAllTheTime()
  const memory = watchMemory()
  await delay(5000)
  report('nothing', 0, await others(), memory())
})

it.each(files)(
  '%s: others are answered meanwhile, and its sender reads one sentence',
  { timeout: 180_000 },
  async (name, file, build) => {
    const data = build()
    const others = askAllTheTime()
    const memory = watchMemory()
    const startedAt = performance.now()
    const answer = await send(ward.officer, file, data)
    const taken = performance.now() - startedAt
    expect(answer).toMatch(sentence)
    report(name, taken, await others(), memory())
  },
)

it.each(Object.entries(hostileDocuments))('rules as a document of %s', { timeout: 60_000 }, async (name, build) => {
  const { account } = ward.leader
  const settings = await ask(account, '/caidat')
  const view = await ask(account, /(\d+)\. Bộ tiêu chí xếp loại/.exec(settings.text)?.[1] ?? '')
  await test.people.press(account, account, view, 'Lập bộ tiêu chí của phường')
  await test.people.next(account, account, ({ text }) => text.includes('(1/6)'))
  const others = askAllTheTime()
  const memory = watchMemory()
  const startedAt = performance.now()
  const answer = await send(account, 'quy-dinh.json', build())
  expect(answer).toMatch(/chứa quá nhiều|không phải JSON|lớn hơn 100 kB/)
  report(name, performance.now() - startedAt, await others(), memory())
})

it('two at once, from two people', { timeout: 180_000 }, async () => {
  const others = askAllTheTime()
  const memory = watchMemory()
  const startedAt = performance.now()
  const senders = [ward.officer, ward.leader.account]
  const answers = await Promise.all(senders.map((sender) => send(sender, 'so.xlsx', long)))
  for (const answer of answers) expect(answer).toMatch(sentence)
  report('two at once', performance.now() - startedAt, await others(), memory())
})

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'after a %s while it is read and a new start its sender reads one sentence, and others go on',
  {
    timeout: 180_000,
  },
  async (signal) => {
    const before = await answersOf(ward.officer)
    await test.people.sendFile(ward.officer, ward.officer, { name: 'so.xlsx', data: long })
    await expect.poll(() => childrenOf(program.child.pid).length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0)
    const readers = childrenOf(program.child.pid)
    const stoppedAt = Date.now()
    program.child.kill(signal)
    await program.ends()
    expect(Date.now() - stoppedAt).toBeLessThan(10_000)
    // Nothing goes on reading for nobody.
    await expect.poll(() => readers.filter(isAlive), { timeout: 10_000, interval: 50 }).toEqual([])
    program = doom.start(null)
    await program.address()
    const others = askAllTheTime()
    await expect.poll(() => answersOf(ward.officer), { timeout: 60_000, interval: 100 }).toBe(before + 1)
    await delay(2000)
    expect(await answersOf(ward.officer)).toBe(before + 1)
    report(`read again after ${signal}`, 0, await others(), '')
  },
)

async function ask(account: number, text: string) {
  await test.people.say(account, account, text)
  return test.people.next(account, account)
}

async function send(from: number, name: string, data: Uint8Array): Promise<string> {
  await test.people.sendFile(from, from, { name, data })
  for (let tries = 0; ; tries++) {
    try {
      return (await test.people.next(from, from)).text
    } catch (error) {
      if (tries > 5) throw error
    }
  }
}

async function answersOf(account: number): Promise<number> {
  return (await test.people.read(account, account)).filter(({ from }) => from.isBot).length
}

/** Everybody else asks for the menu again and again; answers, once called, with how long each answer took. */
function askAllTheTime(): () => Promise<number[]> {
  const took: number[] = []
  let isOver = false
  const askers = ward.branches.map(({ secretary }) => secretary.account)
  const asking = askers.map(async (account) => {
    do {
      const startedAt = performance.now()
      await test.people.say(account, account, '/menu')
      await test.people.next(account, account)
      took.push(performance.now() - startedAt)
      await delay(100)
    } while (!isOver)
  })
  return async () => {
    isOver = true
    await Promise.all(asking)
    return took.sort((a, b) => a - b)
  }
}

/** The most that the program and what it started have held, as Linux tells it. */
function watchMemory(): () => string {
  const most = { program: 0, readers: 0 }
  const before = residentOf(program.child.pid)
  const timer = setInterval(() => {
    most.program = Math.max(most.program, residentOf(program.child.pid))
    const readers = childrenOf(program.child.pid).map((pid) => residentOf(Number(pid)))
    most.readers = Math.max(
      most.readers,
      readers.reduce((sum, bytes) => sum + bytes, 0),
    )
  }, 20)
  return () => {
    clearInterval(timer)
    return `program ${before} → ${most.program} MB, reader ${most.readers} MB`
  }
}

function residentOf(pid: number | undefined): number {
  const path = `/proc/${pid}/status`
  if (!existsSync(path)) return 0
  try {
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) / 1000)
  } catch {
    return 0
  }
}

function childrenOf(pid: number | undefined): string[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean) : []
}

function isAlive(pid: string): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}

function report(name: string, taken: number, took: readonly number[], memory: string): void {
  const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0)
  const place = inject('postgres') === '' ? 'PGlite' : 'PostgreSQL'
  const others = `others ${took.length}: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} ms`
  console.log(`${place}, ${name}: answered after ${Math.round(taken)} ms; ${others}; ${memory}`)
  expect(at(1)).toBeLessThan(longestAnswer)
}
