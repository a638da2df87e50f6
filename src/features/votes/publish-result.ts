import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatOf } from '../linking/index.ts'
import { readResult } from './record-view.ts'
import { resultMessages } from './result-screens.ts'
import { showTurnout } from './show-in-group.ts'
import type { VoteView } from './vote-view.ts'

/** Tells the group the result of a vote that has just been published, or its correction, once for each record. */
export async function publishResult(ctx: Context, tx: Transaction, voteId: number): Promise<VoteView> {
  const vote = await showTurnout(ctx, tx, voteId)
  const result = await readResult(tx, voteId)
  if (!result) throw new Error('a published vote has no result')
  const group = await groupChatOf(tx, vote.branchId)
  if (group !== null) {
    for (const [part, message] of resultMessages(ctx.texts, vote, result).entries()) {
      await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:result:${result.number}:${part}` })
    }
  }
  return vote
}
