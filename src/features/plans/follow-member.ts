import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'

/**
 * A member's plan goes with them to another branch of the ward, which follows it from then on; those of years that are over
 * stay where they were followed. Asks no leave: it belongs to a move that has been asked for.
 */
export async function plansFollowMember(
  ctx: Context,
  tx: Transaction,
  input: { personId: number; branchId: number },
): Promise<void> {
  const { personId, branchId } = input
  const where = { personId, branchId: { not: branchId }, year: { gte: ctx.today().year } }
  await tx.selfPlan.updateMany({ where, data: { branchId } })
}
