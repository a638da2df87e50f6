import { may } from '../../domain/access.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { secondRoundOf } from '../../domain/verdict.ts'
import type { Context } from '../../platform/context.ts'
import { type RecordView, readResult } from './record-view.ts'
import { findVote, type VoteView } from './vote-view.ts'

export interface NextRound {
  vote: VoteView
  questions: { text: string; personId: number | null; options: { text: string; level: Level | null }[] }[]
}

/**
 * What a second round would ask: of each question that nothing carried, the leading options; all of every question where
 * the vote had no quorum. Fails with `votes.nothingToRepeat`.
 */
export async function questionsOfNextRound(ctx: Context, voteId: number): Promise<Result<NextRound>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.open', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  const result = vote.state === 'published' ? await readResult(ctx.db, voteId) : null
  const questions = result ? undecided(result) : []
  return questions.length > 0 ? ok({ vote, questions }) : fail('votes.nothingToRepeat')
}

/** The questions of a result that are still open, each with the options that are left. */
export function undecided(result: RecordView): NextRound['questions'] {
  return result.questions.flatMap((question) => {
    const { text, personId, options, levels, outcome } = question
    const left = outcome === 'noQuorum' ? options.map((_, index) => index) : secondRoundOf(question)
    const again = left.map((index) => ({ text: options[index] ?? '', level: levels[index] ?? null }))
    return again.length > 0 ? [{ text, personId, options: again }] : []
  })
}
