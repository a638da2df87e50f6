import { may } from '../../domain/access.ts'
import type { Voter } from '../../domain/eligibility.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { type Tally, tally } from '../../domain/tally.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatOf } from '../linking/index.ts'
import { resultMessage } from './result-screens.ts'
import { readResult } from './result-view.ts'
import { showTurnout } from './show-in-group.ts'
import { findVote, frozenPack, lockVote, type VoteView } from './vote-view.ts'

export interface ClosedVote {
  vote: VoteView
  /** It had been closed before: nothing was changed. */
  before: boolean
}

/** Closes the vote: in one transaction no more choices are taken, the count is written, and the group is told. */
export async function closeVote(ctx: Context, voteId: number): Promise<Result<ClosedVote>> {
  const found = await voteToClose(ctx, voteId)
  if (!found.ok) return found
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return ok({ vote: { ...found.value, isOpen, closedAt }, before: true })
    await writeCount(tx, voteId)
    await tx.vote.update({
      where: { id: voteId },
      data: { state: 'closed', closedAt: ctx.now(), closedById: ctx.actor.personId },
    })
    const vote = await showTurnout(ctx, tx, voteId)
    const result = await readResult(tx, voteId)
    if (!result) throw new Error('a vote that was just closed has no result')
    await ctx.audit(tx, 'vote.closed', { vote: voteId }, vote.wardId)
    const group = await groupChatOf(tx, vote.branchId)
    if (group !== null) {
      const message = resultMessage(ctx.texts, vote, result)
      await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:result` })
    }
    return ok({ vote, before: false })
  })
}

/** The vote, for whoever may close it. */
export async function voteToClose(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.close', { wardId: vote.wardId, branchId: vote.branchId })
  return leave.ok ? ok(vote) : leave
}

async function writeCount(tx: Transaction, voteId: number): Promise<void> {
  const vote = await tx.vote.findUniqueOrThrow({ where: { id: voteId }, include: { roll: true, options: true } })
  const choices = await tx.voteChoice.findMany({ where: { voteId }, orderBy: { at: 'asc' } })
  const count: Tally = tally(
    frozenPack(vote.pack),
    vote.roll.map(({ personId, counts }): Voter => ({ personId, counts: counts === 'always' ? counts : 'whenVoting' })),
    vote.options.map(({ index }) => String(index)),
    choices.map(({ personId, optionIndex }) => ({ personId, option: String(optionIndex) })),
  )
  for (const { option, count: votes, majority } of count.options) {
    await tx.voteOption.update({
      where: { voteId_index: { voteId, index: Number(option) } },
      data: { count: votes, carried: majority },
    })
  }
  const { voted, base, majorityNeeded, quorumNeeded, quorum } = count
  const enteredCount = choices.filter(({ enteredById }) => enteredById !== null).length
  await tx.voteResult.create({
    data: { voteId, voted, enteredCount, base, majorityNeeded, quorumNeeded, quorum },
  })
}
