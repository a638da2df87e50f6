import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { memberOf } from '../registry/index.ts'
import { deliverToEach, secretaryChats } from './addressees.ts'
import { endAppointmentsByLink, endAppointmentsOf } from './end-appointment.ts'
import { endInvitations } from './find-code.ts'
import { holdersAmong } from './holders.ts'
import { leaveFor } from './leave.ts'
import { unlinkedMessage, withdrawnNote } from './screens-people.ts'
import { type EndReason, tellOfLostHolder } from './tell-of-lost-holder.ts'

export interface EndedLink {
  personId: number
  fullName: string
  accountId: bigint
}

/**
 * Undoes a link in one tap: the account was not the right person's. The account and older invitations end with it; the
 * account is told, and of whoever holds a post of the ward or an appointment the office. Idempotent. Fails with
 * `linking.holderByOfficer` where the office alone undoes it.
 */
export async function undoLink(ctx: Context, { linkId }: { linkId: number }): Promise<Result<EndedLink>> {
  const link = await ctx.db.accountLink.findUnique({ where: { id: linkId }, include: { person: true } })
  if (!link) return fail('linking.notLinked')
  const { personId, person, accountId } = link
  const member = await memberOf(ctx.db, personId, ctx.today())
  const place = member ? { branchId: member.branchId } : {}
  const leave = leaveFor(ctx, 'link.unlink', { wardId: person.wardId, personId, ...place })
  if (!leave.ok) return leave
  const ended = { personId, fullName: person.fullName, accountId }
  if (link.endedAt) return ok(ended)
  const holders = await holdersAmong(ctx.db, [personId], ctx.today())
  const isTheirs = holders.has(personId) && !leaveFor(ctx, 'link.holder', { wardId: person.wardId }).ok
  if (isTheirs) return fail('linking.holderByOfficer')
  return ctx.transaction(async (tx) => {
    await end(ctx, tx, { ...link, wardId: person.wardId }, 'wrongPerson')
    await ctx.deliver(tx, { chatId: accountId, message: unlinkedMessage(ctx.texts), key: `link:undone:${linkId}` })
    return ok(ended)
  })
}

/**
 * Withdraws the consent of the account that asks: its link and its appointments end, and the secretary is told that the
 * member is to be served by hand. Fails with `linking.lastOfficer` where nobody would keep the ward's registry.
 * Idempotent. Asks no leave: everybody decides about their own data.
 */
export async function withdrawConsent(ctx: Context): Promise<Result<true>> {
  const { accountId } = ctx.actor
  if (accountId === null) return fail('linking.notLinked')
  const link = await ctx.db.accountLink.findFirst({ where: { accountId, endedAt: null }, include: { person: true } })
  const member = link && (await memberOf(ctx.db, link.personId, ctx.today()))
  return ctx.transaction(async (tx) => {
    const appointments = await endAppointmentsOf(ctx, tx, accountId)
    if (!appointments.ok || !link) return appointments
    await end(ctx, tx, { ...link, wardId: link.person.wardId }, 'withdrawn')
    if (member) {
      const chats = await secretaryChats(ctx, tx, member.branchId)
      const note = withdrawnNote(ctx.texts, link.person.fullName)
      await deliverToEach(ctx, tx, chats, `link:withdrawn:${link.id}`, note)
    }
    return ok(true)
  })
}

/** Ends the link of a person whose data is erased. The caller asks leave. */
export async function endLinkOf(ctx: Context, tx: Transaction, personId: number): Promise<void> {
  const link = await tx.accountLink.findFirst({ where: { personId, endedAt: null }, include: { person: true } })
  if (link) await end(ctx, tx, { ...link, wardId: link.person.wardId }, 'withdrawn')
}

async function end(
  ctx: Context,
  tx: Transaction,
  link: { id: number; personId: number; wardId: number; accountId: bigint },
  reason: EndReason,
): Promise<void> {
  await tellOfLostHolder(ctx, tx, { linkId: link.id, personId: link.personId, reason })
  await tx.accountLink.update({ where: { id: link.id }, data: { endedAt: ctx.now(), endReason: reason } })
  await ctx.cancelWaiting(tx, link.accountId)
  await endAppointmentsByLink(ctx, tx, link.accountId)
  await tx.form.deleteMany({ where: { accountId: link.accountId } })
  await endInvitations(ctx, tx, link.personId)
  await ctx.audit(tx, 'account.unlinked', { person: link.personId, link: link.id, reason }, link.wardId)
}
