import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

export interface WebServer {
  readonly port: number
  close(): Promise<void>
}

/** Serves the pages on that port of this machine. Rejects with EADDRINUSE where another program has it. */
export async function startWebServer(pages: Hono, port: number): Promise<WebServer> {
  const server = createServer(getRequestListener(pages.fetch))
  await listen(server, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
