import { may } from '../../domain/access.ts'
import { monthToReport } from '../../domain/plans.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { longestRemark } from './decide-plan.ts'
import { findPlan, type PlanView } from './plan-view.ts'
import { remarkMessage } from './screens.ts'

/** What the branch says of a plan for the month that is open; said again, it replaces what was said. The member is told. */
export async function remarkMonth(ctx: Context, input: { planId: number; text: string }): Promise<Result<PlanView>> {
  const plan = await findPlan(ctx.db, input.planId)
  const { personId } = ctx.actor
  if (!plan || personId === null) return fail('plans.notThere')
  const leave = may(ctx.actor, 'plan.decide', { wardId: plan.wardId, branchId: plan.branchId })
  if (!leave.ok) return leave
  if (plan.state !== 'approved') return fail('plans.notApproved')
  const month = monthToReport(ctx.today())
  if (month === null) return fail('plans.noMonthOpen')
  const text = input.text.normalize('NFC').trim()
  if (text === '') return fail('plans.remarkNeeded')
  if (text.length > longestRemark) return fail('plans.remarkTooLong', { longest: longestRemark })
  return ctx.transaction(async (tx) => {
    const said = { text, byId: personId, at: ctx.now() }
    await tx.planRemark.upsert({
      where: { planId_month: { planId: plan.id, month } },
      create: { planId: plan.id, month, ...said },
      update: said,
    })
    await ctx.audit(tx, 'plan.remarked', { plan: plan.id }, plan.wardId)
    const own = await privateChatOf(tx, plan.person.id)
    if (own !== null) {
      const key = `plan:${plan.id}:remark:${month}:${ctx.now().getTime()}`
      await ctx.deliver(tx, { chatId: own, message: remarkMessage(ctx.texts, month, text), key })
    }
    return ok((await findPlan(tx, plan.id)) ?? plan)
  })
}
