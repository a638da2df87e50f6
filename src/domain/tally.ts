import type { Voter } from './eligibility.ts'
import type { BallotCounts, RollCounts } from './verdict.ts'

/** A choice as it was made; of one person's on one question the last counts. */
export interface Choice {
  readonly personId: number
  readonly question: number
  readonly option: number
}

/** The roll in numbers; `absentInBase` of those left out are absent without being let off, and counted all the same. */
export function rollCounts(voters: readonly Voter[], absentInBase: number): RollCounts {
  const always = voters.filter(({ counts }) => counts === 'always').length
  return { voters: voters.length, always: always + absentInBase, whenVoting: voters.length - always }
}

/**
 * Counts the choices of an open vote, given in the order they were made; `options` is the number of options of each
 * question. Choices of people off the roll, or for what was not asked, count nowhere. Whoever has answered one question has
 * voted: the others are blank on their ballot.
 */
export function countChoices(
  voters: readonly Voter[],
  options: readonly number[],
  choices: readonly Choice[],
): BallotCounts {
  const onRoll = new Map(voters.map((voter) => [voter.personId, voter.counts]))
  const last = options.map(() => new Map<number, number>())
  for (const { personId, question, option } of choices) {
    const isKnown = onRoll.has(personId) && option >= 0 && option < (options[question] ?? 0)
    if (isKnown) last[question]?.set(personId, option)
  }
  const voted = new Set(last.flatMap((answers) => [...answers.keys()]))
  return {
    issued: onRoll.size,
    returned: voted.size,
    invalid: 0,
    joined: [...voted].filter((personId) => onRoll.get(personId) === 'whenVoting').length,
    questions: last.map((answers, question) => {
      const counts = Array.from({ length: options[question] ?? 0 }, () => 0)
      for (const option of answers.values()) counts[option] = (counts[option] ?? 0) + 1
      return counts
    }),
  }
}
