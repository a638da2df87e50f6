import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit, type Update } from './kit.ts'

let kit: Kit
let an: number

beforeEach(async () => {
  kit = await startKit({ frozen: true })
  an = await kit.user('Nguyễn Văn An')
  await kit.does('messages', { from: an, chat: an, text: '/start' })
})
afterEach(() => kit.sandbox.close())

const send = (text: string, chat = an) => kit.api('sendMessage', { chat_id: chat, text })
const seenTexts = async () => (await kit.sees(an, an)).map(({ text }) => text)

test('flood limits: one message a second in a chat', async () => {
  await kit.does('faults', { floodLimits: true })
  expect(await send('một')).toMatchObject({ ok: true })
  expect(await send('hai')).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  })
  await kit.does('clock', { advance: 'PT1S' })
  expect(await send('hai')).toMatchObject({ ok: true })
})

test('flood limits: twenty a minute in a group, edits included', async () => {
  const { id } = await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an], bot: 'member' })
  await kit.does('faults', { floodLimits: true })
  for (let n = 0; n < 20; n++) {
    expect(await send(`tin ${n}`, id)).toMatchObject({ ok: true })
    await kit.does('clock', { advance: 'PT1S' })
  }
  expect(await send('tin 20', id)).toMatchObject({ parameters: { retry_after: 40 } })
  await kit.does('clock', { advance: 'PT40S' })
  expect(await send('tin 20', id)).toMatchObject({ ok: true })
})

test('flood limits: an album counts for each of its messages', async () => {
  const { id } = await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an], bot: 'member' })
  const ids: number[] = []
  for (let n = 0; n < 10; n++) ids.push((await kit.ok<{ message_id: number }>('sendDice', { chat_id: an })).message_id)
  await kit.does('faults', { floodLimits: true })
  const copies = { chat_id: id, from_chat_id: an, message_ids: ids }
  expect(await kit.api('copyMessages', copies)).toMatchObject({ ok: true })
  await kit.does('clock', { advance: 'PT1S' })
  expect(await kit.api('copyMessages', copies)).toMatchObject({ ok: true })
  await kit.does('clock', { advance: 'PT1S' })
  expect(await send('x', id)).toMatchObject({ parameters: { retry_after: 58 } })
})

test('flood limits: thirty a second in all', async () => {
  const people = Array.from({ length: 31 }, (_, n) => kit.sandbox.world.addUser({ name: `Đồng chí ${n}` }))
  for (const { id } of people) kit.sandbox.world.say({ from: id, chat: id, text: '/start' })
  await kit.does('faults', { floodLimits: true })
  const answers = await Promise.all(people.map(({ id }) => send('x', id)))
  expect(answers.filter(({ error_code }) => error_code === 429)).toHaveLength(1)
})

test('the next calls fail as planned, and then no more', async () => {
  await kit.does('faults', { fail: { method: 'sendMessage', times: 2, with: 429, retryAfter: 7 } })
  expect(await send('a')).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } })
  expect(await kit.api('getMe')).toMatchObject({ ok: true })
  expect(await send('a')).toMatchObject({ error_code: 429 })
  expect(await send('a')).toMatchObject({ ok: true })
  await kit.does('faults', { fail: { with: 500 } })
  expect(await send('b')).toMatchObject({ error_code: 500 })
})

test('a connection cut before the call leaves nothing behind, one cut after it leaves the message', async () => {
  await kit.does('faults', { fail: { method: 'sendMessage', with: 'dropBefore' } })
  await expect(send('mất')).rejects.toThrow()
  expect(await seenTexts()).not.toContain('mất')
  await kit.does('faults', { fail: { method: 'sendMessage', with: 'dropAfter' } })
  await expect(send('còn')).rejects.toThrow()
  expect(await seenTexts()).toContain('còn')
})

test('in an outage nothing answers, and open polls are cut off', async () => {
  await kit.updates()
  const poll = kit.api('getUpdates', { timeout: 20 }).catch(() => 'cut off')
  await kit.api('getMe')
  await kit.does('faults', { outage: true })
  expect(await poll).toBe('cut off')
  await expect(send('x')).rejects.toThrow()
  await kit.does('faults', { outage: false })
  expect(await send('x')).toMatchObject({ ok: true })
})

test('updates come twice, or change places', async () => {
  await kit.updates()
  await kit.does('faults', { duplicateUpdates: 1 })
  await kit.does('messages', { from: an, chat: an, text: 'hai lần' })
  const [first, second] = await kit.updates()
  expect(first).toEqual(second)
  await kit.does('faults', { reorderUpdates: 1 })
  await kit.does('messages', { from: an, chat: an, text: 'trước' })
  await kit.does('messages', { from: an, chat: an, text: 'sau' })
  const updates = (await kit.updates()) as (Update & { message: { text: string } })[]
  expect(updates.map(({ message }) => message.text)).toEqual(['sau', 'trước'])
})

test('one press reaches the bot twice under two ids', async () => {
  await kit.updates()
  const { message_id } = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'Ghi', callback_data: 'a' }]] },
  })
  await kit.does('faults', { doublePresses: 1 })
  const press = kit.does('presses', { from: an, chat: an, message: message_id, button: 'Ghi' })
  const updates = await kit.ok<(Update & { callback_query: { id: string } })[]>('getUpdates', { timeout: 2 })
  expect(new Set(updates.map(({ callback_query }) => callback_query.id)).size).toBe(2)
  for (const { callback_query } of updates) {
    await kit.ok('answerCallbackQuery', { callback_query_id: callback_query.id })
  }
  expect(await press).toMatchObject({ answered: true })
})
