import { dayAt } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import { cutText } from '../../platform/long-text.ts'
import { readingGroup } from '../linking/index.ts'
import { digestMessage } from './digest-screens.ts'
import { byUrgency } from './find-owed.ts'
import { findTasks, owedStates } from './task-view.ts'

const monday = 1

/**
 * At the hour that its secretary chose, tells a branch's group what is still to be done, if anything is. Once a day.
 * Asks no leave: the clock calls it.
 */
export async function sendDigests(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const today = dayAt(span.until)
  for (const { branchId, hour, every } of await ctx.db.taskDigest.findMany({ orderBy: { branchId: 'asc' } })) {
    const due = morningsIn(span, hour).some((day) => day.equals(today) && (every === 'day' || day.dayOfWeek === monday))
    if (!due) continue
    const owed = await findTasks(ctx.db, { branchId, state: { in: [...owedStates] } })
    if (owed.length === 0) continue
    await ctx.transaction(async (tx) => {
      const group = await readingGroup(ctx, branchId, tx)
      if (group === null) return
      const { chatId, readsNames } = group
      const message = digestMessage(ctx.texts, owed.sort(byUrgency), today, readsNames)
      const [text = ''] = cutText(message.text)
      await ctx.deliver(tx, { chatId, message: { ...message, text }, key: `digest:${branchId}:${today}` })
    })
  }
}
