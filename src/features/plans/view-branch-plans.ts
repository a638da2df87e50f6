import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { findPlans, type PlanView } from './plan-view.ts'

export interface BranchPlans {
  branchName: string
  members: { id: number; name: string; plan: PlanView | null }[]
}

/** A branch's members with their plans of a year, for those who decide on them; the look is recorded. */
export async function viewBranchPlans(
  ctx: Context,
  { branchId, year }: { branchId: number; year: number },
): Promise<Result<BranchPlans>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'plan.decide', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok || !branch) return fail('access.denied', { action: 'plan.decide' })
  await ctx.auditRead('plan.branchListed', { branch: branchId }, branch.wardId)
  const members = await membersOf(ctx.db, branchId, ctx.today())
  const plans = await findPlans(ctx.db, { branchId, year })
  return ok({
    branchName: branch.name,
    members: members.map(({ id, fullName }) => ({
      id,
      name: fullName,
      plan: plans.find(({ person }) => person.id === id) ?? null,
    })),
  })
}
