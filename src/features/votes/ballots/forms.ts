import type { BallotKind } from '../../../domain/ballots.ts'

/** The forms in which a ballot that is not by name can be held. */
export const ballotForms = ['secret', 'paper'] as const satisfies readonly BallotKind[]
export type BallotForm = (typeof ballotForms)[number]

/** A ballot with more options than levels would not fit a slip, nor the buttons of a sealed one. */
export const mostBallotOptions = 4
