import { branchesWhereMay, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchOf, type Member, membersOf } from '../registry/index.ts'
import { type ActivityView, findActivity } from './activity-view.ts'

/** The branches whose activities the actor may organise. */
export async function branchesToOrganiseFor(ctx: Context): Promise<Branch[]> {
  const branches: Branch[] = []
  for (const id of branchesWhereMay(ctx.actor, 'activity.organise')) {
    const branch = await branchOf(ctx.db, id)
    if (branch) branches.push(branch)
  }
  return branches
}

/** One of them. Fails with `access.denied`. */
export async function branchToOrganiseFor(ctx: Context, branchId: number): Promise<Result<Branch>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'activity.organise', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  return branch ? ok(branch) : fail('access.denied', { action: 'activity.organise' })
}

/** Who could be called to an activity of the branch, for whoever organises it; that they were listed is recorded. */
export async function peopleToCall(ctx: Context, branchId: number): Promise<Result<Member[]>> {
  const branch = await branchToOrganiseFor(ctx, branchId)
  if (!branch.ok) return branch
  const members = await membersOf(ctx.db, branchId, ctx.today())
  await ctx.auditRead('registry.membersListed', { branch: branchId, count: members.length }, branch.value.wardId)
  return ok(members)
}

/** An activity for whoever may organise it. Fails with `activities.notThere`, `access.denied`. */
export async function activityToOrganise(ctx: Context, activityId: number): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, activityId)
  if (!activity) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.organise', activity)
  return leave.ok ? ok(activity) : leave
}
