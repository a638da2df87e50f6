import { fromUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import { findTransfers, type TransferView } from './find-transfers.ts'
import { type OpenBusiness, openBusinessOf } from './open-business.ts'
import type { Plan } from './plans.ts'

export interface PlanProgress {
  plan: Plan
  transfers: TransferView[]
  dissolvedOn: Temporal.PlainDate | null
  business: OpenBusiness
}

/** How far a confirmed plan has come; that it was looked at is recorded. Asks no leave: a plan is found only by whoever may plan. */
export async function viewProgress(ctx: Context, plan: Plan): Promise<PlanProgress> {
  const { dissolvedOn } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: plan.from.id } })
  const transfers = await findTransfers(ctx.db, { planId: plan.id })
  await ctx.auditRead('transfer.planViewed', { plan: plan.id, count: transfers.length }, plan.wardId)
  return {
    plan,
    transfers,
    dissolvedOn: dissolvedOn && fromUtcMidnight(dissolvedOn),
    business: await openBusinessOf(ctx.db, plan.from.id),
  }
}
