import type { Context } from '../../platform/context.ts'
import { cutText } from '../../platform/long-text.ts'
import { type BranchGroup, readingGroup } from '../linking/index.ts'
import { digestMessage } from './digest-screens.ts'
import { byUrgency } from './find-owed.ts'
import { findTasks, owedStates } from './task-view.ts'

/**
 * These branches have these groups now: one that has left another chat reads once, in one message, what is still to be done, since
 * the announcements stayed behind. Safe to repeat. Asks no leave: Telegram or the clock tells it.
 */
export async function followGroups(ctx: Context, groups: ReadonlyMap<number, BranchGroup>): Promise<void> {
  for (const [branchId, { chatId, linkId, isFirst, since }] of groups) {
    if (isFirst) continue
    const owed = await findTasks(ctx.db, { branchId, state: { in: [...owedStates] }, createdAt: { lte: since } })
    if (owed.length === 0) continue
    const readsNames = (await readingGroup(ctx, branchId))?.readsNames ?? false
    const message = digestMessage(ctx.texts, owed.sort(byUrgency), ctx.today(), readsNames)
    const [text = ''] = cutText(message.text)
    await ctx.transaction((tx) =>
      ctx.deliver(tx, { chatId, message: { ...message, text }, key: `tasks:group:${linkId}` }),
    )
  }
}
