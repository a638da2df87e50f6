import type { Bot, QueuedUpdate } from '../model.ts'
import type { State } from '../state.ts'
import { dropExpired } from './queue.ts'

const FIRST_RETRY = 1_000
const LAST_RETRY = 60_000
const PATIENCE = 60_000
const LONGEST_RETRY_AFTER = 3_600_000

/** Runs a method that a webhook's answer asks for. */
export type RunReply = (bot: Bot, values: Record<string, unknown>) => Promise<void>

interface Lane {
  failures: number
  busy: boolean
  /** Milliseconds of the sandbox's clock before which nothing is tried. */
  notBefore: number
}

/** Sends updates to webhooks: in order for each key, several keys at once, again and again until the update expires. */
export class WebhookSender {
  readonly #state: State
  readonly #runReply: RunReply
  readonly #lanes = new Map<Bot, Map<string, Lane>>()
  #closed = false

  constructor(state: State, runReply: RunReply) {
    this.#state = state
    this.#runReply = runReply
    state.signals.on('update', (bot: Bot) => this.pump(bot))
    state.clock.onAdvance(async () => {
      for (const bot of state.data.bots.values()) this.pump(bot)
    })
  }

  close(): void {
    this.#closed = true
  }

  /** Starts whatever may go out now. */
  pump(bot: Bot): void {
    const { webhook } = bot
    if (!webhook || this.#closed) return
    dropExpired(this.#state, bot)
    const lanes = this.#lanesOf(bot)
    // One moment for all: a lane that becomes free while this looks would let a later update overtake an earlier one.
    const now = this.#state.clock.milliseconds()
    let busy = [...lanes.values()].filter((lane) => lane.busy).length
    for (const queued of bot.updates) {
      if (busy >= webhook.maxConnections) return
      const lane = lanes.get(queued.key) ?? { failures: 0, busy: false, notBefore: 0 }
      if (lane.busy || lane.notBefore > now) continue
      lanes.set(queued.key, lane)
      lane.busy = true
      busy += 1
      void this.#deliver(bot, queued, lane)
    }
  }

  #lanesOf(bot: Bot): Map<string, Lane> {
    const known = this.#lanes.get(bot)
    if (known) return known
    const fresh = new Map<string, Lane>()
    this.#lanes.set(bot, fresh)
    return fresh
  }

  async #deliver(bot: Bot, queued: QueuedUpdate, lane: Lane): Promise<void> {
    const failure = await this.#post(bot, queued)
    lane.busy = false
    if (failure === undefined) {
      bot.updates = bot.updates.filter((each) => each !== queued)
      this.#lanesOf(bot).delete(queued.key)
      this.pump(bot)
      return
    }
    if (bot.webhook) {
      bot.webhook.lastErrorAt = this.#state.clock.seconds()
      bot.webhook.lastError = failure.message
    }
    const wait = failure.retryAfter ?? Math.min(FIRST_RETRY * 2 ** lane.failures, LAST_RETRY)
    lane.failures += 1
    lane.notBefore = this.#state.clock.milliseconds() + wait
    this.#state.clock.at(lane.notBefore, () => this.pump(bot))
  }

  /** Undefined on success. */
  async #post(bot: Bot, { update }: QueuedUpdate): Promise<{ message: string; retryAfter?: number } | undefined> {
    const { webhook } = bot
    if (!webhook) return { message: 'Webhook was deleted' }
    if (this.#state.faults.outage) return { message: 'Connection failed: outage' }
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret ? { 'x-telegram-bot-api-secret-token': webhook.secret } : {}),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(PATIENCE),
      })
      const text = await response.text()
      if (response.ok) {
        await this.#reply(bot, text)
        return undefined
      }
      const after = Number(response.headers.get('retry-after')) * 1000
      const message = `Wrong response from the webhook: ${response.status} ${response.statusText}`
      return after > 0 ? { message, retryAfter: Math.min(after, LONGEST_RETRY_AFTER) } : { message }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return { message: cause instanceof Error ? `Connection failed: ${cause.message}` : 'Connection failed' }
    }
  }

  /** The answer may itself be a call; its result is lost, as in Telegram. */
  async #reply(bot: Bot, text: string): Promise<void> {
    if (!text.startsWith('{')) return
    try {
      const values: unknown = JSON.parse(text)
      if (typeof values === 'object' && values !== null && 'method' in values) await this.#runReply(bot, { ...values })
    } catch {
      // Not a call: whatever else a bot answers is of no interest to Telegram.
    }
  }
}
