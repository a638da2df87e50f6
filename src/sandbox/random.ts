/** A reproducible stream of numbers: the state is one integer, so that a snapshot can carry it on. */
export interface Random {
  state: number
}

/** The next number in [0, 1) (mulberry32: short, fast, good enough for ids). */
export function nextRandom(random: Random): number {
  random.state = (random.state + 0x6d2b79f5) | 0
  let t = Math.imul(random.state ^ (random.state >>> 15), 1 | random.state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** A whole number in [from, to]. */
export function randomInteger(random: Random, from: number, to: number): number {
  return from + Math.floor(nextRandom(random) * (to - from + 1))
}
