import { createHash } from 'node:crypto'

/** A row of the audit as it goes into a seal: moments in milliseconds, ids only. */
export interface ChainedRow {
  readonly id: number
  readonly at: number
  readonly action: string
  readonly wardId: number | null
  readonly actorPersonId: number | null
  readonly actorAccountId: bigint | null
  readonly subject: unknown
}

/** What the first seal holds in place of the one before it. */
export const chainStart = '0'.repeat(64)

/**
 * A seal's hash in the making: over its number and minute, the seal before it, and its rows in the order of their ids, given one
 * after another, so that a seal of a million rows takes no more memory than one of ten.
 */
export class SealInMaking {
  readonly #hash
  constructor(previous: string, seal: { readonly number: number; readonly minute: number }) {
    this.#hash = createHash('sha256').update(JSON.stringify([previous, seal.number, seal.minute]))
  }

  /** The row with the next higher id. */
  add({ id, at, action, wardId, actorPersonId, actorAccountId, subject }: ChainedRow): void {
    const fields = [id, at, action, wardId, actorPersonId, actorAccountId?.toString() ?? null, inOrder(subject)]
    this.#hash.update(JSON.stringify(fields))
  }

  /** In hexadecimal digits; nothing can be added after it. */
  hash(): string {
    return this.#hash.digest('hex')
  }
}

/** The hash over a seal's number and minute, the seal before it, and its rows in the order of their ids. */
export function sealHash(
  previous: string,
  seal: { readonly number: number; readonly minute: number },
  rows: readonly ChainedRow[],
): string {
  const making = new SealInMaking(previous, seal)
  for (const row of [...rows].sort((a, b) => a.id - b.id)) making.add(row)
  return making.hash()
}

/** Rows of completed minutes by their minute, the oldest first. */
export function byMinute<T extends { readonly at: Date }>(rows: readonly T[]): { minute: Date; rows: T[] }[] {
  const minutes = Map.groupBy(rows, ({ at }) => minuteOf(at).getTime())
  return [...minutes.entries()]
    .sort(([a], [b]) => a - b)
    .map(([minute, those]) => ({ minute: new Date(minute), rows: those }))
}

/** The beginning of the minute in which that moment lies. */
export function minuteOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000)
}

/** A database keeps the fields of a value in an order of its own, which a later release may change. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}
