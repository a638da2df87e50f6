import { toUtcMidnight } from '../../domain/dates.ts'

/** The rows whose days hold that one; `to` is the last day that counts. */
export function holdingOn(on: Temporal.PlainDate) {
  const day = toUtcMidnight(on)
  return { from: { lte: day }, OR: [{ to: null }, { to: { gte: day } }] }
}
