import { branchesWhereMay, may } from '../../domain/access.ts'
import type { Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { branchesOf } from '../registry/index.ts'
import { preparationOf, type TaskView } from '../tasks/index.ts'
import { type ActivityView, findActivities, findActivity } from './activity-view.ts'
import { type Standing, standingOf } from './standing.ts'

const shownPast = 5
/** So long after its time an activity without a result still stands in the list, for its result. */
const unfinishedDays = 14

/** What is planned in the branches whose activities the actor may see, and the last that were held there. */
export async function listActivities(ctx: Context): Promise<{ shown: ActivityView[]; ofBranches: boolean }> {
  const branchIds = branchesWhereMay(ctx.actor, 'activity.view')
  const since = new Date(ctx.now().getTime() - unfinishedDays * 86_400_000)
  const inBranches = { branchId: { in: branchIds } }
  const planned = await findActivities(ctx.db, { ...inBranches, state: 'planned', startsAt: { gte: since } })
  const held = await findActivities(ctx.db, { ...inBranches, state: 'held' }, true)
  return { shown: [...planned, ...held.slice(0, shownPast)], ofBranches: branchIds.length > 0 }
}

export interface BranchMonth {
  branchName: string
  standing: Standing
  /** Names stand with the counts for whoever organises. */
  withNames: boolean
}

/** A month of each branch whose activities the actor may see; a look at others' attendance is recorded. */
export async function viewMonth(ctx: Context, period: Period): Promise<BranchMonth[]> {
  const wardId = ctx.actor.wardId ?? 0
  const months: BranchMonth[] = []
  for (const { id, name } of await branchesOf(ctx.db, wardId, ctx.today())) {
    if (!may(ctx.actor, 'activity.view', { wardId, branchId: id }).ok) continue
    const withNames = may(ctx.actor, 'activity.organise', { wardId, branchId: id }).ok
    const standing = await standingOf(ctx, id, period)
    if (withNames) await ctx.auditRead('activity.standingViewed', { branch: id }, wardId)
    months.push({ branchName: name, standing, withNames })
  }
  return months
}

/**
 * One activity, with what of it the branch gives whom to do: the ward's leaders see the activity without that. Fails with
 * `activities.notThere`, `access.denied`.
 */
export async function viewActivity(
  ctx: Context,
  activityId: number,
): Promise<Result<{ activity: ActivityView; preparation: TaskView[] }>> {
  const activity = await findActivity(ctx.db, activityId)
  if (!activity) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.view', activity)
  if (!leave.ok) return leave
  const isOfBranch = may(ctx.actor, 'activity.join', activity).ok
  return ok({ activity, preparation: isOfBranch ? await preparationOf(ctx.db, activityId) : [] })
}
