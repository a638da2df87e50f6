import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { findPlan, type PlanView } from './plan-view.ts'
import { decidedMessage } from './screens.ts'

export const longestRemark = 500

/** The branch approves a plan that was handed in, or returns it with a remark. Decided once. */
export async function decidePlan(
  ctx: Context,
  input: { planId: number; approved: boolean; remark: string | null },
): Promise<Result<PlanView>> {
  const plan = await findPlan(ctx.db, input.planId)
  if (!plan) return fail('plans.notThere')
  const leave = may(ctx.actor, 'plan.decide', { wardId: plan.wardId, branchId: plan.branchId })
  if (!leave.ok) return leave
  const remark = input.remark?.normalize('NFC').trim() || null
  if (!input.approved && remark === null) return fail('plans.remarkNeeded')
  if (remark !== null && remark.length > longestRemark) return fail('plans.remarkTooLong', { longest: longestRemark })
  return ctx.transaction(async (tx) => {
    const { count } = await tx.selfPlan.updateMany({
      where: { id: plan.id, state: 'submitted' },
      data: {
        state: input.approved ? 'approved' : 'returned',
        remark,
        decidedAt: ctx.now(),
        decidedById: ctx.actor.personId,
      },
    })
    const decided = (await findPlan(tx, plan.id)) ?? plan
    if (count === 0) return decided.state === 'approved' && input.approved ? ok(decided) : fail('plans.notSubmitted')
    await ctx.audit(tx, input.approved ? 'plan.approved' : 'plan.returned', { plan: plan.id }, plan.wardId)
    const own = await privateChatOf(tx, plan.person.id)
    if (own !== null) {
      const key = `plan:${plan.id}:decided:${ctx.now().getTime()}`
      await ctx.deliver(tx, { chatId: own, message: decidedMessage(ctx.texts, decided), key })
    }
    return ok(decided)
  })
}
