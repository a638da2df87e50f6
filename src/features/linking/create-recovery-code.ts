import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { showCode } from './codes.ts'
import { createCode } from './create-code.ts'
import { isProgram } from './leave.ts'
import { recoveryNote } from './screens-appointments.ts'

/** An officer who has done something within this time can appoint another one. */
const activeWithin = 30 * 24 * 3_600_000

/**
 * Makes a one-time code for a new officer of the ward, for whoever administers the machine: the way back in after the sole
 * officer has lost their account. Every officer is told, so that none is made unseen. Fails with `linking.` `wardUnclear`
 * {wards} where several wards live here and none is named, `officersActive` {count} where two or more officers stand, one of whom has
 * acted lately and can appoint. Asks no leave: the running program makes it for whoever can read its settings.
 */
export async function createRecoveryCode(
  ctx: Context,
  { wardId }: { wardId: number | null },
): Promise<Result<{ code: string; ward: string }>> {
  if (!isProgram(ctx)) throw new Error('only the program itself makes a recovery code')
  const wards = await ctx.db.ward.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
  const ward = wardId === null && wards.length === 1 ? wards[0] : wards.find(({ id }) => id === wardId)
  if (!ward) return fail('linking.wardUnclear', { wards: wards.map(({ id, name }) => `${id} (${name})`).join(', ') })
  const officers = await ctx.db.appointment.findMany({ where: { wardId: ward.id, role: 'officer', to: null } })
  const accounts = officers.map(({ accountId }) => accountId)
  const active = await ctx.db.auditEntry.findFirst({
    where: { actorAccountId: { in: accounts }, at: { gt: new Date(ctx.now().getTime() - activeWithin) } },
  })
  if (accounts.length > 1 && active) return fail('linking.officersActive', { count: accounts.length })
  const code = await ctx.transaction(async (tx) => {
    const open = { kind: 'officer', wardId: ward.id, createdBy: null, usedAt: null, expiresAt: { gt: ctx.now() } }
    await tx.accessCode.updateMany({ where: open, data: { expiresAt: ctx.now() } })
    const made = await createCode(ctx, tx, 'officer', { wardId: ward.id })
    await ctx.audit(tx, 'code.created', { kind: 'officer', by: 'server' }, ward.id)
    const message = recoveryNote(ctx.texts)
    for (const chatId of accounts) await ctx.deliver(tx, { chatId, message })
    return made
  })
  return ok({ code: showCode(code), ward: ward.name })
}
