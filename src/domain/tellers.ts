import { fail, ok, type Result } from './result.ts'

/** Two confirm a count and two open a box, so a third stands in for one who is missing. */
export const fewestTellers = 3
export const mostTellers = 7
/** So many of the tally team confirm a count before it stands. */
export const confirmationsNeeded = 2

export interface TellerChoice {
  readonly candidates: readonly number[]
  /** Too few are left beside the paper (a whole branch is classified), so those on it may count; the record says so. */
  readonly onBallot: boolean
}

/**
 * Who may be in the tally team: official members who are not on the paper (190-QĐ/TW 2024, Art. 8, for elections; used for
 * every ballot). Fails with `tellers.tooFew` where a branch has not enough official members at all.
 */
export function tellersAmong(official: readonly number[], onPaper: ReadonlySet<number>): Result<TellerChoice> {
  const beside = official.filter((personId) => !onPaper.has(personId))
  if (beside.length >= fewestTellers) return ok({ candidates: beside, onBallot: false })
  if (official.length < fewestTellers) return fail('tellers.tooFew', { fewest: fewestTellers })
  return ok({ candidates: official, onBallot: true })
}
