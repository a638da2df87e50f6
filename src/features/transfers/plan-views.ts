import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchesOf, branchOf } from '../registry/index.ts'
import { type CheckedPlan, checkPlan } from './check-plan.ts'
import { type LeavingMember, leavingMembers } from './leaving-members.ts'
import { receivingBranches } from './list-transfers.ts'
import type { Plan } from './plans.ts'

/** The branches that a plan may take people from. Fails with `access.denied`, `transfers.noBranchesLeft`. */
export async function branchesToLeave(ctx: Context): Promise<Result<Branch[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'transfer.plan', { wardId })
  if (!leave.ok) return leave
  const branches = await branchesOf(ctx.db, wardId, ctx.today())
  return branches.length === 0 ? fail('transfers.noBranchesLeft') : ok(branches)
}

/** One of them, dissolved or not. Fails with `access.denied`. */
export async function branchToLeave(ctx: Context, branchId: number): Promise<Result<Branch>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'transfer.plan', { wardId: branch?.wardId ?? 0 })
  if (!leave.ok) return leave
  return branch ? ok(branch) : fail('transfers.noBranchesLeft')
}

export interface Placing {
  members: LeavingMember[]
  branches: Branch[]
}

/** Who could leave by the plan, and whereto. Fails with `access.denied`. */
export async function viewPlacing(ctx: Context, plan: Plan): Promise<Result<Placing>> {
  const leave = may(ctx.actor, 'transfer.plan', { wardId: plan.wardId })
  if (!leave.ok) return leave
  const members = await leavingMembers(ctx.db, plan.from.id)
  return ok({ members, branches: await receivingBranches(ctx, plan.from.id) })
}

/** A draft against the register as it is now. Fails with `access.denied`. */
export async function previewPlan(ctx: Context, plan: Plan): Promise<Result<CheckedPlan>> {
  const leave = may(ctx.actor, 'transfer.plan', { wardId: plan.wardId })
  return leave.ok ? ok(await checkPlan(ctx, ctx.db, plan)) : leave
}
