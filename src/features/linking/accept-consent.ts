import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { consentVersion } from './consent.ts'

/**
 * Records the consent of an account that was linked without it. Idempotent. Asks no leave: everybody decides about their
 * own data.
 */
export async function acceptConsent(ctx: Context): Promise<Result<true>> {
  const { accountId } = ctx.actor
  if (accountId === null) return fail('linking.notLinked')
  const link = await ctx.db.accountLink.findFirst({
    where: { accountId, endedAt: null },
    include: { person: { select: { wardId: true } } },
  })
  if (!link) return fail('linking.notLinked')
  if (link.consentAt) return ok(true)
  return ctx.transaction(async (tx) => {
    await tx.accountLink.update({ where: { id: link.id }, data: { consentVersion, consentAt: ctx.now() } })
    const subject = { person: link.personId, link: link.id, consent: consentVersion }
    await ctx.audit(tx, 'account.consented', subject, link.person.wardId)
    return ok(true)
  })
}
