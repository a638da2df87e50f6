import { timingSafeEqual } from 'node:crypto'

/** Whether two words are the same; the time it takes says nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
