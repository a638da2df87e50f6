import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type ActivityView, findActivity, lockActivity } from './activity-view.ts'
import { refreshGroup } from './refresh-group.ts'

/**
 * Says whether somebody who is called joins, themselves or through the organiser; it may change until the activity begins.
 * Fails with `activities.notCalled`, `activities.over`.
 */
export async function answerCall(
  ctx: Context,
  input: { activityId: number; personId: number; joins: boolean },
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, input.activityId)
  if (!activity) return fail('activities.notThere')
  const { wardId, branchId } = activity
  const isOwn = input.personId === ctx.actor.personId
  const leave = may(ctx.actor, isOwn ? 'activity.join' : 'activity.organise', { wardId, branchId })
  if (!leave.ok) return isOwn ? fail('activities.notCalled') : leave
  if (activity.state !== 'planned' || activity.startsAt <= ctx.now()) return fail('activities.over')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    const { count } = await tx.activityCall.updateMany({
      where: { activityId: activity.id, personId: input.personId, called: true },
      data: { joins: input.joins, answeredAt: ctx.now(), enteredBy: isOwn ? null : ctx.actor.personId },
    })
    if (count === 0) return fail('activities.notCalled')
    const subject = { activity: activity.id, person: input.personId, joins: input.joins ? 1 : 0 }
    await ctx.audit(tx, 'activity.answered', subject, wardId)
    return ok(await refreshGroup(ctx, tx, activity.id))
  })
}
