import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { memoryStore } from '../../src/platform/file-store.ts'
import { createLog } from '../../src/platform/log.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { unpaced } from '../../src/telegram/pace.ts'
import { testNow, testToken } from '../support/app.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Forwarder, startForwarder } from '../support/forwarder.ts'
import { People } from '../support/people.ts'

let sandbox: Sandbox
let wire: Forwarder
let app: App
let people: People
const told: boolean[] = []
const logged: string[] = []

beforeAll(async () => {
  const bots = [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }]
  sandbox = await startSandbox({ port: 0, seed: 1, now: testNow, bots })
  wire = await startForwarder()
  wire.targets = [sandbox.url]
  app = await startApp({
    database: await openTestDatabase(),
    token: testToken,
    files: memoryStore(),
    apiRoot: wire.url,
    clock: sandbox.clock,
    pace: unpaced,
    // A chat's rest after a broken call passes twenty times as fast.
    realTime: () => performance.now() * 20,
    onShutOut: (isShut) => told.push(isShut),
    log: createLog('warn', { write: (line) => logged.push(line) }),
  })
  people = new People(sandbox.url)
})
afterAll(async () => {
  wire.refusal = null
  await app.stop()
  await wire.close()
  await sandbox.close()
})
beforeEach(() => {
  told.splice(0)
  logged.splice(0)
})

const states = async (ids: number[]) => {
  const rows = await app.services.database.delivery.findMany({ where: { id: { in: ids } } })
  return rows.map(({ state }) => state)
}
const all = (state: string, ids: number[]) => ids.map(() => state)

async function callsIn(milliseconds: number): Promise<number> {
  const before = wire.count
  await delay(milliseconds)
  return wire.count - before
}

async function everybody(): Promise<number[]> {
  const everyone: number[] = []
  for (let nth = 0; nth < 7; nth++) {
    const person = await people.add(`Người ${nth}`)
    await people.ask(person, '/trogiup')
    everyone.push(person)
  }
  return everyone
}

function deliver(chats: number[], text: string): Promise<number[]> {
  const ctx = app.context()
  return ctx.transaction(async (tx) => {
    const ids: number[] = []
    for (const chat of chats) ids.push(await ctx.deliver(tx, { chatId: BigInt(chat), message: { text } }))
    return ids
  })
}

describe.each([
  { code: 401, description: 'Unauthorized', why: 'the token was revoked' },
  { code: 404, description: 'Not Found', why: 'nothing of Telegram is at the address' },
])('when Telegram lets the bot do nothing ($why)', ({ code, description }) => {
  it('nothing is given up: everything waits, the operator is told once, and it goes on by itself', async () => {
    const chats = await everybody()
    const [first = 0] = chats
    wire.refusal = { code, description }
    const ids = await deliver(chats, `giữa lúc ${code}`)
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([true])
    await people.say(first, first, '/trogiup')
    // What was under way when it was refused has come to its end.
    await expect.poll(() => callsIn(300), { timeout: 10_000 }).toBeLessThan(2)
    const [asked, since] = [wire.count, performance.now()]
    await expect.poll(() => wire.count, { timeout: 10_000 }).toBeGreaterThan(asked)
    expect(await states(ids)).toEqual(all('waiting', ids))
    expect(app.illnesses()).toEqual(['shutOut'])
    expect(await app.metrics.text()).toContain('lienchi_ill{reason="shutOut"} 1')
    // Asked whether it is over at growing pauses, and nothing else: seven deliveries that try would be hundreds of calls.
    expect(wire.count - asked).toBeLessThan(4 + (2 * (performance.now() - since)) / 1000)

    wire.refusal = null
    await expect.poll(() => states(ids), { timeout: 20_000 }).toEqual(all('sent', ids))
    expect((await people.next(first, first, ({ text }) => text.includes('Liên Chi'))).text).toContain('Liên Chi')
    expect(told).toEqual([true, false])
    expect(app.illnesses()).toEqual([])
    expect(logged.filter((line) => line.includes('everything waits'))).toHaveLength(1)
    expect(await app.services.database.delivery.count({ where: { state: { in: ['failed', 'unknown'] } } })).toBe(0)
  })
})

it('while Telegram answers nobody no delivery is given up as unknown, however often it breaks', async () => {
  const [chat = 0] = await everybody()
  wire.targets = []
  const ids = await deliver([chat], 'giữa lúc mất mạng')
  const broken = () => logged.filter((line) => line.includes('"failure":"unknown"')).length
  await expect.poll(broken, { timeout: 20_000 }).toBeGreaterThan(3)
  // It is tried again and again, so it may just be under way; what it must not be is given up.
  expect(['waiting', 'sending']).toContain((await states(ids))[0])
  wire.targets = [sandbox.url]
  await expect.poll(() => states(ids), { timeout: 20_000 }).toEqual(['sent'])
})
