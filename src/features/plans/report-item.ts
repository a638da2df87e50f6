import { may } from '../../domain/access.ts'
import { monthToReport, type ProgressStatus } from '../../domain/plans.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findPlans, type PlanView } from './plan-view.ts'

export const longestNote = 300

/**
 * Says how an item stands for the month that is open, by the member or on their behalf; said again, it replaces what was
 * said. Fails with `plans.noMonthOpen`, `plans.notApproved`.
 */
export async function reportItem(
  ctx: Context,
  input: { itemId: number; status: ProgressStatus; note: string | null },
): Promise<Result<PlanView>> {
  const [plan] = await findPlans(ctx.db, { items: { some: { id: input.itemId } } })
  if (!plan) return fail('plans.notThere')
  const { wardId, branchId, person } = plan
  const leave = may(ctx.actor, 'plan.write', { wardId, branchId, personId: person.id })
  if (!leave.ok) return leave
  if (plan.state !== 'approved') return fail('plans.notApproved')
  const month = monthToReport(ctx.today())
  if (month === null) return fail('plans.noMonthOpen')
  if (!month.startsWith(String(plan.year))) return fail('plans.yearClosed', { year: plan.year })
  const note = input.note?.normalize('NFC').trim() || null
  if (note !== null && note.length > longestNote) return fail('plans.remarkTooLong', { longest: longestNote })
  const said = {
    status: input.status,
    at: ctx.now(),
    enteredById: person.id === ctx.actor.personId ? null : ctx.actor.personId,
    ...(note === null ? {} : { note }),
  }
  return ctx.transaction(async (tx) => {
    await tx.planProgress.upsert({
      where: { itemId_month: { itemId: input.itemId, month } },
      create: { itemId: input.itemId, month, ...said },
      update: said,
    })
    await ctx.audit(tx, 'plan.reported', { plan: plan.id, item: input.itemId }, wardId)
    const [after] = await findPlans(tx, { id: plan.id })
    return ok(after ?? plan)
  })
}
