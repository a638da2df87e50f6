import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { listen, stop } from '../http/server.ts'
import type { Sandbox } from '../index.ts'
import { createWebChat } from './index.ts'
import type { WebChatOptions } from './room.ts'

export interface WebChatServer {
  readonly url: string
  close(): Promise<void>
}

/** The web chat on a port of its own, on this machine only. Rejects with `code: 'EADDRINUSE'` where the port is taken. */
export async function startWebChat(
  sandbox: Sandbox,
  { port = 0, ...options }: WebChatOptions & { port?: number } = {},
): Promise<WebChatServer> {
  const host = '127.0.0.1'
  const pages = createWebChat(sandbox, options)
  const server = createServer(getRequestListener(pages.fetch, { overrideGlobalObjects: false }))
  const bound = await listen(server, host, port)
  return { url: `http://${host}:${bound}`, close: () => stop(server) }
}
