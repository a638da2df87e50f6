import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { checkDays } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { branchOf } from '../registry/index.ts'
import { readInstrumentNumber } from './instrument.ts'

interface DraftPlan {
  fromId: number
  dissolves: boolean
  instrumentNumber: string
  instrumentOn: Temporal.PlainDate
  effectiveOn: Temporal.PlainDate
}

/**
 * Begins a plan for a branch: nobody is in it yet, and nobody is told. An older draft of the same account is put aside.
 * Idempotent. Fails as `checkDays` does, and with `transfers.leavingDissolved`.
 */
export async function draftPlan(ctx: Context, input: DraftPlan): Promise<Result<{ planId: number }>> {
  const branch = await branchOf(ctx.db, input.fromId)
  const leave = may(ctx.actor, 'transfer.plan', { wardId: branch?.wardId ?? 0 })
  if (!leave.ok) return leave
  const { accountId } = ctx.actor
  if (!branch || accountId === null) return fail('access.denied', { action: 'transfer.plan' })
  const number = readInstrumentNumber(input.instrumentNumber)
  if (!number.ok) return number
  const { instrumentOn, effectiveOn } = input
  const days = checkDays({ instrumentOn, effectiveOn, since: null, today: ctx.today() })
  if (!days.ok) return days
  const organisation = await ctx.db.organisation.findUniqueOrThrow({ where: { id: branch.id } })
  if (organisation.dissolvedOn) return fail('transfers.leavingDissolved', { branch: branch.name })
  const again = await draftedBefore(ctx)
  if (again) return ok(again)
  try {
    return await ctx.transaction(async (tx) => {
      await tx.transferPlan.updateMany({
        where: { createdBy: accountId, state: 'draft' },
        data: { state: 'discarded', finishedAt: ctx.now() },
      })
      const { id } = await tx.transferPlan.create({
        data: {
          wardId: branch.wardId,
          fromId: branch.id,
          dissolves: input.dissolves,
          instrumentNumber: number.value,
          instrumentOn: toUtcMidnight(instrumentOn),
          effectiveOn: toUtcMidnight(effectiveOn),
          content: [],
          createdBy: accountId,
          createdAt: ctx.now(),
          source: ctx.source,
        },
      })
      await ctx.audit(tx, 'transfer.planDrafted', { plan: id, branch: branch.id }, branch.wardId)
      return ok({ planId: id })
    })
  } catch (error) {
    const first = isDuplicate(error) ? await draftedBefore(ctx) : null
    if (!first) throw error
    return ok(first)
  }
}

async function draftedBefore(ctx: Context): Promise<{ planId: number } | null> {
  if (ctx.source === null) return null
  const row = await ctx.db.transferPlan.findUnique({ where: { source: ctx.source }, select: { id: true } })
  return row && { planId: row.id }
}
