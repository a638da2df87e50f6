import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { SentFile } from '../../platform/kept-files.ts'
import { type ActivityView, findActivity, lockActivity } from './activity-view.ts'
import { addPhoto } from './attend.ts'

/** The organiser adds a photo to an activity's album. */
export async function addAlbumPhoto(
  ctx: Context,
  input: { activityId: number; photo: SentFile },
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, input.activityId)
  const { personId } = ctx.actor
  if (!activity || personId === null) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.organise', activity)
  if (!leave.ok) return leave
  if (activity.state === 'cancelled') return fail('activities.wasCancelled')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    await addPhoto(ctx, tx, activity.id, input.photo, personId)
    return ok((await findActivity(tx, activity.id)) ?? activity)
  })
}
