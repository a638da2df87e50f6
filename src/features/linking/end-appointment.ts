import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { deliverToEach, officerChats } from './addressees.ts'
import { leaveFor } from './leave.ts'
import { appointmentEndedNote, dismissedMessage } from './screens-appointments.ts'

interface OpenAppointment {
  id: number
  wardId: number
  role: string
  accountId: bigint
  accountName: string
}

/** Ends an officer's or operator's appointment. Idempotent. Fails with `linking.lastOfficer` for the ward's last officer. */
export async function endAppointment(
  ctx: Context,
  { appointmentId }: { appointmentId: number },
): Promise<Result<{ accountId: bigint; accountName: string }>> {
  const appointment = await ctx.db.appointment.findUnique({ where: { id: appointmentId } })
  if (!appointment) return fail('linking.noAppointment')
  const leave = leaveFor(ctx, 'ward.appoint', { wardId: appointment.wardId })
  if (!leave.ok) return leave
  const { accountId, accountName } = appointment
  return ctx.transaction(async (tx) => {
    const now = await tx.appointment.findUniqueOrThrow({ where: { id: appointmentId } })
    if (now.to === null && (await isLastOfficer(tx, now))) return fail('linking.lastOfficer')
    if (await end(ctx, tx, now)) await tellOfEnd(ctx, tx, now)
    return ok({ accountId, accountName })
  })
}

/** Ends all that an account was appointed to, inside the transaction of its withdrawal; all or nothing. */
export async function endAppointmentsOf(ctx: Context, tx: Transaction, accountId: bigint): Promise<Result<true>> {
  const appointments = await tx.appointment.findMany({ where: { accountId, to: null }, orderBy: { id: 'asc' } })
  for (const appointment of appointments) {
    if (await isLastOfficer(tx, appointment)) return fail('linking.lastOfficer')
  }
  for (const appointment of appointments) {
    if (await end(ctx, tx, appointment)) await tellOfEnd(ctx, tx, appointment)
  }
  return ok(true)
}

/**
 * Ends what an account was appointed to as the person it was linked to, inside the transaction that ends the link: it was
 * another's, or is lost; the account and the officers are told. What it got by a code of its own stays, and so does the ward's
 * last officer.
 */
export async function endAppointmentsByLink(ctx: Context, tx: Transaction, accountId: bigint): Promise<void> {
  const byLink = { accountId, to: null, consentAt: null }
  for (const appointment of await tx.appointment.findMany({ where: byLink, orderBy: { id: 'asc' } })) {
    if (await isLastOfficer(tx, appointment)) continue
    if (await end(ctx, tx, appointment)) await tellOfEnd(ctx, tx, appointment)
  }
}

/** Endings of one ward wait for one another, so two officers cannot end each other. */
async function isLastOfficer(tx: Transaction, { wardId, role }: OpenAppointment): Promise<boolean> {
  await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR UPDATE`
  return role === 'officer' && (await tx.appointment.count({ where: { wardId, role, to: null } })) === 1
}

/** Answers whether it was still open. */
async function end(ctx: Context, tx: Transaction, { id, wardId, role }: OpenAppointment): Promise<boolean> {
  const { count } = await tx.appointment.updateMany({ where: { id, to: null }, data: { to: ctx.now() } })
  if (count > 0) await ctx.audit(tx, 'appointment.ended', { appointment: id, role }, wardId)
  return count > 0
}

/** Tells the account what it is no more, and the ward's officers; whoever did it needs no telling. */
async function tellOfEnd(
  ctx: Context,
  tx: Transaction,
  { id, wardId, role, accountId, accountName }: OpenAppointment,
): Promise<void> {
  const key = `link:dismissed:${id}`
  await deliverToEach(ctx, tx, [accountId], key, dismissedMessage(ctx.texts, role))
  const note = appointmentEndedNote(ctx.texts, { role, name: accountName })
  const officers = await officerChats(tx, wardId)
  await deliverToEach(
    ctx,
    tx,
    officers.filter((chat) => chat !== accountId),
    key,
    note,
  )
}
