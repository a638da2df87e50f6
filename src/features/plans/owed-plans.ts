import { branchesWhereMay } from '../../domain/access.ts'
import { formatPeriod, lastDay } from '../../domain/period.ts'
import { monthToReport, needsReport } from '../../domain/plans.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { headsToRemark } from './heads-to-remark.ts'
import { findPlans } from './plan-view.ts'

/**
 * A returned plan to mend, the month's word on items that still need one; and for those who decide, plans that wait and the
 * month's remark on each head of the ward.
 */
export async function owedPlans(ctx: Context, personId: number): Promise<OwedItem[]> {
  const items: OwedItem[] = []
  const today = ctx.today()
  const month = monthToReport(today)
  for (const plan of await findPlans(ctx.db, { personId, state: { in: ['approved', 'returned'] } })) {
    if (plan.state === 'returned' && plan.year >= today.year) {
      items.push({ label: ctx.texts('plans:owedReturned', { year: plan.year }), data: `pview:${plan.id}`, dueOn: null })
    }
    const isOwed =
      plan.state === 'approved' &&
      month?.startsWith(String(plan.year)) &&
      plan.items.some((item) => needsReport(item, month))
    if (isOwed && month) {
      const label = ctx.texts('plans:owedMonth', { month: formatPeriod(month) })
      items.push({ label, data: `pmon:${plan.id}`, dueOn: lastDay(month) })
    }
  }
  if (personId !== ctx.actor.personId) return items
  const waiting = await findPlans(ctx.db, {
    state: 'submitted',
    branchId: { in: branchesWhereMay(ctx.actor, 'plan.decide') },
  })
  const unsaid = month === null ? [] : await headsToRemark(ctx, month)
  return [
    ...items,
    ...waiting.map(({ id, person, year }) => ({
      label: ctx.texts('plans:owedDecision', { name: person.name, year }),
      data: `pview:${id}`,
      dueOn: null,
    })),
    ...unsaid.map(({ id, person }) => ({
      label: ctx.texts('plans:owedRemark', { name: person.name, month: month === null ? '' : formatPeriod(month) }),
      data: `prem:${id}`,
      dueOn: month === null ? null : lastDay(month),
    })),
  ]
}
