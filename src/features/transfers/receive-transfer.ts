import { toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { firstDayThere } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { findTransfer, findTransfers, type TransferView } from './find-transfers.ts'
import { receivedMessage } from './messages.ts'
import { arrivingTransfer } from './transfer-for.ts'

/**
 * Records that the receiving branch has checked the papers and received the person, who moves on the instrument's day, or the
 * day after where that is past. Idempotent. Fails with `transfers.notIntroduced`, `transfers.hasEnded`, `transfers.stayOver`.
 */
export async function receiveTransfer(
  ctx: Context,
  { transferId }: { transferId: number },
): Promise<Result<{ transfer: TransferView; before: boolean }>> {
  const found = await arrivingTransfer(ctx, transferId)
  if (!found.ok) return found
  const { effectiveOn, until, to } = found.value
  if (effectiveOn === null) return fail('transfers.notIntroduced')
  const today = ctx.today()
  const movesOn = firstDayThere(effectiveOn, today)
  if (until && Temporal.PlainDate.compare(until, movesOn) < 0) return fail('transfers.stayOver')
  const isOwnBranch = ctx.actor.grants.some(({ branchId }) => branchId !== null && branchId === to.id)
  return ctx.transaction(async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id: transferId, state: 'introduced' },
      data: {
        state: 'received',
        receivedOn: toUtcMidnight(today),
        receivedOnBehalf: !isOwnBranch,
        movesOn: toUtcMidnight(movesOn),
      },
    })
    const transfer = await findTransfer(tx, transferId)
    if (!transfer || transfer.state === 'cancelled' || transfer.state === 'sentBack') return fail('transfers.hasEnded')
    if (count === 0) return ok({ transfer, before: true })
    await ctx.audit(
      tx,
      'transfer.received',
      { transfer: transferId, person: transfer.person.id, to: to.id, onBehalf: isOwnBranch ? 0 : 1 },
      transfer.wardId,
    )
    const own = await privateChatOf(tx, transfer.person.id)
    if (own !== null) {
      const message = receivedMessage(ctx.texts, transfer)
      await ctx.deliver(tx, { chatId: own, message, key: `transfer:${transferId}:received:own` })
    }
    return ok({ transfer, before: false })
  })
}

/** Receives everybody who waits for this branch. Each on their own: what fails for one does not undo the others. */
export async function receiveAll(
  ctx: Context,
  { branchId }: { branchId: number },
): Promise<Result<{ received: TransferView[] }>> {
  const waiting = await findTransfers(ctx.db, { toId: branchId, state: 'introduced' })
  const received: TransferView[] = []
  let refused: Result<never> = fail('transfers.nobodyWaits')
  for (const { id } of waiting) {
    const one = await receiveTransfer(ctx, { transferId: id })
    if (one.ok) received.push(one.value.transfer)
    else refused = one
  }
  return received.length > 0 ? ok({ received }) : refused
}
