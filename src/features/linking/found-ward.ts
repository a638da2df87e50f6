import { normaliseName } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { consentVersion } from './consent.ts'
import { useCode } from './find-code.ts'

/**
 * Makes the ward and its first officer with the start code, in one transaction. The same account's second sending is
 * answered as the first. Fails with `linking.wardName`, `codeSpent`. Asks no leave: the code of the first start is the
 * leave.
 */
export async function foundWard(
  ctx: Context,
  input: { codeId: number; name: string; accountName: string },
): Promise<Result<{ wardId: number; wardName: string }>> {
  const { accountId } = ctx.actor
  const code = await ctx.db.accessCode.findUnique({ where: { id: input.codeId }, include: { ward: true } })
  if (accountId === null || code?.kind !== 'start') return fail('linking.codeOther')
  if (code.usedBy === accountId && code.ward) return ok({ wardId: code.ward.id, wardName: code.ward.name })
  const name = normaliseName(input.name)
  if (name.length < 3 || name.length > 120 || !/\p{L}/u.test(name)) return fail('linking.wardName')
  return ctx.transaction(async (tx) => {
    if (!(await useCode(ctx, tx, code.id))) return fail('linking.codeSpent')
    const ward = await tx.ward.create({ data: { name, createdAt: ctx.now() } })
    await tx.accessCode.update({ where: { id: code.id }, data: { wardId: ward.id } })
    const appointment = await tx.appointment.create({
      data: {
        wardId: ward.id,
        accountId,
        accountName: input.accountName,
        role: 'officer',
        from: ctx.now(),
        consentVersion,
        consentAt: ctx.now(),
      },
    })
    await ctx.audit(tx, 'ward.founded', { appointment: appointment.id, consent: consentVersion }, ward.id)
    return ok({ wardId: ward.id, wardName: name })
  })
}
