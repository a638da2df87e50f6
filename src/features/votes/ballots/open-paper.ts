import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { groupChatOf, privateChatsOf } from '../../linking/index.ts'
import { attendanceOf, drawRoll, freezeRoll } from '../freeze-roll.ts'
import { moveVote } from '../move-vote.ts'
import { messageInGroup } from '../show-in-group.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'
import { tellerMessage } from './ballot-screens.ts'
import { leadBallot, tellersOf } from './ballot-view.ts'
import { checkTeam } from './check-team.ts'

/**
 * Opens a ballot on paper: the roll is frozen, the group learns of it, and the tally team is asked to enter its counts. Opened
 * twice it is opened once.
 */
export async function openPaper(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const found = await leadBallot(ctx, voteId)
  if (!found.ok) return found
  const { vote } = found.value
  if (vote.kind !== 'paper') return fail('votes.noSuchVote')
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    if (state === 'open') return ok(vote)
    if (state !== 'draft') return fail('votes.notDraft')
    const drawn = await drawRoll(ctx, tx, vote.branchId, await attendanceOf(tx, vote))
    if (!drawn.ok) return drawn
    const team = await checkTeam(ctx, tx, vote)
    if (!team.ok) return team
    await freezeRoll(tx, { id: voteId, wardId: vote.wardId, kind: vote.kind, byHand: false }, drawn.value)
    await moveVote(ctx, tx, voteId, 'open')
    await ctx.audit(tx, 'vote.opened', { vote: voteId, branch: vote.branchId }, vote.wardId)
    return ok(await announce(ctx, tx, voteId))
  })
}

async function announce(ctx: Context, tx: Transaction, voteId: number): Promise<VoteView> {
  const vote = await findVote(tx, voteId)
  if (!vote) throw new Error('a ballot that was just opened is not there')
  const group = await groupChatOf(tx, vote.branchId)
  if (group !== null) {
    const message = messageInGroup(ctx.texts, vote)
    const deliveryId = await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:open`, lasting: true })
    await tx.vote.update({ where: { id: voteId }, data: { deliveryId } })
  }
  const tellers = await tellersOf(tx, voteId)
  const chats = await privateChatsOf(
    tx,
    tellers.map(({ personId }) => personId),
  )
  await ctx.deliverAll(
    tx,
    [...chats].map(([personId, chatId]) => ({
      chatId,
      message: tellerMessage(ctx.texts, vote),
      key: `vote:${voteId}:teller:${personId}`,
    })),
  )
  return vote
}
