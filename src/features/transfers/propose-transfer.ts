import { may } from '../../domain/access.ts'
import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { normaliseName } from '../../domain/names.ts'
import { packFor } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { checkStay, openTransferStates, type TransferKind } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { branchesOf } from '../registry/index.ts'
import { tellBranch } from './addressees.ts'
import { findTransfer, findTransfers, type TransferView } from './find-transfers.ts'
import { proposedMessage } from './messages.ts'

export const longestPlace = 200

export interface ProposeTransfer {
  /** Where the draft began: the same draft confirmed twice is one transfer. */
  key: string
  personId: number
  kind: TransferKind
  /** A branch of the ward, or the name of a place outside it. */
  to: { branchId: number } | { name: string }
  /** The last day of a temporary one, and whether it is for studies, which may last longer. */
  stay: { until: Temporal.PlainDate; study: boolean } | null
}

/**
 * Opens a transfer for one person, asked for by themself, by their branch or by the ward's office. Idempotent by `key`. Fails
 * with `transfers.notOfficialMember`, `transfers.alreadyOpen` {name}, `transfers.receiverGone` {name}, `transfers.sameBranch`
 * {name}, `transfers.noPlace`, `transfers.placeTooLong` and, for a temporary one, as `checkStay` does.
 */
export async function proposeTransfer(ctx: Context, input: ProposeTransfer): Promise<Result<TransferView>> {
  const membership = await officialMembership(ctx, input.personId)
  if (!membership) return fail('transfers.notOfficialMember')
  const { organisation, person } = membership
  const wardId = person.wardId
  const leave = may(ctx.actor, 'transfer.propose', { wardId, branchId: organisation.id, personId: person.id })
  if (!leave.ok) return leave
  const before = await proposedBefore(ctx, input.key)
  if (before) return ok(before)
  const to = await checkPlace(ctx, { wardId, fromId: organisation.id, name: person.fullName }, input)
  if (!to.ok) return to
  const busy = await findTransfers(ctx.db, { personId: person.id, state: { in: [...openTransferStates] } })
  if (busy.length > 0) return fail('transfers.alreadyOpen', { name: person.fullName })
  try {
    return await ctx.transaction(async (tx) => {
      const { id } = await tx.transfer.create({
        data: {
          wardId,
          personId: person.id,
          kind: input.kind,
          fromId: organisation.id,
          ...to.value,
          until: input.stay && toUtcMidnight(input.stay.until),
          proposedOn: toUtcMidnight(ctx.today()),
          createdAt: ctx.now(),
          source: input.key,
        },
      })
      const transfer = await findTransfer(tx, id)
      if (!transfer) throw new Error('a transfer that was just written is not there')
      await ctx.audit(tx, 'transfer.proposed', { transfer: id, person: person.id }, wardId)
      await tellProposed(ctx, tx, transfer)
      return ok(transfer)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const first = await proposedBefore(ctx, input.key)
    return first ? ok(first) : fail('transfers.alreadyOpen', { name: person.fullName })
  }
}

/** Where the person belongs officially now. */
export function officialMembership(ctx: Context, personId: number) {
  return ctx.db.membership.findFirst({
    where: { personId, kind: 'official', to: null },
    include: { person: true, organisation: { select: { id: true, name: true } } },
  })
}

async function checkPlace(
  ctx: Context,
  leaving: { wardId: number; fromId: number; name: string },
  { kind, to, stay }: ProposeTransfer,
): Promise<Result<{ toId: number } | { toName: string }>> {
  const { name } = leaving
  if (stay) {
    const pack = packFor('transfer', ctx.today())
    const length = pack.ok ? checkStay(pack.value, { from: ctx.today(), ...stay }) : pack
    if (!length.ok) return length
  }
  if ('name' in to) {
    const place = normaliseName(to.name)
    if (place === '' || kind === 'internal') return fail('transfers.noPlace')
    return place.length > longestPlace
      ? fail('transfers.placeTooLong', { longest: longestPlace })
      : ok({ toName: place })
  }
  if (to.branchId === leaving.fromId) return fail('transfers.sameBranch', { name })
  const branches = await branchesOf(ctx.db, leaving.wardId, ctx.today())
  const isThere = branches.some(({ id }) => id === to.branchId)
  return isThere ? ok({ toId: to.branchId }) : fail('transfers.receiverGone', { name })
}

/** The leaving branch hears of a request that it did not make itself. */
async function tellProposed(ctx: Context, tx: Transaction, transfer: TransferView): Promise<void> {
  const actsForBranch = may(ctx.actor, 'transfer.introduce', {
    wardId: transfer.wardId,
    branchId: transfer.from.id,
  }).ok
  if (actsForBranch) return
  const message = proposedMessage(ctx.texts, transfer)
  const place = { wardId: transfer.wardId, branchId: transfer.from.id }
  await tellBranch(ctx, tx, place, `transfer:${transfer.id}:proposed`, message, () => message)
}

async function proposedBefore(ctx: Context, key: string): Promise<TransferView | null> {
  const [transfer] = await findTransfers(ctx.db, { source: key })
  return transfer ?? null
}

/** The first day in the branch that the person belongs to. Asks no leave: a use-case that has asked compares days with it. */
export async function memberSince(ctx: Context, personId: number): Promise<Temporal.PlainDate | null> {
  const membership = await officialMembership(ctx, personId)
  return membership && fromUtcMidnight(membership.from)
}
