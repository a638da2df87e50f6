/** One Bot API call as the log shows it. */
export interface LoggedCall {
  n: number
  at: string
  bot: string
  method: string
  params: Record<string, unknown>
  ok: boolean
  result?: unknown
  error?: string
  code?: number
  ms: number
  /** Parameters that nothing looked at: misspelt, or not supported by the sandbox. */
  unknown?: string[]
}

/** How many calls stay readable. */
const KEPT = 5_000

/** The last calls, numbered from 1. */
export class CallLog {
  #last = 0
  readonly #ring: LoggedCall[] = []
  readonly #listeners = new Set<(call: LoggedCall) => void>()

  add(call: Omit<LoggedCall, 'n'>): void {
    this.#last += 1
    const logged = { n: this.#last, ...call }
    this.#ring[this.#last % KEPT] = logged
    for (const listener of this.#listeners) listener(logged)
  }

  /** Calls with a number above `after`, oldest first; the oldest ones are forgotten in time. */
  after(after: number): LoggedCall[] {
    const calls: LoggedCall[] = []
    for (let n = Math.max(after + 1, this.#last - KEPT + 1, 1); n <= this.#last; n++) {
      const call = this.#ring[n % KEPT]
      if (call) calls.push(call)
    }
    return calls
  }

  /** Tells of each call as it ends. Returns a way to stop listening. */
  listen(listener: (call: LoggedCall) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
