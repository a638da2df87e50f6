import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliveryStates } from '../../src/platform/outbox.ts'
import { forgetOldPosted, keyOfPosted, placesOf } from '../../src/platform/posted.ts'
import { recordSent } from '../../src/telegram/waiting.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

async function aChat(): Promise<bigint> {
  const person = await test.people.add('Người Nhận')
  await test.people.ask(person, '/trogiup')
  return BigInt(person)
}

const deliver = (chatId: bigint, more: { edits?: number; lasting?: boolean; key?: string } = {}, text = 'thẻ') => {
  const ctx = test.app.context()
  return ctx.transaction((tx) => ctx.deliver(tx, { chatId, message: { text }, ...more }))
}
const row = (id: number) => db().delivery.findUniqueOrThrow({ where: { id } })

it('where a lasting message stands is known and it is still edited when its delivery is long deleted', async () => {
  const chatId = await aChat()
  const id = await deliver(chatId, { lasting: true, key: 'task:77:call:own' })
  await test.app.quiet()
  const { messageId } = await row(id)
  await db().delivery.delete({ where: { id } })
  expect(await placesOf(db(), [id])).toEqual(new Map([[id, { chatId, messageId, state: 'sent', attempts: 0 }]]))
  expect(await deliveryStates(db(), [id])).toEqual(new Map([[id, { state: 'sent', error: null }]]))
  const about = { chatId, messageId: messageId ?? 0, startsWith: 'task:' }
  expect(await keyOfPosted(db(), about)).toBe('task:77:call:own')
  const edit = await deliver(chatId, { edits: id }, 'thẻ, nay khác')
  await test.app.quiet()
  expect((await row(edit)).state).toBe('sent')
  const seen = await test.people.read(Number(chatId), Number(chatId))
  expect(seen.find((one) => one.id === messageId)?.text).toBe('thẻ, nay khác')
  await forgetOldPosted(db(), new Date('2029-01-01T00:00:00Z'))
  expect(await placesOf(db(), [id])).toEqual(new Map())
})

it('the database refuses an edit in another chat, and a message that takes its number along', async () => {
  const [here, there] = [await aChat(), await aChat()]
  const id = await deliver(here, { lasting: true })
  await test.app.quiet()
  await expect(deliver(there, { edits: id })).rejects.toThrow('an edit goes to the chat of its message')
  await expect(db().delivery.update({ where: { id }, data: { chatId: there } })).rejects.toThrow('only in its own chat')
  await db().delivery.delete({ where: { id } })
  await expect(deliver(there, { edits: id })).rejects.toThrow('an edit goes to the chat of its message')
})

it('a message that arrived just before its group moved keeps the old chat with its number, and its edits are put aside', async () => {
  const [old, moved] = [await aChat(), await aChat()]
  await test.people.faults({
    fail: { method: 'sendMessage', chat: Number(old), times: 1, with: 429, retryAfter: 60 },
  })
  const id = await deliver(old, { lasting: true })
  const edit = await deliver(old, { edits: id }, 'sửa')
  await expect.poll(async () => (await test.people.calls()).some(({ ok }) => !ok)).toBe(true)
  await expect.poll(async () => (await row(id)).state).toBe('waiting')
  await db().$executeRaw`UPDATE "Delivery" SET "state" = 'sending', "chatId" = ${moved} WHERE "id" = ${id}`
  await db().$executeRaw`UPDATE "Delivery" SET "chatId" = ${moved} WHERE "id" = ${edit}`
  const sending = { id, chatId: old, editsId: null, attempts: 0 }
  expect(await recordSent(db(), sending, 41, test.app.services.clock.now())).toBe(moved)
  expect(await row(id)).toMatchObject({ state: 'sent', chatId: old, messageId: 41 })
  expect((await row(edit)).state).toBe('superseded')
  expect((await placesOf(db(), [id])).get(id)).toMatchObject({ chatId: old, messageId: 41 })
})
