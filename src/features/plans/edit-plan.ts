import { may } from '../../domain/access.ts'
import { isYearOpen, type PlanGroup } from '../../domain/plans.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { findPlan, type PlanView } from './plan-view.ts'

export const longestItem = 300

export interface WrittenItem {
  text: string
  measure: string
  dueMonth: number
}

/**
 * Reads `Đọc và làm theo một chuyên đề; có bài thu hoạch; tháng 6`: what, how it is measured, until which month. Fails with
 * `plans.itemUnreadable`, `plans.itemTooLong`.
 */
export function readItem(written: string): Result<WrittenItem> {
  const [text = '', measure = '', due = ''] = written
    .normalize('NFC')
    .split(';')
    .map((part) => part.trim())
  const month = Number(/^(?:tháng|t)?\s*(\d{1,2})$/iu.exec(due)?.[1] ?? 0)
  if (text === '' || measure === '' || month < 1 || month > 12) return fail('plans.itemUnreadable')
  if (text.length > longestItem || measure.length > longestItem) {
    return fail('plans.itemTooLong', { longest: longestItem })
  }
  return ok({ text, measure, dueMonth: month })
}

/** Replaces an item's words, or adds one to a group. Idempotent on its source. */
export async function writeItem(
  ctx: Context,
  input: { planId: number; itemId: number | null; group: PlanGroup; item: WrittenItem },
): Promise<Result<PlanView>> {
  const plan = await planToEdit(ctx, input.planId)
  if (!plan.ok) return plan
  const { id, wardId } = plan.value
  try {
    return await ctx.transaction(async (tx) => {
      const still = await tx.selfPlan.updateMany({
        where: { id, state: { in: ['draft', 'returned'] } },
        data: { remark: plan.value.remark },
      })
      if (still.count === 0) return fail('plans.notOpen')
      if (input.itemId === null) {
        const source = ctx.source === null ? null : `${ctx.source}/item`
        await tx.planItem.create({ data: { planId: id, group: input.group, ...input.item, source } })
      } else {
        await tx.planItem.updateMany({ where: { id: input.itemId, planId: id }, data: input.item })
      }
      await ctx.audit(tx, 'plan.itemWritten', { plan: id, item: input.itemId }, wardId)
      return ok((await findPlan(tx, id)) ?? plan.value)
    })
  } catch (error) {
    if (isDuplicate(error)) return ok((await findPlan(ctx.db, id)) ?? plan.value)
    throw error
  }
}

/** Takes an item out of a plan that is not handed in; one that is out already stays out. */
export async function removeItem(ctx: Context, input: { planId: number; itemId: number }): Promise<Result<PlanView>> {
  const plan = await planToEdit(ctx, input.planId)
  if (!plan.ok) return plan
  const { id, wardId } = plan.value
  return ctx.transaction(async (tx) => {
    await tx.planItem.deleteMany({ where: { id: input.itemId, planId: id } })
    await ctx.audit(tx, 'plan.itemRemoved', { plan: id, item: input.itemId }, wardId)
    return ok((await findPlan(tx, id)) ?? plan.value)
  })
}

/** A plan that this person may still write: not handed in, its year not over. */
export async function planToEdit(ctx: Context, planId: number): Promise<Result<PlanView>> {
  const plan = await findPlan(ctx.db, planId)
  if (!plan) return fail('plans.notThere')
  const { wardId, branchId, person, state, year } = plan
  const leave = may(ctx.actor, 'plan.write', { wardId, branchId, personId: person.id })
  if (!leave.ok) return leave
  if (!isYearOpen(year, ctx.today())) return fail('plans.yearClosed', { year })
  return state === 'draft' || state === 'returned' ? ok(plan) : fail('plans.notOpen')
}
