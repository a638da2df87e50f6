import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatOf } from '../linking/index.ts'
import { type ActivityView, findActivity, lockActivity } from './activity-view.ts'
import { cancelledMessage } from './message-screens.ts'
import { refreshGroup } from './refresh-group.ts'

const longestReason = 300

/** Calls an activity off, with the reason, and with `series` all that would come after it. A second time changes nothing. */
export async function cancelActivity(
  ctx: Context,
  input: { activityId: number; reason: string; series: boolean },
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, input.activityId)
  if (!activity) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.organise', { wardId: activity.wardId, branchId: activity.branchId })
  if (!leave.ok) return leave
  const reason = input.reason.normalize('NFC').trim()
  if (reason === '' || reason.length > longestReason) return fail('activities.reasonNeeded', { longest: longestReason })
  if (activity.state === 'held') return fail('activities.over')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    if (input.series && activity.seriesId !== null) {
      const where = { id: activity.seriesId, endedAt: null }
      await tx.activitySeries.updateMany({ where, data: { endedAt: ctx.now() } })
    }
    const { count } = await tx.activity.updateMany({
      where: { id: activity.id, state: 'planned' },
      data: { state: 'cancelled', reason, finishedAt: ctx.now() },
    })
    const cancelled = await refreshGroup(ctx, tx, activity.id)
    if (count === 0) return ok(cancelled)
    await ctx.audit(tx, 'activity.cancelled', { activity: activity.id }, activity.wardId)
    const group = await groupChatOf(tx, activity.branchId)
    if (group !== null) {
      const message = cancelledMessage(ctx.texts, cancelled)
      await ctx.deliver(tx, { chatId: group, message, key: `activity:${activity.id}:cancelled` })
    }
    return ok(cancelled)
  })
}
