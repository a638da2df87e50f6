import { createServer, type IncomingMessage, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

export interface WebServer {
  readonly port: number
  close(): Promise<void>
}

/** How long a request under way may take at the end; a page that stays open for news has no end of its own. */
const graceMilliseconds = 500

/** Who may ask: null for whoever may, else the status that refuses. */
export type Door = (request: IncomingMessage) => 403 | 421 | null

/** Serves the pages on that address to whoever passes the door. Rejects with EADDRINUSE where another program has it. */
export async function startWebServer(
  pages: Pick<Hono, 'fetch'>,
  port: number,
  host: string,
  door: Door,
): Promise<WebServer> {
  const answer = getRequestListener(pages.fetch)
  const server = createServer((request, response) => {
    const refusal = door(request)
    if (refusal === null) void answer(request, response)
    else response.writeHead(refusal, { connection: 'close' }).end(refusals[refusal])
  })
  await listen(server, port, host)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

/** For whoever set up the monitoring or the proxy that asked. */
const refusals = {
  403: 'a page of another address may not ask here',
  421: 'this name is none of this program: see ALLOWED_HOSTS in docs/operations.md',
} as const

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
