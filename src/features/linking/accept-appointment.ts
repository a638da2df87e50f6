import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { deliverToEach, officerChats, wardLeaderChats } from './addressees.ts'
import { consentVersion } from './consent.ts'
import { findCode, useCode } from './find-code.ts'
import { type AppointedRole, asAppointedRole } from './roles.ts'
import { appointedNote } from './screens-appointments.ts'

export interface AcceptedAppointment {
  role: AppointedRole
  wardName: string
}

/**
 * Appoints the account by its code and records its consent, in one transaction; the ward's officers and leaders are told. The same
 * account's second tap is answered as the first. A code counts as long as whoever made it may appoint. Fails with
 * `linking.codeOther`, `codeSpent` and as findCode does. Asks no leave: the code that the officer gave out is the leave.
 */
export async function acceptAppointment(
  ctx: Context,
  { code: typed, accountName }: { code: string; accountName: string },
): Promise<Result<AcceptedAppointment>> {
  const found = await findCode(ctx, typed)
  if (!found.ok) return found
  const { id: codeId, kind, wardId, createdBy, usedHere } = found.value
  const { accountId } = ctx.actor
  const role = asAppointedRole(kind)
  if (role === null || wardId === null || accountId === null) return fail('linking.codeOther')
  const ward = await ctx.db.ward.findUniqueOrThrow({ where: { id: wardId } })
  const accepted = { role, wardName: ward.name }
  const open = await ctx.db.appointment.findFirst({ where: { wardId, accountId, role, to: null } })
  if (open) return ok(accepted)
  if (usedHere) return fail('linking.codeSpent')
  try {
    return await ctx.transaction(async (tx) => {
      if (createdBy !== null && !(await officerChats(tx, wardId)).includes(createdBy)) return fail('linking.codeSpent')
      if (!(await useCode(ctx, tx, codeId))) return fail('linking.codeSpent')
      const granted = { grantedBy: createdBy, from: ctx.now(), consentVersion, consentAt: ctx.now() }
      const appointment = await tx.appointment.create({ data: { wardId, accountId, accountName, role, ...granted } })
      await ctx.audit(tx, 'appointment.made', { appointment: appointment.id, role, consent: consentVersion }, wardId)
      const note = appointedNote(ctx.texts, { role, name: accountName })
      const chats = [...(await officerChats(tx, wardId)), ...(await wardLeaderChats(ctx, tx, wardId))]
      await deliverToEach(ctx, tx, chats, `link:appointed:${appointment.id}`, note)
      return ok(accepted)
    })
  } catch (error) {
    if (isDuplicate(error)) return acceptAppointment(ctx, { code: typed, accountName })
    throw error
  }
}
