import type { Update } from '@grammyjs/types'
import { ApiError } from '../errors.ts'
import type { Bot } from '../model.ts'
import type { State } from '../state.ts'
import { waiting } from './queue.ts'

const OTHER_POLL = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const OTHER_WEBHOOK = 'Conflict: terminated by setWebhook request'

/** The one open long poll of each bot, by bot id: how to end it early. */
const openPolls = new WeakMap<State, Map<number, (error: ApiError) => void>>()

function polls(state: State): Map<number, (error: ApiError) => void> {
  const known = openPolls.get(state)
  if (known) return known
  const fresh = new Map<number, (error: ApiError) => void>()
  openPolls.set(state, fresh)
  return fresh
}

/** A newer poll, or a webhook, takes the updates over from the open poll. */
export function endOpenPoll(state: State, bot: Bot, by: 'getUpdates' | 'setWebhook'): void {
  polls(state).get(bot.account.id)?.(new ApiError(409, by === 'getUpdates' ? OTHER_POLL : OTHER_WEBHOOK))
}

/** Waits up to `seconds` (real time) for the first update. `signal` ends the wait when the client has gone. */
export function longPoll(
  state: State,
  bot: Bot,
  limit: number,
  seconds: number,
  signal: AbortSignal,
): Promise<Update[]> {
  return new Promise((resolve, reject) => {
    const event = `bot:${bot.account.id}`
    const finish = (): void => {
      clearTimeout(timer)
      state.signals.off(event, onUpdate)
      signal.removeEventListener('abort', onTimeout)
      if (polls(state).get(bot.account.id) === onConflict) polls(state).delete(bot.account.id)
    }
    const onTimeout = (): void => {
      finish()
      resolve([])
    }
    const onConflict = (error: ApiError): void => {
      finish()
      reject(error)
    }
    const onUpdate = (): void => {
      finish()
      // Updates born in the same breath go out together.
      setImmediate(() => resolve(waiting(state, bot, limit)))
    }
    const timer = setTimeout(onTimeout, seconds * 1000)
    timer.unref()
    state.signals.on(event, onUpdate)
    signal.addEventListener('abort', onTimeout)
    polls(state).set(bot.account.id, onConflict)
  })
}
