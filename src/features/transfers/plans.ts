import { z } from 'zod'
import { may } from '../../domain/access.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'

const rowsSchema = z.array(
  z.strictObject({
    personId: z.int(),
    toId: z.int(),
    /** `yyyy-MM` */
    feesPaidThrough: z.string().nullable(),
  }),
)
/** Who of a plan goes where. */
export type PlanRow = z.infer<typeof rowsSchema>[number]

export interface Plan {
  id: number
  wardId: number
  from: { id: number; name: string }
  dissolves: boolean
  instrument: { number: string; on: Temporal.PlainDate }
  effectiveOn: Temporal.PlainDate
  state: 'draft' | 'confirmed' | 'discarded'
  createdBy: bigint
  /** Of a draft; a confirmed plan's are its transfers. */
  rows: PlanRow[]
}

export async function findPlan(db: Database | Transaction, id: number): Promise<Plan | null> {
  const row = await db.transferPlan.findUnique({
    where: { id },
    include: { from: { select: { id: true, name: true } } },
  })
  if (!row) return null
  return {
    id: row.id,
    wardId: row.wardId,
    from: row.from,
    dissolves: row.dissolves,
    instrument: { number: row.instrumentNumber, on: fromUtcMidnight(row.instrumentOn) },
    effectiveOn: fromUtcMidnight(row.effectiveOn),
    state: row.state === 'confirmed' || row.state === 'discarded' ? row.state : 'draft',
    createdBy: row.createdBy,
    rows: row.content === null ? [] : rowsSchema.parse(row.content),
  }
}

/** The plan, for whoever may plan in its ward; a draft only for the account that began it. */
export async function planFor(ctx: Context, planId: number): Promise<Result<Plan>> {
  const plan = await findPlan(ctx.db, planId)
  if (!plan) return fail('transfers.noSuchPlan')
  const leave = may(ctx.actor, 'transfer.plan', { wardId: plan.wardId })
  if (!leave.ok) return leave
  if (plan.state === 'discarded') return fail('transfers.planDiscarded')
  if (plan.state === 'draft' && plan.createdBy !== ctx.actor.accountId) return fail('transfers.planOfAnother')
  return ok(plan)
}

/** The draft that this account has open, or null. Asks no leave: it is the account's own. */
export async function ownDraft(ctx: Context): Promise<Plan | null> {
  const { accountId } = ctx.actor
  if (accountId === null) return null
  const row = await ctx.db.transferPlan.findFirst({
    where: { createdBy: accountId, state: 'draft' },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return row && findPlan(ctx.db, row.id)
}
