import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { groupChatOf } from '../linking/index.ts'
import { ballotInGroup } from './ballots/ballot-screens.ts'
import { closedMessage, groupMessage } from './screens.ts'
import { findVote, type VoteView } from './vote-view.ts'

/**
 * Writes the group's message anew with how many have voted; the vote is locked, so at most one such edit waits. A group
 * that has another chat by now (a supergroup, a new connection) gets a message of its own: numbers of messages do not move.
 */
export async function showTurnout(ctx: Context, tx: Transaction, voteId: number): Promise<VoteView> {
  await tx.vote.updateMany({ where: { id: voteId, turnoutStale: true }, data: { turnoutStale: false } })
  const vote = await findVote(tx, voteId)
  if (!vote) throw new Error('the vote is gone')
  const message = messageInGroup(ctx.texts, vote)
  const shown = vote.deliveryId === null ? null : await tx.delivery.findUnique({ where: { id: vote.deliveryId } })
  const group = await groupChatOf(tx, vote.branchId)
  if (shown && (shown.chatId === group || !vote.isOpen)) {
    await ctx.refresh(tx, { chatId: shown.chatId, edits: shown.id, message })
  } else if (group !== null && vote.isOpen) {
    const deliveryId = await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:open:${group}` })
    await tx.vote.update({ where: { id: voteId }, data: { deliveryId } })
  }
  return vote
}

/** A vote in the group as it reads now. */
export function messageInGroup(texts: Texts, vote: VoteView): Message {
  if (!vote.isOpen) return closedMessage(texts, vote)
  return vote.kind === 'open' ? groupMessage(texts, vote) : ballotInGroup(texts, vote)
}
