import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { mayOperate } from './list-failures.ts'

/**
 * What an operator decides about a delivery that failed or whose outcome nobody knows: sent once more, or put aside for
 * good (its text is then erased). A second tap finds it decided.
 */
export async function decideDelivery(
  ctx: Context,
  input: { deliveryId: number; decision: 'resend' | 'putAside' },
): Promise<Result<true>> {
  const leave = mayOperate(ctx)
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const { count } = await tx.delivery.updateMany({
      where: { id: input.deliveryId, state: { in: ['failed', 'unknown'] } },
      data:
        input.decision === 'resend'
          ? { state: 'waiting', error: null, finishedAt: null }
          : { state: 'putAside', message: Prisma.DbNull },
    })
    if (count === 0) return fail('operations.decided')
    await ctx.audit(tx, `delivery.${input.decision}`, { delivery: input.deliveryId })
    return ok(true)
  })
}
