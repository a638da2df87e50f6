import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit, type Update } from './kit.ts'

let kit: Kit
let an: number

beforeEach(async () => {
  kit = await startKit()
  an = await kit.user('Nguyễn Văn An')
})
afterEach(() => kit.sandbox.close())

const say = (text: string, chat = an) => kit.does('messages', { from: an, chat, text })
const texts = (updates: unknown) => (updates as { message?: { text: string } }[]).map(({ message }) => message?.text)

test('updates stay until a higher offset confirms them', async () => {
  for (const text of ['một', 'hai', 'ba']) await say(text)
  const first = await kit.ok<Update[]>('getUpdates', { limit: 2 })
  expect(texts(first)).toEqual(['một', 'hai'])
  expect(texts(await kit.ok('getUpdates'))).toEqual(['một', 'hai', 'ba'])
  expect(texts(await kit.ok('getUpdates', { offset: (first[1]?.update_id ?? 0) + 1 }))).toEqual(['ba'])
  expect(texts(await kit.ok('getUpdates'))).toEqual(['ba'])
})

test('a negative offset forgets all but the last', async () => {
  for (const text of ['một', 'hai', 'ba']) await say(text)
  expect(texts(await kit.ok('getUpdates', { offset: -1 }))).toEqual(['ba'])
  expect(texts(await kit.ok('getUpdates'))).toEqual(['ba'])
})

test('a long poll answers as soon as there is something', async () => {
  const poll = kit.ok('getUpdates', { timeout: 20 })
  await say('chào')
  expect(texts(await poll)).toEqual(['chào'])
})

test('a second poll ends the first with 409', async () => {
  const first = kit.api('getUpdates', { timeout: 20 })
  // The first poll must be there before the second comes.
  await kit.api('getMe')
  const second = kit.ok('getUpdates', { timeout: 20 })
  expect(await first).toMatchObject({ error_code: 409, description: expect.stringContaining('other getUpdates') })
  await say('chào')
  expect(texts(await second)).toEqual(['chào'])
})

test('allowed_updates are remembered and touch only new updates', async () => {
  await say('cũ')
  await kit.ok('getUpdates', { allowed_updates: ['callback_query'], limit: 1 })
  await say('mới')
  expect(texts(await kit.ok('getUpdates'))).toEqual(['cũ'])
  await kit.ok('getUpdates', { allowed_updates: [] })
  await say('mới nữa')
  expect(texts(await kit.ok('getUpdates'))).toEqual(['cũ', 'mới nữa'])
})

test('presses wait 150 seconds for their bot, messages a day', async () => {
  await say('/start')
  const sent = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: an,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'Ghi', callback_data: 'a' }]] },
  })
  const press = kit.does('presses', { from: an, chat: an, message: sent.message_id, button: 'Ghi' })
  const [, pressed] = await kit.ok<(Update & { callback_query: { id: string } })[]>('getUpdates', { timeout: 2 })
  expect(pressed).toHaveProperty('callback_query')
  await kit.does('clock', { advance: 'PT3M' })
  expect(texts(await kit.ok('getUpdates'))).toEqual(['/start'])
  expect(await kit.api('answerCallbackQuery', { callback_query_id: pressed?.callback_query.id })).toMatchObject({
    error_code: 400,
    description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
  })
  await kit.does('clock', { advance: 'P1D' })
  expect(await kit.ok('getUpdates')).toEqual([])
  await kit.sandbox.close()
  await press.catch(() => undefined)
})

test('a wrong token is refused, an unknown method too, and the case of a method does not matter', async () => {
  expect(await kit.api('getMe', {}, '7000000001:WRONG')).toMatchObject({ error_code: 401, description: 'Unauthorized' })
  expect(await kit.api('getme')).toMatchObject({ ok: true })
  expect(await kit.api('getNothing')).toMatchObject({ error_code: 404, description: 'Not Found: method not found' })
})

test('parameters come by address, form and JSON alike', async () => {
  await say('/start')
  const url = `${kit.sandbox.url}/bot7000000001:TEST/sendMessage`
  const read = async (response: Response) => ((await response.json()) as { result: { text: string } }).result.text
  expect(await read(await fetch(`${url}?chat_id=${an}&text=${encodeURIComponent('địa chỉ')}`))).toBe('địa chỉ')
  const form = new URLSearchParams({ chat_id: String(an), text: 'biểu mẫu' })
  expect(await read(await fetch(url, { method: 'POST', body: form }))).toBe('biểu mẫu')
  const multipart = new FormData()
  multipart.set('chat_id', String(an))
  multipart.set('text', 'nhiều phần')
  expect(await read(await fetch(url, { method: 'POST', body: multipart }))).toBe('nhiều phần')
})

test('a webhook gets updates with its secret, in order, and again after a failure', async () => {
  const hook = await receiver([500])
  await kit.ok('setWebhook', { url: hook.url, secret_token: 'bi-mat' })
  expect(await kit.api('getUpdates')).toMatchObject({ error_code: 409 })
  await say('một')
  await say('hai')
  await hook.seen(1)
  await hook.settled(kit)
  await kit.does('clock', { advance: 'PT2S' })
  await hook.seen(3)
  expect(hook.got.map(({ text }) => text)).toEqual(['một', 'một', 'hai'])
  expect(hook.got.every(({ secret }) => secret === 'bi-mat')).toBe(true)
  expect(await kit.ok('getWebhookInfo')).toMatchObject({
    url: hook.url,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  })
  await kit.ok('deleteWebhook')
  expect(await kit.ok('getWebhookInfo')).toMatchObject({ url: '' })
  hook.server.close()
})

test('a call in the answer of a webhook is carried out', async () => {
  const hook = await receiver([], { method: 'sendMessage', chat_id: an, text: 'Trả lời ngay' })
  await kit.ok('setWebhook', { url: hook.url })
  await say('/start')
  const seen = await kit.does<{ text: string }[]>(`chats/${an}/messages?for=${an}&after=1&wait=5000`)
  expect(seen).toMatchObject([{ text: 'Trả lời ngay' }])
  hook.server.close()
})

interface Receiver {
  url: string
  server: Server
  got: { text: string; secret: string | undefined }[]
  seen: (count: number) => Promise<void>
  settled: (kit: Kit) => Promise<void>
}

/** A bot's web server that fails with these codes first. */
async function receiver(failures: number[], reply: object = {}): Promise<Receiver> {
  const got: Receiver['got'] = []
  let arrived = (): void => {}
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const update = JSON.parse(Buffer.concat(chunks).toString())
    got.push({ text: update.message.text, secret: request.headers['x-telegram-bot-api-secret-token']?.toString() })
    response.writeHead(failures.shift() ?? 200)
    response.end(JSON.stringify(reply))
    arrived()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    server,
    got,
    async seen(count) {
      while (got.length < count) await new Promise<void>((resolve) => (arrived = resolve))
    },
    async settled(kit) {
      for (;;) {
        const info = await kit.ok<{ last_error_date?: number }>('getWebhookInfo')
        if (info.last_error_date) return
      }
    },
  }
}
