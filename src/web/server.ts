import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

export interface WebServer {
  readonly port: number
  close(): Promise<void>
}

/** How long a request under way may take at the end; a page that stays open for news has no end of its own. */
const graceMilliseconds = 500

/** Serves the pages on that address. Rejects with EADDRINUSE where another program has it. */
export async function startWebServer(pages: Pick<Hono, 'fetch'>, port: number, host = '127.0.0.1'): Promise<WebServer> {
  const server = createServer(getRequestListener(pages.fetch))
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

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
