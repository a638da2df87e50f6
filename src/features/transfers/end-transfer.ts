import { fail, ok, type Result } from '../../domain/result.ts'
import { mayFollow, transferStates } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { deliverToEach, officerChats, privateChatOf } from '../linking/index.ts'
import { reviewerChats } from '../tasks/index.ts'
import { findTransfer, type TransferView } from './find-transfers.ts'
import { endedMessage } from './messages.ts'
import { arrivingTransfer, mayCancel } from './transfer-for.ts'

export const longestReason = 500

interface EndTransfer {
  transferId: number
  reason: string
}

/**
 * The receiving branch sends somebody back, before the day they would move. The office, the branch that was to be left and
 * the person are told why; membership stays as it was. Idempotent. Fails with `transfers.noReason`, `transfers.hasMoved`.
 */
export async function sendBackTransfer(ctx: Context, input: EndTransfer): Promise<Result<TransferView>> {
  const found = await arrivingTransfer(ctx, input.transferId)
  return found.ok ? end(ctx, found.value, 'sentBack', input.reason) : found
}

/** The leaving side gives a transfer up, before the day of the move. Idempotent. Fails as `sendBackTransfer` does. */
export async function cancelTransfer(ctx: Context, input: EndTransfer): Promise<Result<TransferView>> {
  const transfer = await findTransfer(ctx.db, input.transferId)
  if (!transfer) return fail('transfers.noSuchTransfer')
  const leave = mayCancel(ctx, transfer)
  return leave.ok ? end(ctx, transfer, 'cancelled', input.reason) : leave
}

async function end(
  ctx: Context,
  transfer: TransferView,
  outcome: 'sentBack' | 'cancelled',
  words: string,
): Promise<Result<TransferView>> {
  const reason = words.normalize('NFC').trim()
  if (reason === '') return fail('transfers.noReason')
  if (reason.length > longestReason) return fail('transfers.reasonTooLong', { longest: longestReason })
  const before = transferStates.filter((state) => mayFollow(state, outcome))
  return ctx.transaction(async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id: transfer.id, state: { in: before } },
      data: { state: outcome, reason, endedAt: ctx.now() },
    })
    const ended = await findTransfer(tx, transfer.id)
    if (!ended) return fail('transfers.noSuchTransfer')
    if (count === 0) return refusal(ended, outcome)
    await recordEnd(ctx, tx, ended)
    return ok(ended)
  })
}

function refusal(transfer: TransferView, outcome: 'sentBack' | 'cancelled'): Result<TransferView> {
  if (transfer.state === outcome) return ok(transfer)
  if (transfer.state === 'done') return fail('transfers.hasMoved')
  return fail(
    outcome === 'sentBack' && transfer.state !== 'cancelled' ? 'transfers.notIntroduced' : 'transfers.hasEnded',
  )
}

/** Records it and tells everybody whom it was to move or to occupy. */
export async function recordEnd(ctx: Context, tx: Transaction, transfer: TransferView): Promise<void> {
  const { id, wardId, person, from, to } = transfer
  const action = transfer.state === 'sentBack' ? 'transfer.sentBack' : 'transfer.cancelled'
  await ctx.audit(tx, action, { transfer: id, person: person.id, from: from.id, to: to.id }, wardId)
  const own = await privateChatOf(tx, person.id)
  const office = await officerChats(tx, wardId)
  const message = endedMessage(ctx.texts, transfer, false)
  const chats = [
    ...(own === null ? [] : [own]),
    ...(await reviewerChats(tx, from.id, ctx.today())),
    ...(to.id === null || transfer.introducedOn === null ? [] : await reviewerChats(tx, to.id, ctx.today())),
  ].filter((chat) => !office.includes(chat))
  await deliverToEach(ctx, tx, chats, `transfer:${id}:ended`, message)
  await deliverToEach(ctx, tx, office, `transfer:${id}:ended`, endedMessage(ctx.texts, transfer, true))
}
