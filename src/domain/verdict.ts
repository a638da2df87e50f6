import type { VotePack } from './packs/schema.ts'
import { fail, ok, type Result } from './result.ts'

/** What the ballots say, whether they came from the app, from a box or from hands. */
export interface BallotCounts {
  /** Slips handed out; in the app everybody on the roll has one. */
  readonly issued: number
  readonly returned: number
  readonly invalid: number
  /** Of those who count only by voting, how many did. */
  readonly joined: number
  /** For each question the votes for each of its options, in their order. What is missing to the valid ballots is blank. */
  readonly questions: readonly (readonly number[])[]
}

/** The frozen roll in numbers. */
export interface RollCounts {
  readonly voters: number
  /** In the base whether they vote or not: voters, and those who were absent without being let off. */
  readonly always: number
  /** In the base once they vote. */
  readonly whenVoting: number
}

export type Outcome = 'carried' | 'tie' | 'undecided' | 'noQuorum'

export interface QuestionVerdict {
  readonly counts: readonly number[]
  readonly blank: number
  readonly outcome: Outcome
  /** The option that carried. */
  readonly carried: number | null
}

/** A count with every number that it is measured by. */
export interface Verdict {
  readonly issued: number
  readonly voted: number
  readonly valid: number
  readonly invalid: number
  /** The members the vote is measured by. */
  readonly base: number
  readonly quorumNeeded: number
  readonly quorum: boolean
  /** What the majority is a share of: the base, or the ballots returned where the pack says so. */
  readonly majorityBase: number
  /** The fewest votes that carry. */
  readonly majorityNeeded: number
  readonly questions: readonly QuestionVerdict[]
}

/**
 * Whether the numbers can be those of one ballot: valid + invalid = returned ≤ issued ≤ roll, and in each question the votes
 * with the blanks make the valid ones (HD on tally records: phiếu phát ra, thu về, hợp lệ, không hợp lệ). Fails with
 * `count.*`, naming the numbers.
 */
export function checkCounts(counts: BallotCounts, roll: RollCounts): Result<true> {
  const { issued, returned, invalid, joined, questions } = counts
  if (issued > roll.voters) return fail('count.issuedOverRoll', { issued, roll: roll.voters })
  if (returned > issued) return fail('count.returnedOverIssued', { returned, issued })
  if (invalid > returned) return fail('count.invalidOverReturned', { invalid, returned })
  if (joined > Math.min(roll.whenVoting, returned)) {
    return fail('count.joinedOverRoll', { joined, most: Math.min(roll.whenVoting, returned) })
  }
  const valid = returned - invalid
  const over = questions.findIndex((votes) => sum(votes) > valid)
  if (over >= 0) {
    return fail('count.votesOverValid', { question: over + 1, votes: sum(questions[over] ?? []), valid })
  }
  return ok(true)
}

/**
 * The verdict on a count that {@link checkCounts} has passed. An option carries with strictly more than the pack's share
 * (Charter Art. 9: more than half of the members, not of the votes); nothing carries without a quorum or on an empty base.
 */
export function verdictOf(pack: VotePack, roll: RollCounts, counts: BallotCounts): Verdict {
  const base = roll.always + counts.joined
  const voted = counts.returned
  const majorityBase = pack.majority.of === 'members' ? base : voted
  const majorityNeeded = Math.floor((majorityBase * pack.majority.numerator) / pack.majority.denominator) + 1
  const quorumNeeded = Math.ceil((base * pack.quorum.numerator) / pack.quorum.denominator)
  const quorum = base > 0 && voted >= quorumNeeded
  const valid = voted - counts.invalid
  return {
    issued: counts.issued,
    voted,
    valid,
    invalid: counts.invalid,
    base,
    quorumNeeded,
    quorum,
    majorityBase,
    majorityNeeded,
    questions: counts.questions.map((votes) => judge(votes, valid - sum(votes), quorum, majorityNeeded)),
  }
}

/**
 * The options that a second round would ask again: those that share the most votes, or the leading one with all that share
 * the second place. Empty where something carried, where the vote has no quorum and is held again whole, and where only
 * one option has votes at all.
 */
export function secondRoundOf({ counts, outcome }: QuestionVerdict): number[] {
  if (outcome === 'carried' || outcome === 'noQuorum') return []
  const [most = 0, second = 0] = counts.toSorted((a, b) => b - a)
  if (second === 0) return []
  return indicesOf(counts, (count) => count === most || (outcome === 'undecided' && count === second))
}

function judge(counts: readonly number[], blank: number, quorum: boolean, needed: number): QuestionVerdict {
  const most = Math.max(0, ...counts)
  const leading = indicesOf(counts, (count) => count === most)
  const outcome = (): Outcome => {
    if (!quorum) return 'noQuorum'
    if (most > 0 && leading.length > 1) return 'tie'
    return most >= needed ? 'carried' : 'undecided'
  }
  const reached = outcome()
  return { counts, blank, outcome: reached, carried: reached === 'carried' ? (leading[0] ?? null) : null }
}

function indicesOf(counts: readonly number[], isWanted: (count: number) => boolean): number[] {
  return counts.flatMap((count, index) => (isWanted(count) ? [index] : []))
}

function sum(votes: readonly number[]): number {
  return votes.reduce((total, count) => total + count, 0)
}
