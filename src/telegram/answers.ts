import { createHash } from 'node:crypto'
import { z } from 'zod'

/** One answer that an update got: what it said, as a digest, and its number in the chat where it has one by now. */
export interface GivenAnswer {
  mark: string
  messageId: number | null
}

/** Noted when an update's window was used up, by an answer or by an apology. */
export const windowMark = 'window'

const shape = z.array(z.object({ mark: z.string(), messageId: z.number().nullable() }))

/**
 * What an update has been answered with. Handled again because something failed after an answer, it does not say the same once
 * more. Noted beside the update when its handling fails; a process that dies before that may double an answer.
 */
export class Answers {
  /** Of earlier tries, and not met again in this one. */
  readonly #earlier: GivenAnswer[]
  readonly #given: GivenAnswer[] = []
  readonly #counts = new Map<string, number>()

  constructor(stored: unknown = []) {
    const read = shape.safeParse(stored)
    this.#earlier = read.success ? [...read.data] : []
  }

  /** The same answer of an earlier try, which counts as given from now on; null where it must be given now. */
  again(mark: string): GivenAnswer | null {
    const at = this.#earlier.findIndex((one) => one.mark === mark)
    const [found] = at === -1 ? [] : this.#earlier.splice(at, 1)
    if (found) this.#given.push(found)
    return found ?? null
  }

  note(mark: string, messageId: number | null): void {
    this.#given.push({ mark, messageId })
  }

  /** How many answers of that mark there were before in this try: with the mark it names an answer, in every try the same. */
  nth(mark: string): number {
    const count = this.#counts.get(mark) ?? 0
    this.#counts.set(mark, count + 1)
    return count
  }

  /** Everything given so far, in all tries. */
  all(): GivenAnswer[] {
    return [...this.#given, ...this.#earlier]
  }
}

/** What an answer says, and where, in 22 characters that do not tell it. */
export function markOf(chatId: number, content: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([chatId, content]))
    .digest('base64url')
    .slice(0, 22)
}
