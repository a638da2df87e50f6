import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { openTransferStates, presentBy } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { branchesOf } from '../registry/index.ts'
import { findTransfer, findTransfers, type TransferView } from './find-transfers.ts'
import { recordIntroduction } from './introduce-transfer.ts'

/**
 * Introduces somebody who was sent back to another branch under the same instrument; the transfer that was sent back stands
 * as it ended. Idempotent. Fails with `transfers.notSentBack`, `transfers.receiverGone`, `transfers.alreadyOpen`.
 */
export async function redirectTransfer(
  ctx: Context,
  { transferId, toId }: { transferId: number; toId: number },
): Promise<Result<TransferView>> {
  const old = await findTransfer(ctx.db, transferId)
  if (!old) return fail('transfers.noSuchTransfer')
  const leave = may(ctx.actor, 'transfer.plan', { wardId: old.wardId })
  if (!leave.ok) return leave
  const { instrument, effectiveOn } = old
  if (old.state !== 'sentBack' || instrument === null || effectiveOn === null) return fail('transfers.notSentBack')
  const { name } = old.person
  const branches = await branchesOf(ctx.db, old.wardId, ctx.today())
  if (!branches.some(({ id }) => id === toId)) return fail('transfers.receiverGone', { name })
  if (toId === old.from.id) return fail('transfers.sameBranch', { name })
  const pack = packFor('transfer', ctx.today())
  if (!pack.ok) return pack
  const source = `transfer:${transferId}:again`
  const today = toUtcMidnight(ctx.today())
  try {
    return await ctx.transaction(async (tx) => {
      const { id } = await tx.transfer.create({
        data: {
          wardId: old.wardId,
          planId: old.planId,
          personId: old.person.id,
          kind: old.kind,
          fromId: old.from.id,
          toId,
          state: 'introduced',
          instrumentNumber: instrument.number,
          instrumentOn: toUtcMidnight(instrument.on),
          effectiveOn: toUtcMidnight(effectiveOn),
          until: old.until && toUtcMidnight(old.until),
          feesPaidThrough: old.feesPaidThrough,
          proposedOn: today,
          introducedOn: today,
          presentBy: toUtcMidnight(presentBy(pack.value, ctx.today())),
          createdAt: ctx.now(),
          source,
        },
      })
      const transfer = await findTransfer(tx, id)
      if (!transfer) throw new Error('a transfer that was just written is not there')
      await recordIntroduction(ctx, tx, transfer)
      return ok(transfer)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const [first] = await findTransfers(ctx.db, { source })
    if (first) return ok(first)
    const open = await findTransfers(ctx.db, { personId: old.person.id, state: { in: [...openTransferStates] } })
    if (open.length > 0) return fail('transfers.alreadyOpen', { name })
    throw error
  }
}
