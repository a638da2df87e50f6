import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { type Kit, startKit, type Update } from './kit.ts'

let kit: Kit
let an: number
let binh: number

beforeAll(async () => {
  kit = await startKit()
  an = await kit.user('Nguyễn Văn An', { username: 'an_nguyen', phone: '+84900000001', person: 'DV-001' })
  binh = await kit.user('Trần Thị Bình')
  await kit.does('messages', { from: an, chat: an, text: '/start moi-123' })
  await kit.updates()
})
afterAll(() => kit.sandbox.close())

test('the accounts are listed with the label they were seeded with', async () => {
  expect(await kit.does('users')).toMatchObject([{ id: an, name: 'Nguyễn Văn An', person: 'DV-001' }, { id: binh }])
})

test('a deep link reaches the bot as a command with its payload', async () => {
  await kit.does('messages', { from: an, chat: an, text: '/start moi-123' })
  const [update] = await kit.updates()
  expect(update?.message).toMatchObject({
    text: '/start moi-123',
    chat: { id: an, type: 'private' },
    entities: [{ type: 'bot_command', offset: 0, length: 6 }],
  })
})

test('a press answers with what the bot said to the query', async () => {
  const sent = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'Đồng chí đã nhận chưa?',
    reply_markup: { inline_keyboard: [[{ text: 'Đã nhận', callback_data: 'ack:1' }]] },
  })
  const press = kit.does('presses', { from: an, chat: an, message: sent.message_id, button: 'Đã nhận' })
  const [update] = await poll<Update & { callback_query: { id: string; data: string } }>()
  expect(update?.callback_query).toMatchObject({ data: 'ack:1', from: { id: an } })
  await kit.ok('answerCallbackQuery', {
    callback_query_id: update?.callback_query.id,
    text: 'Đã ghi nhận.',
    show_alert: true,
  })
  expect(await press).toEqual({ answered: true, text: 'Đã ghi nhận.', alert: true })
})

test('a press on a link button answers with the link', async () => {
  const sent = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'Mở',
    reply_markup: { inline_keyboard: [[{ text: 'Vào', url: 'https://t.me/thu_bot?start=abc' }]] },
  })
  const press = { from: an, chat: an, message: sent.message_id, button: { row: 0, column: 0 } }
  expect(await kit.does('presses', press)).toEqual({ answered: true, url: 'https://t.me/thu_bot?start=abc' })
})

test("part of a button's words will do only where it means one button", async () => {
  const sent = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'Chọn',
    reply_markup: {
      inline_keyboard: [
        [
          { text: '✅ Đồng ý', url: 'https://a.vn/1' },
          { text: '❌ Không đồng ý', url: 'https://a.vn/2' },
        ],
      ],
    },
  })
  const press = (button: string) => kit.people('presses', { from: an, chat: an, message: sent.message_id, button })
  expect(await press('Không')).toMatchObject({ result: { url: 'https://a.vn/2' } })
  expect(await press('ồng ý')).toMatchObject({ ok: false, status: 404 })
  expect(await press('✅ Đồng ý')).toMatchObject({ result: { url: 'https://a.vn/1' } })
})

test('a key of the reply keyboard says its words', async () => {
  const sent = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'Chọn',
    reply_markup: { keyboard: [[{ text: 'Việc của tôi' }]], resize_keyboard: true },
  })
  expect((await kit.sees(an, an)).at(-1)?.keyboard).toEqual([['Việc của tôi']])
  await kit.does('presses', { from: an, chat: an, message: sent.message_id, button: 'Việc của tôi' })
  expect((await kit.updates())[0]?.message).toMatchObject({ text: 'Việc của tôi' })
})

