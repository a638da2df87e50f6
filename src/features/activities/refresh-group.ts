import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatOf } from '../linking/index.ts'
import { type ActivityView, findActivity } from './activity-view.ts'
import { groupMessage } from './message-screens.ts'

/** Has the group's message say how things stand now. The caller holds a lock on the activity. */
export async function refreshGroup(ctx: Context, tx: Transaction, activityId: number): Promise<ActivityView> {
  const activity = await findActivity(tx, activityId)
  if (!activity) throw new Error('an activity that is held still is not there')
  const group = await groupChatOf(tx, activity.branchId)
  if (group !== null && activity.deliveryId !== null) {
    const message = groupMessage(ctx.texts, activity)
    await ctx.refresh(tx, { chatId: group, message, edits: activity.deliveryId })
  }
  return activity
}
