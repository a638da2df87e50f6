import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Bot } from 'grammy'
import { createWebChat, type Sandbox, startSandbox, type WebChatOptions } from '../../../src/sandbox/index.ts'

const token = '7000000001:TEST'
export const botId = 7_000_000_001

/** A sandbox with a bot that a test writes itself, and the web chat in front of it, over real HTTP. */
export interface WebKit {
  sandbox: Sandbox
  /** Where the pages are. */
  url: string
  bot: Bot
  /** A page's text without the log of calls beside it; fails unless it is found. */
  page(path: string): Promise<string>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Sends a form as a browser without script would. */
  send(
    path: string,
    fields: Record<string, string | Blob | Blob[]>,
    headers?: Record<string, string>,
  ): Promise<Response>
  /** Sends a form as the page's script would, and gives the pieces that came back. */
  pieces(path: string, fields: Record<string, string>): Promise<string>
  stop(): Promise<void>
}

/** `teach` gives the bot its handlers before it starts. */
export async function startWebKit(teach: (bot: Bot) => void = () => {}, options: WebChatOptions = {}): Promise<WebKit> {
  const sandbox = await startSandbox({ seed: 1, bots: [{ token, username: 'thu_bot', name: 'Bot thử' }] })
  const bot = new Bot(token, { client: { apiRoot: sandbox.url } })
  teach(bot)
  bot.catch(() => {})
  await bot.init()
  const polling = bot.start()
  const server = createServer(getRequestListener(createWebChat(sandbox, options).fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get: WebKit['get'] = (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' })
  const send: WebKit['send'] = (path, fields, headers = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, one)
    }
    return fetch(url + path, { method: 'POST', body: form, headers: { origin: url, ...headers }, redirect: 'manual' })
  }
  return {
    sandbox,
    url,
    bot,
    get,
    send,
    async page(path) {
      const response = await get(path)
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.text()).replace(/<aside[\s\S]*<\/aside>/, '')
    },
    async pieces(path, fields) {
      return (await send(path, fields, { 'hx-request': 'true' })).text()
    },
    async stop() {
      await bot.stop()
      await polling
      server.closeAllConnections()
      server.close()
      await sandbox.close()
    },
  }
}

/** Events of a page's stream, piece by piece, from its address in the page. */
export async function openStream(
  kit: WebKit,
  page: string,
): Promise<{ until(part: string): Promise<string>; close(): void }> {
  const address = /sse-connect="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  if (!address) throw new Error('the page has no stream')
  const gone = new AbortController()
  const response = await fetch(kit.url + address, { signal: gone.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('the stream is empty')
  let seen = ''
  return {
    async until(part) {
      while (!seen.includes(part)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before «${part}»`)
        seen += value
      }
      return seen
    },
    close: () => gone.abort(),
  }
}
