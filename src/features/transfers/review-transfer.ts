import { toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findTransfer, type TransferView } from './find-transfers.ts'
import { leavingTransfer } from './transfer-for.ts'

/** Records that the leaving branch has met and gone through the person's self-review. Idempotent. */
export async function reviewTransfer(
  ctx: Context,
  { transferId }: { transferId: number },
): Promise<Result<TransferView>> {
  const found = await leavingTransfer(ctx, transferId, 'transfer.introduce')
  if (!found.ok) return found
  return ctx.transaction(async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id: transferId, state: 'proposed' },
      data: { state: 'reviewed', reviewedOn: toUtcMidnight(ctx.today()) },
    })
    const transfer = await findTransfer(tx, transferId)
    if (!transfer || transfer.state === 'cancelled') return fail('transfers.hasEnded')
    if (count > 0) await ctx.audit(tx, 'transfer.reviewed', { transfer: transferId }, transfer.wardId)
    return ok(transfer)
  })
}
