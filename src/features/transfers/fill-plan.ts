import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { findPlan, type Plan, type PlanRow, planFor } from './plans.ts'

/** Puts the rows of a workbook in place of those that the draft has. */
export function fillPlan(ctx: Context, input: { planId: number; rows: readonly PlanRow[] }): Promise<Result<Plan>> {
  return change(ctx, input.planId, () => [...input.rows])
}

/** Says where one person of a draft goes, or with `toId` null that they stay. */
export function placeInPlan(
  ctx: Context,
  { planId, personId, toId }: { planId: number; personId: number; toId: number | null },
): Promise<Result<Plan>> {
  return change(ctx, planId, (rows) => {
    const kept = rows.find((row) => row.personId === personId)?.feesPaidThrough ?? null
    const others = rows.filter((row) => row.personId !== personId)
    return toId === null ? others : [...others, { personId, toId, feesPaidThrough: kept }]
  })
}

async function change(ctx: Context, planId: number, work: (rows: PlanRow[]) => PlanRow[]): Promise<Result<Plan>> {
  const plan = await planFor(ctx, planId)
  if (!plan.ok) return plan
  return ctx.transaction(async (tx) => {
    await lockPlan(tx, planId)
    const current = await findPlan(tx, planId)
    if (current?.state !== 'draft') return fail('transfers.planConfirmed')
    const rows = work(current.rows)
    await tx.transferPlan.update({ where: { id: planId }, data: { content: rows } })
    return ok({ ...current, rows })
  })
}

/** Two presses on one draft follow one another. */
async function lockPlan(tx: Transaction, planId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "TransferPlan" WHERE "id" = ${planId} FOR UPDATE`
}
