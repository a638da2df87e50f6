import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { leadersOfBranch, memberOf } from '../registry/index.ts'
import { consentVersion } from './consent.ts'
import { endAppointmentsByLink } from './end-appointment.ts'
import { endInvitations, useCode } from './find-code.ts'
import { appointedAmong, holdersAmong, mayLinkHolder } from './holders.ts'
import { refuseBirthYear } from './refuse-birth-year.ts'
import { replacedMessage } from './screens-people.ts'
import { tellOfLink } from './tell-of-link.ts'
import { tellOfLostHolder } from './tell-of-lost-holder.ts'

export interface AcceptedInvitation {
  personId: number
  fullName: string
  branchName: string | null
  /** The branch's secretary: connecting the group and inviting the members come next. */
  isSecretary: boolean
  already: boolean
}

export interface AcceptInvitation {
  codeId: number
  /** As it was given with this invitation. */
  birthYear: number | null
  accountName: string
}

/**
 * Binds the account to the invited person and records the consent to the notice on personal data, in one transaction:
 * nothing is written before. The year of birth must be the register's, where it has one: a letter that went astray is of no
 * use to whoever found it. An invitation made after an older link ends that link (a lost phone). The same account's second
 * sending is answered as the first. Who is told of it: {@link tellOfLink}. Fails with `linking.` `accountTaken` where the account speaks for somebody else (one
 * account may not speak for two people), `birthYearWrong`, `birthYearSpent`, `codeOther` for a code that is no invitation,
 * `codeSpent`, `holderByOfficer` where the office alone links that person. The invitation itself is the leave.
 */
export async function acceptInvitation(ctx: Context, input: AcceptInvitation): Promise<Result<AcceptedInvitation>> {
  const code = await ctx.db.accessCode.findUnique({ where: { id: input.codeId }, include: { person: true } })
  const { accountId } = ctx.actor
  if (code?.kind !== 'person' || code.person === null || accountId === null) return fail('linking.codeOther')
  const { person } = code
  const personId = person.id
  const member = await memberOf(ctx.db, personId, ctx.today())
  const leaders = member ? await leadersOfBranch(ctx.db, member.branchId, ctx.today()) : []
  const isSecretary = leaders.some((one) => one.post === 'secretary' && one.person.id === personId)
  const accepted = { personId, fullName: person.fullName, branchName: member?.branchName ?? null, isSecretary }
  const own = await ctx.db.accountLink.findFirst({ where: { accountId, endedAt: null } })
  if (own?.personId === personId) return ok({ ...accepted, already: true })
  if (own) return fail('linking.accountTaken')
  if (code.usedAt || code.expiresAt <= ctx.now()) return fail('linking.codeSpent')
  const place = { branchId: member?.branchId ?? null, ...accepted }
  if (person.birthYear !== null && person.birthYear !== input.birthYear) {
    return refuseBirthYear(ctx, code, { ...place, accountName: input.accountName })
  }
  try {
    return await ctx.transaction(async (tx) => {
      const holders = await holdersAmong(tx, [personId], ctx.today())
      const isHolder = holders.has(personId) || (await appointedAmong(tx, [accountId])).size > 0
      const made = { createdBy: code.createdBy, wardId: person.wardId }
      if (isHolder && !(await mayLinkHolder(ctx, tx, made))) return fail('linking.holderByOfficer')
      if (!(await useCode(ctx, tx, code.id))) return fail('linking.codeSpent')
      await endFormerLink(ctx, tx, personId)
      await endInvitations(ctx, tx, personId)
      const { accountName } = input
      const link = await tx.accountLink.create({
        data: { accountId, personId, accountName, linkedAt: ctx.now(), consentVersion, consentAt: ctx.now() },
      })
      await ctx.audit(tx, 'account.linked', { person: personId, link: link.id, consent: consentVersion }, person.wardId)
      await tellOfLink(ctx, tx, { linkId: link.id, accountName, ...place, ...made })
      return ok({ ...accepted, already: false })
    })
  } catch (error) {
    if (isDuplicate(error)) return acceptInvitation(ctx, input)
    throw error
  }
}

async function endFormerLink(ctx: Context, tx: Transaction, personId: number): Promise<void> {
  const former = await tx.accountLink.findFirst({ where: { personId, endedAt: null } })
  if (!former) return
  await tellOfLostHolder(ctx, tx, { linkId: former.id, personId, reason: 'replaced' })
  await tx.accountLink.update({ where: { id: former.id }, data: { endedAt: ctx.now(), endReason: 'replaced' } })
  await ctx.cancelWaiting(tx, former.accountId)
  await endAppointmentsByLink(ctx, tx, former.accountId)
  await tx.form.deleteMany({ where: { accountId: former.accountId } })
  const message = replacedMessage(ctx.texts)
  await ctx.deliver(tx, { chatId: former.accountId, message, key: `link:replaced:${former.id}` })
}
