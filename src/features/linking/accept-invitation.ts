import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { speakerOf } from '../../telegram/speaker.ts'
import { leadersOfBranch, memberOf } from '../registry/index.ts'
import { deliverToEach, secretaryChats } from './addressees.ts'
import { consentVersion } from './consent.ts'
import { endAppointmentsByLink } from './end-appointment.ts'
import { endInvitations, type FoundCode, findCode, useCode } from './find-code.ts'
import { linkedNote, replacedMessage } from './screens-people.ts'

export interface AcceptedInvitation {
  personId: number
  fullName: string
  branchName: string | null
  /** The branch's secretary: connecting the group and inviting the members come next. */
  isSecretary: boolean
  already: boolean
}

/**
 * Binds the account to the invited person and records the consent to the notice on personal data, in one transaction:
 * nothing is written before. An invitation made after an older link ends that link (a lost phone). The same account's
 * second tap is answered as the first. Fails with `linking.accountTaken` where the account speaks for somebody else (one
 * account may not speak for two people), `linking.codeOther` for a code that is no invitation, and as findCode does.
 */
export async function acceptInvitation(
  ctx: Context,
  { code: typed, accountName }: { code: string; accountName: string },
): Promise<Result<AcceptedInvitation>> {
  const found = await findCode(ctx, typed)
  if (!found.ok) return found
  const { personId } = found.value
  const { accountId } = ctx.actor
  if (found.value.kind !== 'person' || personId === null || accountId === null) return fail('linking.codeOther')
  const person = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
  const member = await memberOf(ctx.db, personId, ctx.today())
  const leaders = member ? await leadersOfBranch(ctx.db, member.branchId, ctx.today()) : []
  const isSecretary = leaders.some((one) => one.post === 'secretary' && one.person.id === personId)
  const accepted = { personId, fullName: person.fullName, branchName: member?.branchName ?? null, isSecretary }
  const own = await ctx.db.accountLink.findFirst({ where: { accountId, endedAt: null } })
  if (own?.personId === personId) return ok({ ...accepted, already: true })
  if (own) return fail('linking.accountTaken')
  if (found.value.usedHere) return fail('linking.codeSpent')
  try {
    return await ctx.transaction(async (tx) => {
      if (!(await useCode(ctx, tx, found.value.id))) return fail('linking.codeSpent')
      await endFormerLink(ctx, tx, personId)
      await endInvitations(ctx, tx, personId)
      const link = await tx.accountLink.create({
        data: { accountId, personId, accountName, linkedAt: ctx.now(), consentVersion, consentAt: ctx.now() },
      })
      await ctx.audit(tx, 'account.linked', { person: personId, link: link.id, consent: consentVersion }, person.wardId)
      await tellLeaders(ctx, tx, found.value, {
        linkId: link.id,
        branchId: member?.branchId ?? null,
        accountName,
        ...accepted,
      })
      return ok({ ...accepted, already: false })
    })
  } catch (error) {
    if (isDuplicate(error)) return acceptInvitation(ctx, { code: typed, accountName })
    throw error
  }
}

async function endFormerLink(ctx: Context, tx: Transaction, personId: number): Promise<void> {
  const former = await tx.accountLink.findFirst({ where: { personId, endedAt: null } })
  if (!former) return
  await tx.accountLink.update({ where: { id: former.id }, data: { endedAt: ctx.now(), endReason: 'replaced' } })
  await ctx.cancelWaiting(tx, former.accountId)
  await endAppointmentsByLink(ctx, tx, former.accountId)
  await tx.form.deleteMany({ where: { accountId: former.accountId } })
  const message = replacedMessage(ctx.texts)
  await ctx.deliver(tx, { chatId: former.accountId, message, key: `link:replaced:${former.id}` })
}

/** The secretary, and whoever made the invitation, read which Telegram name has been linked, and may undo it. */
async function tellLeaders(
  ctx: Context,
  tx: Transaction,
  { createdBy, wardId }: FoundCode,
  linked: { linkId: number; branchId: number | null; fullName: string; branchName: string | null; accountName: string },
): Promise<void> {
  const secretaries = linked.branchId === null ? [] : await secretaryChats(ctx, tx, linked.branchId)
  const stillInvites =
    createdBy !== null && (await mayStillInvite(ctx, tx, createdBy, { wardId, branchId: linked.branchId }))
  const chats = stillInvites ? [...secretaries, createdBy] : secretaries
  await deliverToEach(ctx, tx, chats, `link:linked:${linked.linkId}`, linkedNote(ctx.texts, linked))
}

/** Whether the account that made an invitation would be given leave to make it today. */
async function mayStillInvite(
  ctx: Context,
  tx: Transaction,
  accountId: bigint,
  { wardId, branchId }: { wardId: number | null; branchId: number | null },
): Promise<boolean> {
  if (wardId === null) return false
  const { actor } = await speakerOf(tx, { id: accountId, name: '' }, ctx.now())
  return may(actor, 'link.invite', { wardId, ...(branchId === null ? {} : { branchId }) }).ok
}
