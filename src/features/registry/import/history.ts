import type { Day } from './rows.ts'

/** Days that belong together; both ends belong to them. */
interface Span {
  from: Day
  to: Day | null
}

/** Facts that hold from a day to a day for the person with that number, as the register will have them. */
export type Held<F> = F &
  Span & {
    /** Null while it is not in the register. */
    id: number | null
    number: string
    /** The row of its own sheet that speaks of it, if one does. */
    row: number | null
    changed: boolean
  }

/** The stretches of one sort of everybody in the register, and what a workbook makes of them. */
export class History<F> {
  readonly #byNumber = new Map<string, Held<F>[]>()

  /** Each stretch is copied: the register stays as it was read. */
  constructor(kept: readonly (F & Span & { id: number; number: string })[]) {
    for (const one of kept) this.#put({ ...one, row: null, changed: false })
  }

  /** The person's stretches, in the order of their days. */
  of(number: string): readonly Held<F>[] {
    return this.#byNumber.get(number) ?? []
  }

  /** Begins a stretch that the register does not hold yet. */
  add(begun: F & Span & { number: string }, row: number | null = null): Held<F> {
    return this.#put({ ...begun, id: null, row, changed: false })
  }

  change(held: Held<F>, facts: Partial<F> & Partial<Span>): void {
    Object.assign(held, facts, { changed: true })
  }

  get all(): Held<F>[] {
    return [...this.#byNumber.values()].flat()
  }

  get new(): Held<F>[] {
    return this.all.filter(({ id }) => id === null)
  }

  get changed(): (Held<F> & { id: number })[] {
    return this.all.flatMap((held) => (held.changed && held.id !== null ? [{ ...held, id: held.id }] : []))
  }

  #put(held: Held<F>): Held<F> {
    const before = this.#byNumber.get(held.number) ?? []
    this.#byNumber.set(
      held.number,
      [...before, held].sort((a, b) => a.from.localeCompare(b.from)),
    )
    return held
  }
}

/** Whether two stretches share a day. One that ends before it begins never held. */
export function sharesDay(a: Span, b: Span): boolean {
  return hasHeld(a) && hasHeld(b) && (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to)
}

export function hasHeld({ from, to }: Span): boolean {
  return to === null || to >= from
}
