/** Where the product reads the time. The embedded sandbox gives one that can be moved forward. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/**
 * Milliseconds since some moment of this process: for whatever measures a span (pace, leases, heartbeats, pauses). The wall
 * clock tells the day, and may be set back or forward at any time; this one only goes on.
 */
export function monotonic(): number {
  return performance.now()
}

const minute = 60_000
/** A timer that fired a moment early must not fire for the same minute again. */
const early = 500

/** Milliseconds until the next full minute of the wall clock: never more than a minute and a moment, however it is set. */
export function untilNextMinute(now = Date.now()): number {
  const left = minute - (((now % minute) + minute) % minute)
  return left < early ? left + minute : left
}
