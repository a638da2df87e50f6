import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Log } from '../platform/log.ts'
import { isShutOut } from './failures.ts'
import type { Budget } from './pace.ts'

/** What the program knows of its way to Telegram as a whole, beside what became of each call. */
export interface Line {
  /** Whether Telegram answers at all, asked now. What broke while it does not, broke for everybody. */
  answers(): Promise<boolean>
  stop(): void
}

export interface LineEvents {
  /** Telegram lets the bot do nothing any more, with what it said; said once until {@link letIn}. */
  shutOut(reason: string): void
  letIn(): void
}

const firstPause = 1000
const longestPause = 60_000

/**
 * Watches every call. Once Telegram refuses the bot as a whole (a revoked token) nothing is tried any more: the budget is shut, so
 * that answers become deliveries, deliveries wait, and what is stored waits to be handled. It is asked at growing pauses
 * whether it takes the bot again, and then everything goes on by itself.
 */
export function createLine(api: Api, budget: Budget, log: Log, events: LineEvents): Line {
  const stopping = new AbortController()
  let asking: Promise<boolean> | null = null

  const shut = (reason: string) => {
    if (budget.isShut) return
    budget.isShut = true
    log.error({ reason }, 'Telegram refuses the bot: everything waits')
    events.shutOut(reason)
    void probe()
  }

  const probe = async () => {
    for (let pause = firstPause; !stopping.signal.aborted; pause = Math.min(longestPause, pause * 2)) {
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted || !(await line.answers())) continue
      budget.isShut = false
      log.warn('Telegram takes the bot again')
      events.letIn()
      return
    }
  }

  api.config.use(async (previous, method, payload, signal) => {
    const answer = await previous(method, payload, signal)
    if (!answer.ok && isShutOut(answer)) shut(answer.description)
    return answer
  })

  const line: Line = {
    answers: () => {
      asking ??= api
        .getMe()
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          asking = null
        })
      return asking
    },
    stop: () => stopping.abort(),
  }
  return line
}
