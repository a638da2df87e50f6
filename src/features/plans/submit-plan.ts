import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { deciderChats } from './decider-chats.ts'
import { planToEdit } from './edit-plan.ts'
import { findPlan, type PlanView } from './plan-view.ts'
import { submittedMessage } from './screens.ts'
import { planFor } from './view-plan.ts'

/** Hands a plan in to the branch, whose leaders are told. A second time changes nothing. */
export async function submitPlan(ctx: Context, planId: number): Promise<Result<PlanView>> {
  const found = await planFor(ctx, planId, 'plan.write')
  if (!found.ok || found.value.state === 'submitted') return found
  const plan = await planToEdit(ctx, planId)
  if (!plan.ok) return plan
  if (plan.value.items.length === 0) return fail('plans.empty')
  return ctx.transaction(async (tx) => {
    const { count } = await tx.selfPlan.updateMany({
      where: { id: planId, state: { in: ['draft', 'returned'] } },
      data: { state: 'submitted', submittedAt: ctx.now() },
    })
    const submitted = (await findPlan(tx, planId)) ?? plan.value
    if (count === 0) return ok(submitted)
    await ctx.audit(tx, 'plan.submitted', { plan: planId }, plan.value.wardId)
    for (const chatId of await deciderChats(ctx, tx, submitted.branchId)) {
      const key = `plan:${planId}:submitted:${ctx.now().getTime()}:${chatId}`
      await ctx.deliver(tx, { chatId, message: submittedMessage(ctx.texts, submitted), key })
    }
    return ok(submitted)
  })
}
