import { createHmac, randomBytes } from 'node:crypto'
import { isSame } from './is-same.ts'

/** A leave is good for this many milliseconds. */
const longestLeave = 60_000

/**
 * Leaves to ask for one thing once. They are made and counted by this process alone: another process, or this one after a restart,
 * knows none of them, and the age is taken from a clock that nobody can set. A leave opens nothing by itself; whoever uses it also
 * proves that the bot's token is known, so only what was proven has to be remembered.
 */
export class Leaves {
  readonly #key = randomBytes(32)
  readonly #used = new Map<string, number>()
  readonly #now: () => number

  /** `now` in milliseconds, never going back. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  give(): string {
    const begin = `${Math.floor(this.#now())}.${randomBytes(16).toString('hex')}`
    return `${begin}.${this.#signed(begin)}`
  }

  /** Whether the leave is one of ours, young enough and not used yet; from now on it is used. */
  use(leave: string): boolean {
    const [made = '', random = '', signature = ''] = leave.split('.')
    const [begin, ends] = [`${made}.${random}`, Number(made) + longestLeave]
    if (!isSame(signature, this.#signed(begin)) || this.#now() > ends || this.#used.has(begin)) return false
    for (const [old, end] of this.#used) if (end < this.#now()) this.#used.delete(old)
    this.#used.set(begin, ends)
    return true
  }

  #signed(begin: string): string {
    return createHmac('sha256', this.#key).update(begin).digest('hex')
  }
}
