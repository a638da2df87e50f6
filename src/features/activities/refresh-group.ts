import { showCard } from '../../platform/cards.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatOf } from '../linking/index.ts'
import { type ActivityView, findActivity } from './activity-view.ts'
import { groupMessage } from './message-screens.ts'

/**
 * Has the group's message say how things stand now; a group that has another chat by now gets one of its own as long as the
 * activity is to come. The caller holds a lock on the activity.
 */
export async function refreshGroup(ctx: Context, tx: Transaction, activityId: number): Promise<ActivityView> {
  const activity = await findActivity(tx, activityId)
  if (!activity) throw new Error('an activity that is held still is not there')
  if (activity.deliveryId === null) return activity
  const deliveryId = await showCard(ctx, tx, {
    deliveryId: activity.deliveryId,
    group: await groupChatOf(tx, activity.branchId),
    message: groupMessage(ctx.texts, activity),
    isLive: activity.state === 'planned',
    key: groupKey(activityId),
  })
  if (deliveryId !== activity.deliveryId) await tx.activity.update({ where: { id: activityId }, data: { deliveryId } })
  return { ...activity, deliveryId }
}

/** Under which the group's message is delivered; one that is posted anew begins with the same. */
export function groupKey(activityId: number): string {
  return `activity:${activityId}:group`
}
