import type { Update } from '@grammyjs/types'
import type { Bot, UpdateType } from '../model.ts'
import type { State } from '../state.ts'

const DAY = 86_400_000

/** How long an update waits for its bot, on the sandbox's clock. */
const LIFETIMES: Partial<Record<UpdateType, number>> = {
  callback_query: 150_000,
  shipping_query: 150_000,
  pre_checkout_query: 150_000,
  inline_query: 30_000,
}

/** Types a bot gets only when it has asked for them by name. */
const ON_REQUEST: ReadonlySet<UpdateType> = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

type Payload = Omit<Update, 'update_id'>

/** Whether the bot's current `allowed_updates` let this type in. */
export function wants(bot: Bot, type: UpdateType): boolean {
  return bot.allowedUpdates ? bot.allowedUpdates.has(type) : !ON_REQUEST.has(type)
}

/** Queues an update if the bot wants its type, and wakes its poll or webhook. */
export function enqueue(state: State, bot: Bot, type: UpdateType, key: string, payload: Payload): void {
  if (!wants(bot, type) || bot.loggedOut) return
  const { faults } = state
  if (faults.reorderUpdates > 0) {
    faults.reorderUpdates -= 1
    overtake(state, bot, () => push(state, bot, type, key, payload))
    return
  }
  push(state, bot, type, key, payload)
}

function push(state: State, bot: Bot, type: UpdateType, key: string, payload: Payload): void {
  const { faults } = state
  const update: Update = { update_id: bot.nextUpdateId, ...payload }
  const queued = { update, key, expiresAt: state.clock.milliseconds() + (LIFETIMES[type] ?? DAY) }
  bot.nextUpdateId += 1
  bot.updates.push(queued)
  if (faults.duplicateUpdates > 0) {
    faults.duplicateUpdates -= 1
    bot.updates.push({ ...queued })
  }
  state.signals.emit(`bot:${bot.account.id}`)
  if (bot.webhook) state.signals.emit('update', bot)
}

/** Holds an update back until the next one has gone before it, or half a second if none comes. */
function overtake(state: State, bot: Bot, release: () => void): void {
  const event = `bot:${bot.account.id}`
  const go = (): void => {
    clearTimeout(timer)
    state.signals.off(event, go)
    release()
  }
  const timer = setTimeout(go, 500)
  timer.unref()
  state.signals.on(event, go)
}

/** Confirms everything below a positive offset; a negative one forgets all but the last `-offset` updates. */
export function confirm(bot: Bot, offset: number): void {
  if (offset < 0) bot.updates.splice(0, Math.max(0, bot.updates.length + offset))
  // An offset from beyond the end (of another life of the queue) confirms nothing, as on the official server.
  if (offset <= 0 || offset > bot.nextUpdateId) return
  const first = bot.updates.findIndex(({ update }) => update.update_id >= offset)
  bot.updates.splice(0, first < 0 ? bot.updates.length : first)
}

/** The oldest waiting updates, without those whose time is over. */
export function waiting(state: State, bot: Bot, limit: number): Update[] {
  dropExpired(state, bot)
  return bot.updates.slice(0, limit).map(({ update }) => update)
}

export function dropExpired(state: State, bot: Bot): void {
  const now = state.clock.milliseconds()
  if (bot.updates.some(({ expiresAt }) => expiresAt <= now)) {
    bot.updates = bot.updates.filter(({ expiresAt }) => expiresAt > now)
  }
}
