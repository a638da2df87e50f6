import { monotonic } from './clock.ts'

/** The sign of life of a loop that must never end while the program runs. */
export interface Heartbeat {
  readonly name: string
  beat(): void
  /** The loop has ended, whatever the reason. */
  end(): void
  isAlive(): boolean
}

/** A loop counts as dead when it has ended, or gave no sign for so long. Times are real, in milliseconds. */
export function createHeartbeat(name: string, longestSilence: number, now: () => number = monotonic): Heartbeat {
  let last: number | null = now()
  return {
    name,
    beat: () => {
      last = now()
    },
    end: () => {
      last = null
    },
    isAlive: () => last !== null && now() - last <= longestSilence,
  }
}
