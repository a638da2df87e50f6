import { toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'

/** Of these branches, those that are not dissolved today. */
export async function livingBranches(
  ctx: Context,
  tx: Transaction,
  those: readonly { readonly branchId: number }[],
): Promise<Set<number>> {
  const rows = await tx.organisation.findMany({
    where: {
      id: { in: those.map(({ branchId }) => branchId) },
      OR: [{ dissolvedOn: null }, { dissolvedOn: { gt: toUtcMidnight(ctx.today()) } }],
    },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}
