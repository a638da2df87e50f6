import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/platform/transaction.ts'
import { releaseAbandoned } from '../../src/telegram/waiting.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { openOwnDatabase } from '../support/database.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** Somebody who has opened a private chat with the bot. */
async function somebody(): Promise<number> {
  const person = await test.people.add('Người Nhận')
  await test.people.ask(person, '/trogiup')
  return person
}

async function deliver(chat: number, texts: string[], more: { key?: string; edits?: number } = {}): Promise<number[]> {
  const ctx = test.app.context()
  const ids = await ctx.transaction(async (tx) => {
    const written: number[] = []
    for (const text of texts) written.push(await ctx.deliver(tx, { chatId: BigInt(chat), message: { text }, ...more }))
    return written
  })
  return ids
}

const row = (id: number) => test.app.services.database.delivery.findUniqueOrThrow({ where: { id } })
const textsOf = async (person: number) =>
  (await test.people.read(person, person)).filter(({ from }) => from.isBot).map(({ text }) => text)

describe('deliveries', () => {
  it('arrive in the order in which they were written, chat by chat', async () => {
    const [one, two] = [await somebody(), await somebody()]
    const words = Array.from({ length: 20 }, (_, index) => `tin ${index}`)
    await Promise.all([deliver(one, words), deliver(two, words)])
    await test.app.settle()
    expect((await textsOf(one)).slice(-20)).toEqual(words)
    expect((await textsOf(two)).slice(-20)).toEqual(words)
  })

  it('leave nothing behind when their transaction is rolled back', async () => {
    const person = await somebody()
    const { database } = test.app.services
    const failing = inTransaction(database, async (tx) => {
      await test.app.context().deliver(tx, { chatId: BigInt(person), message: { text: 'không bao giờ' } })
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await test.app.settle()
    expect(await textsOf(person)).not.toContain('không bao giờ')
  })

  it('are written once for one key', async () => {
    const person = await somebody()
    const first = await deliver(person, ['một lần'], { key: 'k1' })
    expect(await deliver(person, ['một lần'], { key: 'k1' })).toEqual(first)
    await test.app.settle()
    expect((await textsOf(person)).filter((text) => text === 'một lần')).toHaveLength(1)
  })

  it('forget their text once they are sent', async () => {
    const [id = 0] = await deliver(await somebody(), ['điều riêng'])
    await test.app.settle()
    expect(await row(id)).toMatchObject({ state: 'sent', message: null, messageId: expect.any(Number) })
  })

  it('fail with the reason, and hold nobody else up, when the person has blocked the bot', async () => {
    const [gone, here] = [await somebody(), await somebody()]
    test.sandbox.world.block({ from: gone, blocked: true })
    const [lost = 0] = await deliver(gone, ['tới người đã chặn'])
    await deliver(here, ['tới người còn đây'])
    await test.app.settle()
    expect(await row(lost)).toMatchObject({ state: 'failed', error: expect.stringContaining('blocked') })
    expect(await textsOf(here)).toContain('tới người còn đây')
  })

  it('follow a group that became a supergroup, in order', async () => {
    const person = await somebody()
    const group = await test.people.addGroup('Nhóm sẽ đổi', [person], false)
    await test.people.changeGroup(group, { bot: 'add' })
    await test.app.settle()
    const moved = test.sandbox.world.migrateGroup(group).id
    await deliver(group, ['trước', 'sau'])
    await test.app.settle()
    const seen = (await test.people.read(person, moved)).map(({ text }) => text)
    expect(seen.filter((text) => text === 'trước' || text === 'sau')).toEqual(['trước', 'sau'])
  })
})

describe('when Telegram', () => {
  const plan = (chat: number, kind: 429 | 500 | 'dropBefore' | 'dropAfter') =>
    test.people.faults({ fail: { method: 'sendMessage', chat, times: 1, with: kind, retryAfter: 1 } })
  const copies = async (person: number, words: string) => (await textsOf(person)).filter((text) => text.includes(words))

  it('says to wait, the message waits and arrives once, and the next stays behind it', async () => {
    const person = await somebody()
    await plan(person, 429)
    await deliver(person, ['đợi một', 'đợi hai'])
    await test.app.settle()
    expect((await copies(person, 'đợi')).slice(-2)).toEqual(['đợi một', 'đợi hai'])
  })

  it('breaks the connection before it took the message, it arrives once, with its number', async () => {
    const person = await somebody()
    await plan(person, 'dropBefore')
    const [id] = await deliver(person, ['đứt trước'])
    await test.app.settle()
    expect(await copies(person, 'đứt trước')).toEqual([expect.stringContaining(`tin số ${id}`)])
  })

  it('breaks the connection after it took the message, the second copy carries its number', async () => {
    const person = await somebody()
    await plan(person, 'dropAfter')
    const [id] = await deliver(person, ['đứt sau'])
    await test.app.settle()
    expect(await copies(person, 'đứt sau')).toEqual(['đứt sau', expect.stringContaining(`tin số ${id}`)])
  })

  it('left a message twice in the chat, every later edit of it keeps the mark with its number', async () => {
    const person = await somebody()
    await plan(person, 'dropAfter')
    const [id = 0] = await deliver(person, ['mời họp'])
    await test.app.settle()
    for (const words of ['mời họp, 1 đã nhận', 'mời họp, 2 đã nhận']) {
      await deliver(person, [words], { edits: id })
      await test.app.settle()
      const [first, second] = await copies(person, 'mời họp')
      expect(first).toBe('mời họp')
      expect(second?.split('\n')).toEqual([words, '', expect.stringContaining(`tin số ${id}.`)])
    }
  })

  it('fails twice, the delivery is shown as unknown and the chat goes on', async () => {
    const person = await somebody()
    await test.people.faults({ fail: { method: 'sendMessage', chat: person, times: 2, with: 500, retryAfter: 1 } })
    const [id = 0] = await deliver(person, ['hỏng hai lần', 'tin sau'])
    await test.app.settle()
    expect((await row(id)).state).toBe('unknown')
    expect(await copies(person, 'tin sau')).toHaveLength(1)
  })
})

describe('edits', () => {
  it('that wait for one message become the newest of them', async () => {
    const person = await somebody()
    const [id = 0] = await deliver(person, ['0/40 đã biểu quyết'])
    const edits = await deliver(person, ['1/40', '2/40', '3/40'], { edits: id })
    await test.app.settle()
    expect(await textsOf(person)).toContain('3/40')
    expect((await Promise.all(edits.map(row))).at(-1)?.state).toBe('sent')
    const calls = (await test.people.calls()).filter(
      ({ method, params }) => method === 'editMessageText' && params.chat_id === person,
    )
    expect(calls.length).toBeLessThanOrEqual(2)
  })
})

describe('a row that a dead courier was sending', () => {
  it('is sent once more with its number, and after that shown as unknown', async () => {
    const person = await somebody()
    const { database } = test.app.services
    const now = test.app.services.clock.now()
    const rows = {
      chatId: BigInt(person),
      message: { text: 'đang gửi dở' },
      state: 'sending',
      fence: 0,
      createdAt: now,
    }
    const first = await database.delivery.create({ data: rows })
    const second = await database.delivery.create({ data: { ...rows, attempts: 1 } })

    await releaseAbandoned(database, 1, now)
    await test.app.settle()
    expect((await row(first.id)).state).toBe('sent')
    expect(await row(second.id)).toMatchObject({ state: 'unknown', finishedAt: now })
    const seen = await textsOf(person)
    expect(seen.filter((text) => text.startsWith('đang gửi dở'))).toEqual([
      expect.stringContaining(`tin số ${first.id}`),
    ])
  })
})

it('a program whose database is gone stops in order', async () => {
  const doomed = await startTestApp({ database: await openOwnDatabase() })
  await doomed.app.services.database.$executeRaw`ALTER TABLE "CourierLease" RENAME TO "CourierAway"`
  await doomed.app.services.database.$executeRaw`ALTER SCHEMA pgboss RENAME TO away`
  await expect(doomed.stop()).resolves.toBeUndefined()
})
