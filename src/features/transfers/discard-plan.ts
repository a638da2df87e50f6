import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { planFor } from './plans.ts'

/** A draft that nobody confirms holds who would go where, so it is not kept for longer. */
const keptDays = 30

/** Puts a draft aside and forgets its rows. Idempotent. Fails with `transfers.planConfirmed`. */
export async function discardPlan(ctx: Context, { planId }: { planId: number }): Promise<Result<true>> {
  const plan = await planFor(ctx, planId)
  if (!plan.ok) return plan.problem.code === 'transfers.planDiscarded' ? ok(true) : plan
  return ctx.transaction(async (tx) => {
    const { count } = await tx.transferPlan.updateMany({
      where: { id: planId, state: 'draft' },
      data: { state: 'discarded', content: Prisma.DbNull, finishedAt: ctx.now() },
    })
    if (count === 0) return fail('transfers.planConfirmed')
    await ctx.audit(tx, 'transfer.planDiscarded', { plan: planId }, plan.value.wardId)
    return ok(true)
  })
}

/** Puts aside the drafts that nobody has confirmed for a month. Asks no leave: the clock calls it. */
export async function discardOldPlans(ctx: Context, until: Date): Promise<void> {
  const before = new Date(until.getTime() - keptDays * 86_400_000)
  await ctx.transaction((tx) =>
    tx.transferPlan.updateMany({
      where: { state: 'draft', createdAt: { lt: before } },
      data: { state: 'discarded', content: Prisma.DbNull, finishedAt: ctx.now() },
    }),
  )
}
