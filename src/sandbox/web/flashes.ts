export interface Flash {
  text: string
  /** Must be put away by hand. */
  alert: boolean
}

const KEPT = 50

/** What to say once on the page that comes after a form, for browsers without script. */
export class Flashes {
  #last = 0
  readonly #waiting = new Map<string, Flash>()

  keep(flash: Flash): string {
    const id = String(++this.#last)
    this.#waiting.set(id, flash)
    const [oldest] = this.#waiting.keys()
    if (this.#waiting.size > KEPT && oldest) this.#waiting.delete(oldest)
    return id
  }

  take(id: string | undefined): Flash | null {
    const flash = id === undefined ? undefined : this.#waiting.get(id)
    if (id !== undefined) this.#waiting.delete(id)
    return flash ?? null
  }
}
