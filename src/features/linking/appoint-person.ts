import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { deliverToEach, officerChats, wardLeaderChats } from './addressees.ts'
import { leaveFor } from './leave.ts'
import type { AppointedRole } from './roles.ts'
import { appointedByNameNote, appointedMessage } from './screens-appointments.ts'

/** Appoints the account of a linked person; they, the ward's officers and its leaders are told. Idempotent. Fails with `linking.notLinkedYet` {name}. */
export async function appointPerson(
  ctx: Context,
  { personId, role }: { personId: number; role: AppointedRole },
): Promise<Result<{ accountId: bigint; fullName: string }>> {
  const person = await ctx.db.person.findUnique({
    where: { id: personId },
    include: { ward: true, links: { where: { endedAt: null, consentAt: { not: null } } } },
  })
  if (!person) return fail('linking.notMember')
  const { wardId, fullName } = person
  const leave = leaveFor(ctx, 'ward.appoint', { wardId })
  if (!leave.ok) return leave
  const link = person.links[0]
  if (!link) return fail('linking.notLinkedYet', { name: fullName })
  const { accountId } = link
  try {
    return await ctx.transaction(async (tx) => {
      const appointment = await tx.appointment.create({
        data: {
          wardId,
          accountId,
          accountName: link.accountName,
          role,
          from: ctx.now(),
          grantedBy: ctx.actor.accountId,
        },
      })
      await ctx.audit(tx, 'appointment.made', { appointment: appointment.id, role, person: personId }, wardId)
      const message = appointedMessage(ctx.texts, { role, ward: person.ward.name })
      const key = `link:appointed:${appointment.id}`
      await ctx.deliver(tx, { chatId: accountId, message, key: `${key}:${accountId}` })
      const chats = [...(await officerChats(tx, wardId)), ...(await wardLeaderChats(ctx, tx, wardId))]
      const note = appointedByNameNote(ctx.texts, { role, name: fullName })
      await deliverToEach(
        ctx,
        tx,
        chats.filter((chat) => chat !== accountId),
        key,
        note,
      )
      return ok({ accountId, fullName })
    })
  } catch (error) {
    // Appointed already.
    if (isDuplicate(error)) return ok({ accountId, fullName })
    throw error
  }
}
