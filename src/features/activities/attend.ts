import { branchesWhereMay, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { keepFile, type SentFile } from '../../platform/kept-files.ts'
import { type ActivityView, findActivities, findActivity, lockActivity } from './activity-view.ts'
import { refreshGroup } from './refresh-group.ts'

/** Presence is taken from an hour before an activity begins until the end of the following day. */
const hoursBefore = 1
const hoursAfter = 36

/** Marks those of the list as having been there, by the organiser. Whoever stands already as present stays so. */
export async function markPresent(
  ctx: Context,
  input: { activityId: number; personIds: readonly number[] },
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, input.activityId)
  if (!activity) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.organise', { wardId: activity.wardId, branchId: activity.branchId })
  if (!leave.ok) return leave
  if (!takesPresence(ctx, activity)) return fail('activities.notNow')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    for (const personId of input.personIds) {
      await write(ctx, tx, activity, personId, 'list')
    }
    return ok(await refreshGroup(ctx, tx, activity.id))
  })
}

/** A member types the code that is shown at the spot. Fails with `activities.wrongCode`. */
export async function attendByCode(ctx: Context, typed: string): Promise<Result<ActivityView>> {
  const branchIds = branchesWhereMay(ctx.actor, 'activity.join')
  const { personId } = ctx.actor
  const code = /\d{4}/.exec(typed)?.[0] ?? ''
  const found = await findActivities(ctx.db, { branchId: { in: branchIds }, code, state: { not: 'cancelled' } })
  const activity = found.find((one) => takesPresence(ctx, one))
  if (!activity || personId === null) return fail('activities.wrongCode')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    await write(ctx, tx, activity, personId, 'code')
    return ok(await refreshGroup(ctx, tx, activity.id))
  })
}

/** A member sends a photo from the spot: it shows that they were there, and goes into the album. */
export async function attendWithPhoto(
  ctx: Context,
  input: { activityId: number; photo: SentFile },
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, input.activityId)
  const { personId } = ctx.actor
  if (!activity || personId === null) return fail('activities.notThere')
  const { wardId, branchId } = activity
  if (!may(ctx.actor, 'activity.join', { wardId, branchId }).ok) return fail('activities.notCalled')
  if (!takesPresence(ctx, activity)) return fail('activities.notNow')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activity.id)
    await write(ctx, tx, activity, personId, 'photo')
    await addPhoto(ctx, tx, activity.id, input.photo, personId)
    return ok(await refreshGroup(ctx, tx, activity.id))
  })
}

/** Puts a photo into an activity's album; the same photo stands there once. */
export async function addPhoto(
  ctx: Context,
  tx: Transaction,
  activityId: number,
  photo: SentFile,
  sentById: number,
): Promise<void> {
  const keptFileId = await keepFile(tx, photo, ctx.actor.accountId, ctx.now())
  await tx.activityPhoto.upsert({
    where: { activityId_keptFileId: { activityId, keptFileId } },
    create: { activityId, keptFileId, sentById, at: ctx.now() },
    update: {},
  })
}

function takesPresence(ctx: Context, { startsAt, state }: ActivityView): boolean {
  const hours = (ctx.now().getTime() - startsAt.getTime()) / 3_600_000
  return state !== 'cancelled' && hours >= -hoursBefore && hours <= hoursAfter
}

async function write(
  ctx: Context,
  tx: Transaction,
  activity: ActivityView,
  personId: number,
  attendedBy: 'list' | 'code' | 'photo',
): Promise<void> {
  const id = { activityId_personId: { activityId: activity.id, personId } }
  const before = await tx.activityCall.findUnique({ where: id })
  if (before?.attendedAt) return
  const enteredBy = attendedBy === 'list' && personId !== ctx.actor.personId ? ctx.actor.personId : null
  const present = { attendedBy, attendedAt: ctx.now(), enteredBy }
  await tx.activityCall.upsert({
    where: id,
    create: { activityId: activity.id, personId, called: false, ...present },
    update: present,
  })
  await ctx.audit(tx, 'activity.attended', { activity: activity.id, person: personId }, activity.wardId)
}
