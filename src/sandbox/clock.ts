/** The sandbox's time. It runs on with real time between advances and never goes back. */
export interface Clock {
  now(): Date
  /** Called after each advance; `POST /people/clock` answers when all hooks are done. */
  onAdvance(hook: (now: Date) => Promise<void>): void
}

interface Alarm {
  at: number
  ring: () => void
  timer?: NodeJS.Timeout | undefined
}

/** setTimeout counts in 32 bits; a longer wait is taken in steps. */
const LONGEST_TIMER = 2_000_000_000

export class SandboxClock implements Clock {
  #offset: number
  readonly #stoppedAt: number | undefined
  readonly #hooks: ((now: Date) => Promise<void>)[] = []
  readonly #alarms = new Set<Alarm>()

  /** With `frozen` time stands still between advances, so that two runs show the same moments. */
  constructor(start?: Date, frozen = false) {
    this.#stoppedAt = frozen ? (start?.getTime() ?? Date.now()) : undefined
    this.#offset = start && !frozen ? start.getTime() - Date.now() : 0
  }

  milliseconds(): number {
    return (this.#stoppedAt ?? Date.now()) + this.#offset
  }

  /** Unix time in whole seconds, as Telegram counts. */
  seconds(): number {
    return Math.floor(this.milliseconds() / 1000)
  }

  now(): Date {
    return new Date(this.milliseconds())
  }

  onAdvance(hook: (now: Date) => Promise<void>): void {
    this.#hooks.push(hook)
  }

  /** Rings at that moment of this clock, by real time or by an advance. Returns a way to call it off. */
  at(milliseconds: number, ring: () => void): () => void {
    const alarm: Alarm = { at: milliseconds, ring }
    this.#alarms.add(alarm)
    this.#arm(alarm)
    return () => this.#disarm(alarm)
  }

  /** Moves to `milliseconds`; an earlier moment is refused with false. Alarms ring on the way, each at its time; then hooks. */
  async moveTo(milliseconds: number): Promise<boolean> {
    if (milliseconds < this.milliseconds()) return false
    for (let next = this.#nextDue(milliseconds); next; next = this.#nextDue(milliseconds)) {
      this.#jump(next.at)
      this.#ring(next)
    }
    this.#jump(milliseconds)
    for (const alarm of this.#alarms) this.#arm(alarm)
    const now = this.now()
    // One after another: a hook may rely on what an earlier one has done.
    for (const hook of this.#hooks) await hook(now)
    return true
  }

  close(): void {
    for (const alarm of [...this.#alarms]) this.#disarm(alarm)
  }

  #jump(milliseconds: number): void {
    this.#offset += Math.max(0, milliseconds - this.milliseconds())
  }

  #nextDue(until: number): Alarm | undefined {
    let next: Alarm | undefined
    for (const alarm of this.#alarms) {
      if (alarm.at <= until && (next === undefined || alarm.at < next.at)) next = alarm
    }
    return next
  }

  #ring(alarm: Alarm): void {
    this.#disarm(alarm)
    alarm.ring()
  }

  #arm(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    if (this.#stoppedAt !== undefined) return
    const wait = Math.min(Math.max(alarm.at - this.milliseconds(), 0), LONGEST_TIMER)
    alarm.timer = setTimeout(() => (alarm.at <= this.milliseconds() ? this.#ring(alarm) : this.#arm(alarm)), wait)
    alarm.timer.unref()
  }

  #disarm(alarm: Alarm): void {
    clearTimeout(alarm.timer)
    this.#alarms.delete(alarm)
  }
}
