import { type Action, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findTransfer, type TransferView } from './find-transfers.ts'

/** The transfer, for whoever may do this in the branch that is left. */
export async function leavingTransfer(ctx: Context, transferId: number, action: Action): Promise<Result<TransferView>> {
  const transfer = await findTransfer(ctx.db, transferId)
  if (!transfer) return fail('transfers.noSuchTransfer')
  const leave = may(ctx.actor, action, leavingTarget(transfer))
  return leave.ok ? ok(transfer) : leave
}

/** The transfer, for whoever may receive it: for a place outside the ward the leaving branch enters what happened there. */
export async function arrivingTransfer(ctx: Context, transferId: number): Promise<Result<TransferView>> {
  const transfer = await findTransfer(ctx.db, transferId)
  if (!transfer) return fail('transfers.noSuchTransfer')
  const leave = mayReceive(ctx, transfer)
  return leave.ok ? ok(transfer) : leave
}

export function mayReceive(ctx: Context, { wardId, from, to }: TransferView): Result<true> {
  if (to.id === null) return may(ctx.actor, 'transfer.introduce', { wardId, branchId: from.id })
  return may(ctx.actor, 'transfer.receive', { wardId, branchId: to.id })
}

/** Cancelled by the leaving side, or by the person as long as it is only their own request. */
export function mayCancel(ctx: Context, transfer: TransferView): Result<true> {
  const target = leavingTarget(transfer)
  const isOwnRequest = transfer.state === 'proposed' && transfer.person.id === ctx.actor.personId
  return isOwnRequest ? may(ctx.actor, 'transfer.propose', target) : may(ctx.actor, 'transfer.cancel', target)
}

export function leavingTarget({ wardId, from, person }: TransferView) {
  return { wardId, branchId: from.id, personId: person.id }
}
