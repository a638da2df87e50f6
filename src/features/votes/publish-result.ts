import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { readingGroup } from '../linking/index.ts'
import { namesSomebody } from './names-somebody.ts'
import { readResult } from './record-view.ts'
import { resultMessages, unnamedResult } from './result-screens.ts'
import { showTurnout } from './show-in-group.ts'
import type { VoteView } from './vote-view.ts'

/**
 * Tells the group the result of a vote that has just been published, or its correction, once for each record. One that names
 * people is told by numbers alone where not everybody in the group is known, and opened by each in private.
 */
export async function publishResult(ctx: Context, tx: Transaction, voteId: number): Promise<VoteView> {
  const vote = await showTurnout(ctx, tx, voteId)
  const result = await readResult(tx, voteId)
  if (!result) throw new Error('a published vote has no result')
  const group = await readingGroup(ctx, vote.branchId, tx)
  if (group !== null) {
    const { chatId, readsNames } = group
    const messages =
      readsNames || !(await namesSomebody(tx, vote))
        ? resultMessages(ctx.texts, vote, result)
        : [unnamedResult(ctx.texts, vote, result)]
    for (const [part, message] of messages.entries()) {
      await ctx.deliver(tx, { chatId, message, key: `vote:${voteId}:result:${result.number}:${part}` })
    }
  }
  return vote
}
