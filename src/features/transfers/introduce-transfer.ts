import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import type { Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { checkDays, presentBy } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatOf } from '../linking/index.ts'
import { branchOf } from '../registry/index.ts'
import { tellBranch } from './addressees.ts'
import { findTransfer, type TransferView } from './find-transfers.ts'
import { readInstrumentNumber } from './instrument.ts'
import { introducedMessage, receivingMessage, unreachableMessage } from './messages.ts'
import { memberSince } from './propose-transfer.ts'
import { leavingTransfer } from './transfer-for.ts'

export interface IntroduceTransfer {
  transferId: number
  instrumentNumber: string
  instrumentOn: Temporal.PlainDate
  effectiveOn: Temporal.PlainDate
  /** The month through which Party fees are paid, as the paper states it. */
  feesPaidThrough: Period
}

/**
 * Records the introduction paper: from now on the receiving branch has the person on its list, and the days to hand in the
 * papers run. Idempotent: an introduced one is returned as it is. Fails as `checkDays` does, and with
 * `transfers.notReviewed`, `transfers.hasEnded`, `transfers.stayOver`.
 */
export async function introduceTransfer(ctx: Context, input: IntroduceTransfer): Promise<Result<TransferView>> {
  const { transferId, instrumentOn, effectiveOn } = input
  const found = await leavingTransfer(ctx, transferId, 'transfer.introduce')
  if (!found.ok) return found
  const number = readInstrumentNumber(input.instrumentNumber)
  if (!number.ok) return number
  const since = await memberSince(ctx, found.value.person.id)
  const days = checkDays({ instrumentOn, effectiveOn, since, today: ctx.today() })
  if (!days.ok) return days
  const { until } = found.value
  if (until && Temporal.PlainDate.compare(until, effectiveOn) <= 0) return fail('transfers.stayOver')
  const pack = packFor('transfer', ctx.today())
  if (!pack.ok) return pack
  return ctx.transaction(async (tx) => {
    const { count } = await tx.transfer.updateMany({
      where: { id: transferId, state: 'reviewed' },
      data: {
        state: 'introduced',
        instrumentNumber: number.value,
        instrumentOn: toUtcMidnight(instrumentOn),
        effectiveOn: toUtcMidnight(effectiveOn),
        feesPaidThrough: input.feesPaidThrough,
        introducedOn: toUtcMidnight(ctx.today()),
        presentBy: toUtcMidnight(presentBy(pack.value, ctx.today())),
      },
    })
    const transfer = await findTransfer(tx, transferId)
    if (!transfer || transfer.state === 'cancelled') return fail('transfers.hasEnded')
    if (transfer.state === 'proposed') return fail('transfers.notReviewed')
    if (count > 0) await recordIntroduction(ctx, tx, transfer)
    return ok(transfer)
  })
}

/** Records it and tells the receiving branch and the person. */
export async function recordIntroduction(ctx: Context, tx: Transaction, transfer: TransferView): Promise<void> {
  const { id, wardId, person, from, to } = transfer
  await ctx.audit(tx, 'transfer.introduced', { transfer: id, person: person.id, from: from.id, to: to.id }, wardId)
  const own = await privateChatOf(tx, person.id)
  if (own !== null) {
    const message = introducedMessage(ctx.texts, transfer)
    await ctx.deliver(tx, { chatId: own, message, key: `transfer:${id}:introduced:own` })
  }
  const branch = to.id === null ? null : await branchOf(tx, to.id)
  if (!branch) return
  const place = { wardId, branchId: branch.id }
  await tellBranch(ctx, tx, place, `transfer:${id}:introduced`, receivingMessage(ctx.texts, branch, [transfer]), () =>
    unreachableMessage(ctx.texts, branch, [transfer]),
  )
}
