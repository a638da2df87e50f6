import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { posts } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { plansFollowMember } from '../plans/index.ts'
import { recordEnd } from './end-transfer.ts'
import { findTransfer, findTransfers, type TransferView } from './find-transfers.ts'
import { lockWard } from './lock-ward.ts'

/** The posts that are held as a member of the branch; the ward's member in charge of it belongs elsewhere. */
const ownPosts = posts.filter(({ place, role }) => place === 'branch' && role !== 'supervisor').map(({ code }) => code)

/**
 * Moves everybody whose day has come, in the order of the days: the old membership ends the day before, the new one begins,
 * the posts in the old branch end. Rights follow, because they derive from these rows. However late the program looks, the
 * rows carry the day itself. Asks no leave: the clock calls it.
 */
export async function applyMoves(ctx: Context, until: Date): Promise<void> {
  const due = await findTransfers(ctx.db, { state: 'received', movesOn: { lte: toUtcMidnight(dayAt(until)) } })
  for (const { id, wardId } of due.sort(byDay)) {
    await ctx.transaction(async (tx) => {
      await lockWard(tx, wardId)
      const transfer = await findTransfer(tx, id)
      if (transfer?.state === 'received' && transfer.movesOn) await move(ctx, tx, transfer, transfer.movesOn)
    })
  }
}

async function move(ctx: Context, tx: Transaction, transfer: TransferView, on: Temporal.PlainDate): Promise<void> {
  const { id, wardId, kind, person, from, to } = transfer
  const current = await tx.membership.findFirst({
    where: { personId: person.id, organisationId: from.id, kind: 'official', to: null },
  })
  if (!current || current.from >= toUtcMidnight(on)) return giveUp(ctx, tx, transfer)
  const begins = { personId: person.id, from: toUtcMidnight(on), reason: 'transfer' }
  if (kind === 'temporary') {
    const until = transfer.until && toUtcMidnight(transfer.until)
    if (to.id !== null) {
      await tx.membership.create({ data: { ...begins, organisationId: to.id, kind: 'temporary', to: until } })
    }
  } else {
    const last = toUtcMidnight(on.subtract({ days: 1 }))
    await tx.membership.update({ where: { id: current.id }, data: { to: last } })
    await tx.position.updateMany({
      where: { personId: person.id, organisationId: from.id, to: null, post: { in: ownPosts } },
      data: { to: last },
    })
    if (to.id !== null) {
      await tx.membership.create({ data: { ...begins, organisationId: to.id } })
      await plansFollowMember(ctx, tx, { personId: person.id, branchId: to.id })
    }
  }
  await tx.transfer.update({ where: { id }, data: { state: 'done', movedAt: ctx.now() } })
  await ctx.audit(tx, 'transfer.done', { transfer: id, person: person.id, from: from.id, to: to.id }, wardId)
}

/** The register says by now that the person is not in the branch that was to be left: nothing to move. */
async function giveUp(ctx: Context, tx: Transaction, transfer: TransferView): Promise<void> {
  await tx.transfer.update({
    where: { id: transfer.id },
    data: { state: 'cancelled', reason: ctx.texts('transfers:registerChanged'), endedAt: ctx.now() },
  })
  const ended = await findTransfer(tx, transfer.id)
  if (ended) await recordEnd(ctx, tx, ended)
}

function byDay(a: TransferView, b: TransferView): number {
  return (a.movesOn?.toString() ?? '').localeCompare(b.movesOn?.toString() ?? '') || a.id - b.id
}
