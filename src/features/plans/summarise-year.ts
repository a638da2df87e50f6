import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findPlan, type PlanView } from './plan-view.ts'

export const longestSummary = 1500
const firstMonth = 11

/** The member's own words on the year, from November of it until the end of the January after; said again, they are replaced. */
export async function summariseYear(ctx: Context, input: { planId: number; text: string }): Promise<Result<PlanView>> {
  const plan = await findPlan(ctx.db, input.planId)
  if (!plan) return fail('plans.notThere')
  const { wardId, branchId, person, year } = plan
  const leave = may(ctx.actor, 'plan.write', { wardId, branchId, personId: person.id })
  if (!leave.ok) return leave
  if (plan.state !== 'approved') return fail('plans.notApproved')
  const today = ctx.today()
  const isOpen = (today.year === year && today.month >= firstMonth) || (today.year === year + 1 && today.month === 1)
  if (!isOpen) return fail(today.year > year ? 'plans.yearClosed' : 'plans.summaryTooEarly', { year })
  const text = input.text.normalize('NFC').trim()
  if (text === '' || text.length > longestSummary) return fail('plans.remarkTooLong', { longest: longestSummary })
  return ctx.transaction(async (tx) => {
    await tx.selfPlan.update({ where: { id: plan.id }, data: { summary: text } })
    await ctx.audit(tx, 'plan.summarised', { plan: plan.id }, wardId)
    return ok((await findPlan(tx, plan.id)) ?? plan)
  })
}
