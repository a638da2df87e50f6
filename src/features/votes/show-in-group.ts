import { showCard } from '../../platform/cards.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { groupChatOf } from '../linking/index.ts'
import { ballotInGroup } from './ballots/ballot-screens.ts'
import { closedMessage, groupMessage } from './screens.ts'
import { findVote, type VoteView } from './vote-view.ts'

/**
 * Writes the group's message anew with how many have voted; the vote is locked, so at most one such edit waits. As long as it
 * is open, a group that has another chat by now (a supergroup, a new connection) gets a message of its own.
 */
export async function showTurnout(ctx: Context, tx: Transaction, voteId: number): Promise<VoteView> {
  await tx.vote.updateMany({ where: { id: voteId, turnoutStale: true }, data: { turnoutStale: false } })
  const vote = await findVote(tx, voteId)
  if (!vote) throw new Error('the vote is gone')
  const deliveryId = await showCard(ctx, tx, {
    deliveryId: vote.deliveryId,
    group: await groupChatOf(tx, vote.branchId),
    message: messageInGroup(ctx.texts, vote),
    isLive: vote.isOpen,
    key: `vote:${voteId}:open`,
  })
  if (deliveryId !== vote.deliveryId) await tx.vote.update({ where: { id: voteId }, data: { deliveryId } })
  return vote
}

/** A vote in the group as it reads now. */
export function messageInGroup(texts: Texts, vote: VoteView): Message {
  if (!vote.isOpen) return closedMessage(texts, vote)
  return vote.kind === 'open' ? groupMessage(texts, vote) : ballotInGroup(texts, vote)
}
