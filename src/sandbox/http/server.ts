import { createServer, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { answerBotApi, answerDownload } from './bot-api.ts'
import { strangenessOf } from './own-address.ts'

/**
 * One port for both sides. The Bot API is answered on bare node:http, which is where the speed is; everything else goes
 * to the people's side. There anybody can be anybody, so it answers to this machine's own names and to no page of another address;
 * a bot shows its token, and comes by whatever name.
 */
export function sandboxServer(state: State, people: Hono): Server {
  const answerPeople = getRequestListener(people.fetch, { overrideGlobalObjects: false })
  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/bot')) void answerBotApi(state, request, response)
    else if (url.startsWith('/file/bot')) answerDownload(state, request, response)
    else {
      const strange = strangenessOf(request)
      if (strange === null) void answerPeople(request, response)
      else refuse(response, strange)
    }
  })
}

function refuse(response: ServerResponse, strange: 'host' | 'origin'): void {
  const error = strange === 'host' ? texts.strangeHost : texts.strangeOrigin
  response.writeHead(strange === 'host' ? 421 : 403, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ ok: false, error, code: `${strange}.strange` }))
}

/** Resolves with the port; rejects with Node's error (its `code` is EADDRINUSE where the port is taken). */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Ends all connections, long polls too: whoever waits sees a closed connection. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
