import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { memoryStore } from '../../src/platform/file-store.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { testNow, testToken } from '../support/app.ts'
import { openTestDatabase } from '../support/database.ts'
import { People } from '../support/people.ts'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
let app: App
let people: People

beforeAll(async () => {
  const bots = [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }]
  sandbox = await startSandbox({ port: 0, seed: 1, now: testNow, bots })
  app = await startApp({
    database: await openTestDatabase(),
    token: testToken,
    files: memoryStore(),
    apiRoot: sandbox.url,
    clock: sandbox.clock,
    // The pace of Telegram, on the clock that is moved.
    realTime: () => sandbox.clock.now().getTime(),
    patienceSeconds: 1,
  })
  people = new People(sandbox.url)
})
afterAll(async () => {
  await app.stop()
  await sandbox.close()
})

const chats = 12
const each = 15
const kinds = [429, 429, 429, 500, 'dropBefore', 'dropAfter', 'hang'] as const
/** Numbers from 0 to 1, the same in every run. */
const random = ((state: number) => () => {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
})(20)

it('a storm of refusals, errors, cuts and half-open connections loses nothing and keeps each chat in order', {
  timeout: 180_000,
}, async () => {
  const everybody: number[] = []
  for (let nth = 0; nth < chats; nth++) {
    const person = await people.add(`Người ${nth}`)
    await people.ask(person, '/trogiup')
    everybody.push(person)
  }
  let troubles = 0
  /** Before every fifth message of a chat something happens to it. */
  const stir = async () => {
    for (const chat of everybody) {
      if (random() > 0.2) continue
      troubles += 1
      const kind = kinds[Math.floor(random() * kinds.length)]
      const retryAfter = 1 + Math.floor(random() * 30)
      await people.faults({ fail: { method: 'sendMessage', chat, times: 1, with: kind, retryAfter } })
    }
  }
  const { database: db } = app.services
  const ctx = app.context()
  const words = (nth: number) => `tin thứ ${nth};`
  await ctx.transaction(async (tx) => {
    for (let nth = 0; nth < each; nth++) {
      for (const chat of everybody) await ctx.deliver(tx, { chatId: BigInt(chat), message: { text: words(nth) } })
    }
  })
  const open = async () => {
    await stir()
    await people.advance('PT5S')
    app.services.onCommit()
    return db.delivery.count({ where: { state: { in: ['waiting', 'sending'] } } })
  }
  await expect.poll(open, { timeout: 150_000, interval: 20 }).toBe(0)

  // What failed twice waits for an operator, who has it sent again.
  const unknown = await db.delivery.findMany({ where: { state: { not: 'sent' } } })
  expect(unknown.every(({ state, message }) => state === 'unknown' && message !== null)).toBe(true)
  for (const chat of everybody) {
    const heard = (await people.read(chat, chat)).filter(({ text }) => text.includes('tin thứ')).map(({ text }) => text)
    const numbers = heard.map((text) => Number(/tin thứ (\d+);/.exec(text)?.[1]))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    const undecided = unknown.filter(({ chatId }) => Number(chatId) === chat).length
    expect(new Set(numbers).size).toBeGreaterThanOrEqual(each - undecided)
    const unmarked = heard.filter((text) => !text.includes('tin số'))
    expect(new Set(unmarked).size).toBe(unmarked.length)
  }
  const refused = (await people.calls()).filter(({ ok, method }) => !ok && method === 'sendMessage').length
  console.log(
    `${troubles} troubles over ${chats * each} messages, ${refused} refused, ${unknown.length} left to an operator`,
  )
  expect(refused).toBeGreaterThan(10)
})
