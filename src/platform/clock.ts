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

/** What the machine's wall clock shows, in milliseconds: for whoever looks whether it was set. */
export function wallTime(): number {
  return Date.now()
}
