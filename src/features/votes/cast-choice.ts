import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { showTurnout } from './show-in-group.ts'
import { onRoll } from './standing.ts'
import { closedProblem, findVote, lockVote, type VoteView } from './vote-view.ts'

export interface CastChoice {
  voteId: number
  optionIndex: number
}

export interface CastResult {
  vote: VoteView
  option: string
  outcome: 'recorded' | 'changed' | 'unchanged'
}

/** Records the actor's own choice, which may change until the vote closes. It replaces one that was entered for them. */
export async function castChoice(ctx: Context, { voteId, optionIndex }: CastChoice): Promise<Result<CastResult>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.cast', { wardId: vote.wardId, branchId: vote.branchId })
  const place = await onRoll(ctx, vote, ctx.actor.personId)
  if (!place.ok) return place
  if (!leave.ok) return fail('votes.leftBranch')
  const personId = place.value
  const option = vote.options[optionIndex]
  if (option === undefined) return fail('votes.noSuchOption')
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return { ok: false, problem: closedProblem(closedAt) }
    const before = await choiceOf(tx, voteId, personId)
    if (before?.optionIndex === optionIndex && before.enteredById === null) {
      return ok({ vote, option, outcome: 'unchanged' })
    }
    await writeChoice(tx, { voteId, personId, optionIndex, at: ctx.now(), enteredById: null })
    await ctx.audit(tx, 'vote.cast', { vote: voteId }, vote.wardId)
    const after = before ? vote : await showTurnout(ctx, tx, voteId)
    return ok({ vote: after, option, outcome: before ? 'changed' : 'recorded' })
  })
}

export async function choiceOf(tx: Transaction, voteId: number, personId: number) {
  return tx.voteChoice.findUnique({ where: { voteId_personId: { voteId, personId } } })
}

export async function writeChoice(
  tx: Transaction,
  choice: { voteId: number; personId: number; optionIndex: number; at: Date; enteredById: number | null },
): Promise<void> {
  const { voteId, personId, ...changed } = choice
  await tx.voteChoice.upsert({ where: { voteId_personId: { voteId, personId } }, create: choice, update: changed })
}
