/** Where the product reads the time. The embedded sandbox gives one that can be moved forward. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
