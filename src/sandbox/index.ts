import { type Clock, SandboxClock } from './clock.ts'
import { runReply } from './http/bot-api.ts'
import { listen, sandboxServer, stop } from './http/server.ts'
import { peopleRoutes } from './people/routes.ts'
import { createState } from './state.ts'
import { WebhookSender } from './updates/webhook.ts'
import { DEFAULT_BOT, type NewBot } from './world/accounts.ts'
import { World } from './world/world.ts'

export type { Clock } from './clock.ts'
export { nameIn, strangenessOf } from './http/own-address.ts'
export { createWebChat } from './web/index.ts'
export type { MonthPlay } from './web/month.ts'
export type { Seat, WebChatOptions } from './web/room.ts'
export { startWebChat } from './web/serve.ts'
export type { NewBot } from './world/accounts.ts'
export type { SeenMessage } from './world/showing.ts'
export { World } from './world/world.ts'

export interface SandboxOptions {
  /** 0 or nothing for any free port. */
  port?: number
  host?: string
  seed?: number
  /** Where the clock starts; the real time when left out. */
  now?: Date
  /** Time stands still between advances. */
  frozen?: boolean
  bots?: NewBot[]
  /** Answers 429 as Telegram does: 1 message/s a chat, 20 a minute a group, 30/s in all. */
  floodLimits?: boolean
  log?: (line: string) => void
}

export interface Sandbox {
  /** The `apiRoot` of bots, and the root of the people's side. */
  readonly url: string
  readonly world: World
  readonly clock: Clock
  /** The people's side as a web handler, for a server of one's own. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  close(): Promise<void>
}

/** Starts a Telegram of one's own. Rejects with `code: 'EADDRINUSE'` where the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new SandboxClock(options.now, options.frozen)
  const state = createState(clock, options.seed ?? 1)
  state.faults.flood.enabled = options.floodLimits ?? false
  const world = new World(state)
  for (const bot of options.bots ?? [DEFAULT_BOT]) world.addBot(bot)
  const { log } = options
  if (log) state.calls.listen((call) => log(`${call.method} ${call.ok ? 'ok' : call.error} ${call.ms} ms`))
  const webhooks = new WebhookSender(state, (bot, values) => runReply(state, bot, values))
  const people = peopleRoutes(world)
  const server = sandboxServer(state, people)
  const host = options.host ?? '127.0.0.1'
  const port = await listen(server, host, options.port ?? 0)
  state.baseUrl = `http://${host}:${port}`
  return {
    url: state.baseUrl,
    world,
    clock,
    fetch: (request) => people.fetch(request),
    async close() {
      clock.close()
      webhooks.close()
      await stop(server)
    },
  }
}
