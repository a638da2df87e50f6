import { Bot, InputFile } from 'grammy'
import { Telegraf } from 'telegraf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit, TOKEN } from './kit.ts'
import { mendTelegrafUploads } from './telegraf-uploads.ts'

/** Eight bytes of header and an IHDR of 2 × 3 pixels: enough for a picture's size. */
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from('0000000200000003', 'hex'),
  Buffer.alloc(16),
])

interface Client {
  sendMessage(chat: number, text: string): Promise<{ message_id: number; text?: string }>
  sendDocument(
    chat: number,
    name: string,
    bytes: Buffer,
    caption: string,
  ): Promise<{ document?: { file_name?: string } }>
  sendPhoto(chat: number, bytes: Buffer): Promise<{ photo?: { width: number; height: number; file_id: string }[] }>
  sendPhotoAgain(chat: number, fileId: string): Promise<{ photo?: { file_id: string }[] }>
  fail(chat: number): Promise<string>
}

function grammyClient(root: string): Client {
  const { api } = new Bot(TOKEN, { client: { apiRoot: root } })
  return {
    sendMessage: (chat, text) => api.sendMessage(chat, text),
    sendDocument: (chat, name, bytes, caption) => api.sendDocument(chat, new InputFile(bytes, name), { caption }),
    sendPhoto: (chat, bytes) => api.sendPhoto(chat, new InputFile(bytes, 'a.png')),
    sendPhotoAgain: (chat, id) => api.sendPhoto(chat, id),
    fail: (chat) => api.sendMessage(chat, 'x').then(String, (error: { description: string }) => error.description),
  }
}

mendTelegrafUploads()

function telegrafClient(root: string): Client {
  const { telegram } = new Telegraf(TOKEN, { telegram: { apiRoot: root } })
  return {
    sendMessage: (chat, text) => telegram.sendMessage(chat, text),
    sendDocument: (chat, filename, source, caption) => telegram.sendDocument(chat, { source, filename }, { caption }),
    sendPhoto: (chat, source) => telegram.sendPhoto(chat, { source }),
    sendPhotoAgain: (chat, id) => telegram.sendPhoto(chat, id),
    fail: (chat) => telegram.sendMessage(chat, 'x').then(String, (error: { description: string }) => error.description),
  }
}

describe.each([
  ['grammY', grammyClient],
  ['Telegraf', telegrafClient],
])('the Bot API for a client of %s', (_name, makeClient) => {
  let kit: Kit
  let client: Client
  let user: number

  beforeAll(async () => {
    kit = await startKit()
    client = makeClient(kit.sandbox.url)
    user = await kit.user('Nguyễn Văn An')
    await kit.does('messages', { from: user, chat: user, text: '/start' })
  })
  afterAll(() => kit.sandbox.close())

  test('sends a text that the person sees', async () => {
    const sent = await client.sendMessage(user, 'Xin chào')
    expect(sent.text).toBe('Xin chào')
    expect((await kit.sees(user, user)).at(-1)).toMatchObject({ id: sent.message_id, text: 'Xin chào' })
  })

  test('uploads a document under its Vietnamese name, and the person downloads the same bytes', async () => {
    const sent = await client.sendDocument(user, 'Kết quả tháng 11.xlsx', Buffer.from('abc'), 'Tháng 11')
    expect(sent.document?.file_name).toBe('Kết quả tháng 11.xlsx')
    const seen = (await kit.sees(user, user)).at(-1)
    expect(seen).toMatchObject({ text: 'Tháng 11', files: [{ name: 'Kết quả tháng 11.xlsx', size: 3 }] })
    const file = await fetch(seen?.files[0]?.url ?? '')
    expect(await file.text()).toBe('abc')
  })

  test('uploads a photo, and sends it again by its file_id', async () => {
    const sent = await client.sendPhoto(user, PNG)
    expect(sent.photo).toMatchObject([{ width: 2, height: 3 }])
    const again = await client.sendPhotoAgain(user, sent.photo?.[0]?.file_id ?? '')
    expect(again.photo?.[0]?.file_id).toBe(sent.photo?.[0]?.file_id)
  })

  test('gets the refusals in the words of Telegram', async () => {
    expect(await client.fail(12345)).toBe('Bad Request: chat not found')
  })
})
