import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

export interface Forwarder {
  readonly url: string
  /** Where requests go, in turn. */
  targets: string[]
  /** Answers every request so, as a Bot API server does, and passes nothing on. */
  refusal: { code: number; description: string } | null
  /** How many requests have come. */
  readonly count: number
  /** Holds the next request whose path ends so, before anything of it is passed on. */
  hold(pathEnd: string): { arrived: Promise<void>; letGo(): void }
  close(): Promise<void>
}

interface Held {
  pathEnd: string
  arrived: PromiseWithResolvers<void>
  gone: PromiseWithResolvers<void>
}

/** Nobody was there to take it: a program that dies every few seconds would else be left alone for a minute and more. */
const soon = { 'retry-after': '1' }

/** Stands before equal servers and passes requests on to them in turn, on a port that is free or the given one. */
export async function startForwarder(ownPort = 0): Promise<Forwarder> {
  const holds: Held[] = []
  let turn = 0
  const forwarder: { -readonly [K in 'targets' | 'refusal' | 'count']: Forwarder[K] } = {
    targets: [],
    refusal: null,
    count: 0,
  }

  const pass = async (incoming: IncomingMessage, response: ServerResponse) => {
    const path = incoming.url ?? '/'
    forwarder.count += 1
    if (forwarder.refusal) {
      const { code, description } = forwarder.refusal
      response.writeHead(code, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ ok: false, error_code: code, description }))
    }
    const held = holds.find(({ pathEnd }) => path.endsWith(pathEnd))
    if (held) {
      holds.splice(holds.indexOf(held), 1)
      held.arrived.resolve()
      await held.gone.promise
    }
    const target = forwarder.targets[turn++ % Math.max(1, forwarder.targets.length)]
    if (target === undefined || response.destroyed) return response.writeHead(503, soon).end()
    const { method, headers } = incoming
    const outgoing = request(new URL(path, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.on('error', () => response.destroy())
      answer.pipe(response)
    })
    outgoing.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502, soon).end()))
    response.on('close', () => outgoing.destroy())
    incoming.pipe(outgoing)
  }

  const server = createServer((incoming, response) => void pass(incoming, response))
  // A connection that is given up just when the next call takes it would break that call.
  server.keepAliveTimeout = 60_000
  server.listen(ownPort, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(forwarder, {
    url: `http://127.0.0.1:${port}`,
    hold: (pathEnd: string) => {
      const held: Held = { pathEnd, arrived: Promise.withResolvers(), gone: Promise.withResolvers() }
      holds.push(held)
      return { arrived: held.arrived.promise, letGo: () => held.gone.resolve() }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  })
}
