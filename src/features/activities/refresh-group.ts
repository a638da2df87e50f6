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
  // Long after it was over nobody knows the message's number any more.
  const isKnown = activity.deliveryId !== null && (await tx.delivery.count({ where: { id: activity.deliveryId } })) > 0
  if (group !== null && activity.deliveryId !== null && isKnown) {
    const message = groupMessage(ctx.texts, activity)
    await ctx.refresh(tx, { chatId: group, message, edits: activity.deliveryId })
  }
  return activity
}