test('a file from a person comes to the bot, which downloads it', async () => {
  const form = new FormData()
  form.set('from', String(an))
  form.set('chat', String(an))
  form.set('caption', 'Kết quả')
  form.set('as', 'document')
  form.set('file', new File(['1;2;3'], 'Kết quả.csv', { type: 'text/csv' }))
  const response = await fetch(`${kit.sandbox.url}/people/files`, { method: 'POST', body: form })
  expect(await response.json()).toMatchObject({ ok: true, result: { files: [{ name: 'Kết quả.csv', size: 5 }] } })
  const [update] = await kit.updates()
  expect(update?.message).toMatchObject({ caption: 'Kết quả', document: { file_name: 'Kết quả.csv' } })
  const { document } = (update?.message ?? {}) as { document?: { file_id: string } }
  const file = await kit.ok<{ file_path: string }>('getFile', { file_id: document?.file_id })
  const bytes = await fetch(`${kit.sandbox.url}/file/bot7000000001:TEST/${file.file_path}`)
  expect(await bytes.text()).toBe('1;2;3')
})

test('a person sees only what is newer, waits for it, and finds edits and deletions under a new seq', async () => {
  const before = (await kit.sees(an, an)).at(-1)?.seq ?? 0
  const waiting = kit.does<unknown[]>(`chats/${an}/messages?for=${an}&after=${before}&wait=5000`)
  const sent = await kit.ok<{ message_id: number }>('sendMessage', { chat_id: an, text: 'Một' })
  expect(await waiting).toMatchObject([{ text: 'Một' }])
  await kit.ok('editMessageText', { chat_id: an, message_id: sent.message_id, text: 'Hai' })
  const edited = await kit.sees(an, an, before)
  expect(edited).toMatchObject([{ id: sent.message_id, text: 'Hai', editedAt: expect.any(String) }])
  await kit.ok('deleteMessage', { chat_id: an, message_id: sent.message_id })
  expect(await kit.sees(an, an, edited[0]?.seq)).toMatchObject([{ id: sent.message_id, text: '', deleted: true }])
})

test("a private chat cannot be read by others, nor a group by who isn't in it", async () => {
  const group = await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an] })
  expect(await kit.people(`chats/${an}/messages?for=${binh}`)).toMatchObject({ ok: false, status: 403 })
  expect(await kit.people(`chats/${group.id}/messages?for=${binh}`)).toMatchObject({ status: 403 })
})

test('a field that is missing or wrong is named in Vietnamese', async () => {
  expect(await kit.people('messages', { from: an, chat: an })).toMatchObject({
    ok: false,
    status: 400,
    error: expect.stringContaining('text'),
  })
})

test('the clock moves forward only and waits for its hooks', async () => {
  const seen: string[] = []
  kit.sandbox.clock.onAdvance(async (now) => {
    seen.push(now.toISOString())
  })
  const start = Date.parse((await kit.does<{ now: string }>('clock')).now)
  const { now } = await kit.does<{ now: string }>('clock', { advance: 'PT24H' })
  expect(Date.parse(now) - start).toBeGreaterThanOrEqual(86_400_000)
  expect(seen).toHaveLength(1)
  expect(await kit.people('clock', { set: new Date(start).toISOString() })).toMatchObject({ status: 400 })
})

test('the log of calls tells what was asked, what came of it, and what nobody understood', async () => {
  const last = (await kit.does<{ n: number }[]>('calls')).at(-1)?.n ?? 0
  await kit.api('sendMessage', { chat_id: an, text: 'x', colour: 'red' })
  await kit.api('sendMessage', { chat_id: 5, text: 'x' })
  expect(await kit.does(`calls?after=${last}`)).toMatchObject([
    { n: last + 1, method: 'sendMessage', ok: true, unknown: ['colour'] },
    { n: last + 2, ok: false, code: 400, error: 'Bad Request: chat not found' },
  ])
})

test('a second sandbox on the same port fails with EADDRINUSE', async () => {
  const port = Number(new URL(kit.sandbox.url).port)
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

/** Waits for updates and confirms them. */
async function poll<T extends Update>(): Promise<T[]> {
  const updates = await kit.ok<T[]>('getUpdates', { timeout: 5 })
  await kit.ok('getUpdates', { offset: (updates.at(-1)?.update_id ?? 0) + 1 })
  return updates
}
