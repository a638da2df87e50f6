import type { Voter } from './eligibility.ts'
import type { VotePack } from './packs/schema.ts'

/** A choice as it was made; of one person's the last counts. */
export interface Choice {
  readonly personId: number
  readonly option: string
}

export interface OptionCount {
  readonly option: string
  /** Votes for the option: the numerator. */
  readonly count: number
  readonly majority: boolean
}

export interface Tally {
  readonly options: readonly OptionCount[]
  readonly voted: number
  /** The number the majority is measured by: those always counted and those counted because they voted. */
  readonly base: number
  /** The fewest votes that carry. */
  readonly majorityNeeded: number
  readonly quorumNeeded: number
  readonly quorum: boolean
}

/**
 * Counts an open vote. `choices` stand in the order they were made; those of people off the roll or for unknown options
 * count nowhere. An option carries with strictly more than the pack's share of the base (Charter Art. 9: more than half
 * of the members, not of the votes). An empty base carries nothing.
 */
export function tally(
  pack: VotePack,
  roll: readonly Voter[],
  options: readonly string[],
  choices: readonly Choice[],
): Tally {
  const onRoll = new Map(roll.map((voter) => [voter.personId, voter.counts]))
  const known = new Set(options)
  const last = new Map<number, string>()
  for (const { personId, option } of choices) {
    if (onRoll.has(personId) && known.has(option)) last.set(personId, option)
  }
  const base = [...onRoll].filter(([personId, counts]) => counts === 'always' || last.has(personId)).length
  const votes = [...last.values()]
  const majorityNeeded = Math.floor((base * pack.majority.numerator) / pack.majority.denominator) + 1
  const quorumNeeded = Math.ceil((base * pack.quorum.numerator) / pack.quorum.denominator)
  return {
    options: options.map((option) => {
      const count = votes.filter((vote) => vote === option).length
      return { option, count, majority: count >= majorityNeeded }
    }),
    voted: last.size,
    base,
    majorityNeeded,
    quorumNeeded,
    quorum: base > 0 && last.size >= quorumNeeded,
  }
}
