import { may } from '../../../domain/access.ts'
import type { Period } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'

/**
 * The acting person says that their sheet of the period is whole: whoever issues may take it in. A later change takes that
 * back. Idempotent. Fails with `entries.nothingEntered`.
 */
export async function handOverEntries(
  ctx: Context,
  { period }: { period: Period },
): Promise<Result<{ count: number }>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId })
  if (!leave.ok) return leave
  const sheet = await ctx.db.entrySheet.findFirst({
    where: { wardId, period, accountId: ctx.actor.accountId ?? 0n },
    include: { _count: { select: { results: { where: { level: { not: null } } } } } },
  })
  if (!sheet || sheet._count.results === 0) return fail('entries.nothingEntered')
  await ctx.transaction(async (tx) => {
    const { count } = await tx.entrySheet.updateMany({
      where: { id: sheet.id, handedOverAt: null },
      data: { handedOverAt: ctx.now() },
    })
    if (count > 0) await ctx.audit(tx, 'notice.evaluation.handedOver', { period, sheet: sheet.id }, wardId)
  })
  return ok({ count: sheet._count.results })
}
