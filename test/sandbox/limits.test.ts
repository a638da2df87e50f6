import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit, TOKEN } from './kit.ts'

const MEGABYTE = 1024 * 1024

let kit: Kit
let an: number

beforeEach(async () => {
  kit = await startKit({ frozen: true })
  an = await kit.user('Nguyễn Văn An')
  await kit.does('messages', { from: an, chat: an, text: '/start' })
})
afterEach(() => kit.sandbox.close())

async function upload(method: string, field: string, bytes: Buffer): Promise<string> {
  const form = new FormData()
  form.set('chat_id', String(an))
  form.set(field, new File([new Uint8Array(bytes)], 'tep.png'))
  const response = await fetch(`${kit.sandbox.url}/bot${TOKEN}/${method}`, { method: 'POST', body: form })
  const answer = (await response.json()) as { ok: boolean; description?: string }
  return answer.description ?? 'ok'
}

const send = async (chat_id = an) =>
  (await kit.ok<{ message_id: number }>('sendMessage', { chat_id, text: 'x' })).message_id

test('a photo may have 10 MB', async () => {
  expect(await upload('sendPhoto', 'photo', Buffer.alloc(10 * MEGABYTE + 1))).toContain('is too big for a photo')
})

test('a document may have 50 MB, and a bot downloads no more than 20', async () => {
  expect(await upload('sendDocument', 'document', Buffer.alloc(21 * MEGABYTE))).toBe('ok')
  expect(await upload('sendDocument', 'document', Buffer.alloc(50 * MEGABYTE + 1))).toContain('is too big')
  expect(await upload('sendDocument', 'document', Buffer.alloc(53 * MEGABYTE))).toBe('Request Entity Too Large')
  const bytes = Buffer.alloc(20 * MEGABYTE + 1)
  kit.sandbox.world.sendFile({ from: an, chat: an, name: 'to.bin', mime: 'a/b', bytes, as: 'document' })
  const update = (await kit.updates()).at(-1)
  const { document } = (update?.message ?? {}) as { document?: { file_id: string } }
  expect((await kit.api('getFile', { file_id: document?.file_id })).description).toBe('Bad Request: file is too big')
})

test('an empty file and a foreign file_id are refused', async () => {
  expect(await upload('sendDocument', 'document', Buffer.alloc(0))).toBe('Bad Request: file must be non-empty')
  const wrong = await kit.api('sendDocument', { chat_id: an, document: 'BQACAgUAAxkxyz' })
  expect(wrong.description).toBe('Bad Request: wrong file identifier/HTTP URL specified')
})

test('a file_id serves the bot that got it, and no other', async () => {
  const other = { token: '7000000002:OTHER', username: 'bot_khac', name: 'Khác' }
  await kit.does('bots', other)
  const bot = 7_000_000_002
  await kit.does('messages', { from: an, chat: an, bot, text: '/start' })
  kit.sandbox.world.sendFile({ from: an, chat: an, name: 'a', mime: 'a/b', bytes: Buffer.from('a'), as: 'document' })
  const { document } = ((await kit.updates()).at(-1)?.message ?? {}) as { document?: { file_id: string } }
  expect(await kit.api('getFile', { file_id: document?.file_id })).toMatchObject({ ok: true })
  expect(await kit.api('getFile', { file_id: document?.file_id }, other.token)).toMatchObject({ error_code: 400 })
})

test('bots see nothing of each other, and bare commands go to the one that wrote last', async () => {
  await kit.does('bots', { token: '7000000002:OTHER', username: 'bot_khac', name: 'Khác' })
  const { id: chat } = await kit.does<{ id: number }>('groups', { title: 'Hai bot', members: [an], bot: 'member' })
  await kit.does(`groups/${chat}/members`, { bot: 'add', botId: 7_000_000_002 })
  await kit.updates()
  await kit.api('sendMessage', { chat_id: chat, text: 'tôi viết sau cùng' }, '7000000002:OTHER')
  await kit.does('messages', { from: an, chat, text: '/menu' })
  await kit.does('messages', { from: an, chat, text: '/menu@thu_bot' })
  expect(await kit.updates()).toMatchObject([{ message: { text: '/menu@thu_bot' } }])
})

test('messages can be deleted for 48 hours', async () => {
  const [old, fresh] = [await send(), await send()]
  expect(await kit.ok('deleteMessage', { chat_id: an, message_id: fresh })).toBe(true)
  await kit.does('clock', { advance: 'PT49H' })
  expect((await kit.api('deleteMessage', { chat_id: an, message_id: old })).description).toBe(
    "Bad Request: message can't be deleted for everyone",
  )
  // Editing has no such term.
  expect(await kit.ok('editMessageText', { chat_id: an, message_id: old, text: 'y' })).toMatchObject({ text: 'y' })
})

test('a bot edits its own messages only', async () => {
  const theirs = await kit.does<{ id: number }>('messages', { from: an, chat: an, text: 'của tôi' })
  const refused = await kit.api('editMessageText', { chat_id: an, message_id: theirs.id, text: 'y' })
  expect(refused.description).toBe("Bad Request: message can't be edited")
})

test('people mend and take back their own messages; bots hear of the first only', async () => {
  await kit.updates()
  const { id: message } = await kit.does<{ id: number }>('messages', { from: an, chat: an, text: 'sai' })
  await kit.does('edits', { from: an, chat: an, message, text: 'đúng' })
  await kit.does('deletions', { from: an, chat: an, message })
  expect(await kit.updates()).toMatchObject([
    { message: { text: 'sai' } },
    { edited_message: { text: 'đúng', edit_date: expect.any(Number) } },
  ])
})

test('a reply to what is gone is refused unless the bot says otherwise', async () => {
  const reply = { message_id: 999 }
  const strict = await kit.api('sendMessage', { chat_id: an, text: 'x', reply_parameters: reply })
  expect(strict.description).toBe('Bad Request: message to be replied not found')
  const lenient = { ...reply, allow_sending_without_reply: true }
  expect(await kit.api('sendMessage', { chat_id: an, text: 'x', reply_parameters: lenient })).toMatchObject({
    ok: true,
  })
})

test('a zipped request is read, a broken one refused', async () => {
  const url = `${kit.sandbox.url}/bot${TOKEN}/sendMessage`
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const body = new Uint8Array(gzipSync(JSON.stringify({ chat_id: an, text: 'nén' })))
  expect(await (await fetch(url, { method: 'POST', headers, body })).json()).toMatchObject({ result: { text: 'nén' } })
  const broken = await fetch(url, { method: 'POST', headers, body: body.slice(0, 20) })
  expect(broken.status).toBe(400)
  const noJson = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
  expect(noJson.status).toBe(400)
})

test('an address that is not well encoded harms nobody', async () => {
  expect((await fetch(`${kit.sandbox.url}/bot%E0%A4%A/getMe`)).status).toBe(401)
  expect((await fetch(`${kit.sandbox.url}/file/bot${TOKEN}/%E0%A4%A`)).status).toBe(404)
  expect(await kit.api('getMe')).toMatchObject({ ok: true })
})
