import type { ServerResponse } from 'node:http'
import { ApiError } from './errors.ts'
import { FloodGate } from './flood.ts'

/** How a call goes wrong: answered with a code, cut off before or after it was carried out, or carried out and never answered. */
export type Failure = 429 | 500 | 'dropBefore' | 'dropAfter' | 'hang'

export interface PlannedFailure {
  /** Lower case; '*' for any method but getUpdates. */
  method: string
  chat?: number | undefined
  times: number
  with: Failure
  retryAfter: number
}

/** Everything that can be made to go wrong, for tests and for practice. */
export class Faults {
  readonly flood = new FloodGate()
  planned: PlannedFailure[] = []
  /** Milliseconds before each answer. */
  latency = 0
  /** Nothing is answered, as when Telegram cannot be reached. */
  outage = false
  /** So many of the next updates come twice, with one id. */
  duplicateUpdates = 0
  /** So many of the next updates change places with the one that follows. */
  reorderUpdates = 0
  /** So many of the next presses reach the bot twice, as two queries. */
  doublePresses = 0
  /** Calls under way. */
  readonly open = new Set<ServerResponse>()

  /** Whether anything at all is out of order; the usual answer is no. */
  get isQuiet(): boolean {
    return this.planned.length === 0 && this.latency === 0 && !this.outage
  }

  clear(): void {
    this.planned = []
    this.latency = 0
    this.outage = false
    this.duplicateUpdates = 0
    this.reorderUpdates = 0
    this.doublePresses = 0
    this.flood.enabled = false
  }

  /** Begins or ends an outage; at its beginning open calls are cut off. */
  setOutage(on: boolean): void {
    this.outage = on
    if (on) for (const response of this.open) response.destroy()
  }

  /** The failure planned for this call, counted off. */
  next(method: string, chat: string): PlannedFailure | undefined {
    const name = method.toLowerCase()
    const found = this.planned.find(
      (plan) =>
        (plan.method === name || (plan.method === '*' && name !== 'getupdates')) &&
        (plan.chat === undefined || String(plan.chat) === chat),
    )
    if (!found) return undefined
    found.times -= 1
    if (found.times <= 0) this.planned = this.planned.filter((plan) => plan !== found)
    return found
  }
}

export function failureAnswer({ with: kind, retryAfter }: PlannedFailure): ApiError {
  return kind === 429 ? tooManyRequests(retryAfter) : new ApiError(500, 'Internal Server Error')
}

export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
