import { may } from '../../domain/access.ts'
import { compareNames } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findVote, type VoteView } from './vote-view.ts'

export interface NamedList {
  vote: VoteView
  questions: {
    text: string
    options: { text: string; voters: { name: string; entered: boolean }[] }[]
    silent: string[]
  }[]
}

/** Who chose what, for the branch, once the vote is closed: it is a named vote, but nobody is to be swayed by it. */
export async function whoChoseWhat(ctx: Context, voteId: number): Promise<Result<NamedList>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.view', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  if (vote.kind !== 'open' || vote.byHand) return fail('votes.noNames')
  if (vote.state !== 'published') return fail('votes.namesAfterClosing')
  await ctx.auditRead('vote.namesViewed', { vote: voteId }, vote.wardId)
  const roll = await ctx.db.voteRoll.findMany({
    where: { voteId },
    select: { person: { select: { fullName: true } }, choices: true },
  })
  const byName = roll.sort((a, b) => compareNames(a.person.fullName, b.person.fullName))
  return ok({
    vote,
    questions: vote.questions.map(({ text, options }, question) => {
      const answered = byName.map(({ person, choices }) => ({
        name: person.fullName,
        choice: choices.find((one) => one.question === question) ?? null,
      }))
      return {
        text,
        options: options.map((option, index) => ({
          text: option,
          voters: answered.flatMap(({ name, choice }) =>
            choice?.optionIndex === index ? [{ name, entered: choice.enteredById !== null }] : [],
          ),
        })),
        silent: answered.flatMap(({ name, choice }) => (choice === null ? [name] : [])),
      }
    }),
  })
}
