import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { onRoll } from './place-on-roll.ts'
import { showTurnout } from './show-in-group.ts'
import { closedProblem, findVote, lockVote, type VoteView } from './vote-view.ts'

export interface CastChoice {
  voteId: number
  question: number
  optionIndex: number
}

export interface CastResult {
  vote: VoteView
  question: number
  option: string
  outcome: 'recorded' | 'changed' | 'unchanged'
}

/** Records the actor's own choice, which may change until the vote closes. It replaces one that was entered for them. */
export async function castChoice(ctx: Context, input: CastChoice): Promise<Result<CastResult>> {
  const { voteId, question, optionIndex } = input
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'open') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.cast', { wardId: vote.wardId, branchId: vote.branchId })
  const place = await onRoll(ctx, vote, ctx.actor.personId)
  if (!place.ok) return place
  if (!leave.ok) return fail('votes.leftBranch')
  const personId = place.value
  const option = vote.questions[question]?.options[optionIndex]
  if (option === undefined) return fail('votes.noSuchOption')
  if (vote.byHand) return fail('votes.byHand')
  // A finger that presses many times finds its choice there: nothing to lock, nothing to wait for.
  if (vote.isOpen && isOwn(await choiceOf(ctx.db, { voteId, question, personId }), optionIndex)) {
    return ok({ vote, question, option, outcome: 'unchanged' })
  }
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return { ok: false, problem: closedProblem(closedAt) }
    const before = await choiceOf(tx, { voteId, question, personId })
    if (isOwn(before, optionIndex)) {
      return ok({ vote, question, option, outcome: 'unchanged' })
    }
    await writeChoice(tx, { ...input, personId, at: ctx.now(), enteredById: null })
    await ctx.audit(tx, 'vote.cast', { vote: voteId }, vote.wardId)
    const after = before && !vote.showsCounts ? vote : await showTurnout(ctx, tx, voteId)
    return ok({ vote: after, question, option, outcome: before ? 'changed' : 'recorded' })
  })
}

function isOwn(choice: { optionIndex: number; enteredById: number | null } | null, optionIndex: number): boolean {
  return choice !== null && choice.optionIndex === optionIndex && choice.enteredById === null
}

export interface ChoicePlace {
  voteId: number
  question: number
  personId: number
}

export async function choiceOf(db: Database | Transaction, { voteId, question, personId }: ChoicePlace) {
  return db.voteChoice.findUnique({ where: { voteId_question_personId: { voteId, question, personId } } })
}

export async function writeChoice(
  tx: Transaction,
  choice: ChoicePlace & { optionIndex: number; at: Date; enteredById: number | null },
): Promise<void> {
  const { voteId, question, personId, ...changed } = choice
  await tx.voteChoice.upsert({
    where: { voteId_question_personId: { voteId, question, personId } },
    create: choice,
    update: changed,
  })
}
