import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import type { TransferPack } from '../../domain/packs/schema.ts'
import { startBy } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import { privateChatOf } from '../linking/index.ts'
import { tellBranch, tellOffice } from './addressees.ts'
import { findTransfers, type TransferView } from './find-transfers.ts'
import { lateMessage, overdueMessage, papersMessage, startMessage, stayEndsMessage } from './morning-messages.ts'
import { groupedBy, placeOf } from './tell-arrivals.ts'

/** What the days of that morning ask for, as things stand: a transfer that has gone on meanwhile needs no reminder. Asks no leave: the clock calls it. */
export async function remindOf(ctx: Context, on: Temporal.PlainDate): Promise<void> {
  const pack = packFor('transfer', on)
  if (!pack.ok) return
  await tellLate(ctx, on)
  await tellPapers(ctx, on, pack.value)
  await tellStarts(ctx, on, pack.value)
  await tellStays(ctx, on)
}

/** The day of effect has come, and the receiving branch has not received them: they stay in the old one until it does. */
async function tellLate(ctx: Context, on: Temporal.PlainDate): Promise<void> {
  const late = await findTransfers(ctx.db, { state: 'introduced', effectiveOn: toUtcMidnight(on) })
  for (const [to, group] of groupedBy(late, (transfer) => transfer.to)) {
    const message = lateMessage(ctx.texts, to, group)
    const key = `transfer:late:${to.id ?? group[0]?.id}:${on}`
    const place = placeOf(group, to.id ?? group[0]?.from.id ?? 0)
    await ctx.transaction(async (tx) => {
      await tellBranch(ctx, tx, place, key, message, () => message)
      await tellOffice(ctx, tx, place.wardId, key, message)
    })
  }
}

async function tellPapers(ctx: Context, on: Temporal.PlainDate, pack: TransferPack): Promise<void> {
  for (const days of pack.remindDaysBefore) {
    const by = on.add({ days })
    for (const transfer of await findTransfers(ctx.db, { state: 'introduced', presentBy: toUtcMidnight(by) })) {
      const message = papersMessage(ctx.texts, transfer, by)
      await ctx.transaction((tx) =>
        tellPersonOrBranch(ctx, tx, transfer, `transfer:${transfer.id}:papers:${on}`, message),
      )
    }
  }
  const yesterday = on.subtract({ days: 1 })
  for (const transfer of await findTransfers(ctx.db, { state: 'introduced', presentBy: toUtcMidnight(yesterday) })) {
    const message = overdueMessage(ctx.texts, transfer, yesterday)
    await ctx.transaction((tx) => tellOffice(ctx, tx, transfer.wardId, `transfer:${transfer.id}:overdue`, message))
  }
}

/** An official one is to be introduced within so many working days of the request. */
async function tellStarts(ctx: Context, on: Temporal.PlainDate, pack: TransferPack): Promise<void> {
  const asked = await findTransfers(ctx.db, { kind: 'official', state: { in: ['proposed', 'reviewed'] } })
  for (const transfer of asked) {
    const by = startBy(pack, transfer.proposedOn)
    if (!pack.remindDaysBefore.some((days) => by.subtract({ days }).equals(on))) continue
    const message = startMessage(ctx.texts, transfer, by)
    const place = placeOf([transfer], transfer.from.id)
    await ctx.transaction((tx) =>
      tellBranch(ctx, tx, place, `transfer:${transfer.id}:start:${on}`, message, () => message),
    )
  }
}

/** The last day of a temporary stay: the membership ends by itself, both branches and the person hear of it. */
async function tellStays(ctx: Context, on: Temporal.PlainDate): Promise<void> {
  const ending = await findTransfers(ctx.db, { kind: 'temporary', state: 'done', until: toUtcMidnight(on) })
  for (const transfer of ending) {
    const message = stayEndsMessage(ctx.texts, transfer, on)
    const key = `transfer:${transfer.id}:stayEnds`
    await ctx.transaction(async (tx) => {
      const own = await privateChatOf(tx, transfer.person.id)
      if (own !== null) await ctx.deliver(tx, { chatId: own, message, key: `${key}:own` })
      for (const branchId of [transfer.from.id, transfer.to.id]) {
        if (branchId === null) continue
        await tellBranch(ctx, tx, placeOf([transfer], branchId), `${key}:${branchId}`, message, () => message)
      }
    })
  }
}

/** Whoever must hand in the papers; where the bot cannot reach them, the branch they leave. */
async function tellPersonOrBranch(
  ctx: Context,
  tx: Transaction,
  transfer: TransferView,
  key: string,
  message: Message,
): Promise<void> {
  const own = await privateChatOf(tx, transfer.person.id)
  if (own !== null) {
    await ctx.deliver(tx, { chatId: own, message, key: `${key}:own` })
    return
  }
  await tellBranch(ctx, tx, placeOf([transfer], transfer.from.id), key, message, () => message)
}
