import { may } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { speakerOf } from '../../telegram/speaker.ts'
import { wardPostHoldersAmong } from '../registry/index.ts'

/**
 * Those of the people whose links the ward's office alone makes and undoes (`link.holder`): whoever speaks for them issues
 * notices, or keeps the registry, in their name. They hold a post of the ward today, or an appointment by their account.
 */
export async function holdersAmong(
  db: Database | Transaction,
  personIds: readonly number[],
  on: Temporal.PlainDate,
): Promise<Set<number>> {
  const holders = await wardPostHoldersAmong(db, personIds, on)
  const links = await db.accountLink.findMany({
    where: { personId: { in: [...personIds] }, endedAt: null },
    select: { personId: true, accountId: true },
  })
  const appointed = await appointedAmong(
    db,
    links.map(({ accountId }) => accountId),
  )
  for (const { personId, accountId } of links) if (appointed.has(accountId)) holders.add(personId)
  return holders
}

/** Those of the accounts that are appointed to something now. */
export async function appointedAmong(db: Database | Transaction, accountIds: readonly bigint[]): Promise<Set<bigint>> {
  const rows = await db.appointment.findMany({
    where: { accountId: { in: [...accountIds] }, to: null },
    select: { accountId: true },
  })
  return new Set(rows.map(({ accountId }) => accountId))
}

/**
 * Whether an invitation may bind an account to somebody who is, or thereby becomes, such a holder: it was made by the
 * program or by whoever may link holders today, or the account that takes it may do so itself. An invitation outlives the
 * day on which its branch could still make it.
 */
export async function mayLinkHolder(
  ctx: Context,
  tx: Transaction,
  { createdBy, wardId }: { createdBy: bigint | null; wardId: number },
): Promise<boolean> {
  if (createdBy === null || may(ctx.actor, 'link.holder', { wardId }).ok) return true
  const { actor } = await speakerOf(tx, { id: createdBy, name: '' }, ctx.now())
  return may(actor, 'link.holder', { wardId }).ok
}
