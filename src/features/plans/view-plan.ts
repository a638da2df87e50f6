import { type Action, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findPlan, type PlanView } from './plan-view.ts'

/** A plan for whoever may read it; a look at somebody else's is recorded. Fails with `plans.notThere`, `access.denied`. */
export async function viewPlan(ctx: Context, planId: number): Promise<Result<PlanView>> {
  const plan = await planFor(ctx, planId, 'plan.view')
  if (plan.ok && plan.value.person.id !== ctx.actor.personId) {
    await ctx.auditRead('plan.viewed', { plan: planId, person: plan.value.person.id }, plan.value.wardId)
  }
  return plan
}

/** A plan for whoever may do this to it. Fails with `plans.notThere`, `access.denied`. */
export async function planFor(
  ctx: Context,
  planId: number,
  action: Extract<Action, 'plan.view' | 'plan.decide' | 'plan.write'>,
): Promise<Result<PlanView>> {
  const plan = await findPlan(ctx.db, planId)
  if (!plan) return fail('plans.notThere')
  const { wardId, branchId, person } = plan
  const leave = may(ctx.actor, action, { wardId, branchId, personId: person.id })
  return leave.ok ? ok(plan) : leave
}
