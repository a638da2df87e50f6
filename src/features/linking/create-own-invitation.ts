import { readPhoneNumber } from '../../domain/phones.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { holdingOn } from '../registry/index.ts'
import { refuseLocked } from './code-failures.ts'
import { createCode } from './create-code.ts'
import { endInvitations } from './find-code.ts'
import { holdersAmong } from './holders.ts'
import { mostTries } from './refuse-birth-year.ts'

/** Whoever has spent the tries of an invitation of their own waits so long for the next. */
const pause = 24 * 3_600_000

/**
 * Makes an invitation for the one member whose telephone number the register has, for the account that Telegram says it
 * belongs to. A number may have passed to somebody else, so the year of birth is asked on it as on every invitation, and one
 * who is linked already, or leads the ward, is invited by those who know them. Fails with `linking.` `phoneUnknown`,
 * `phoneTaken`, `holderByOfficer`, `birthYearSpent`, `locked`. Asks no leave: the number that Telegram vouches for is the leave.
 */
export async function createOwnInvitation(
  ctx: Context,
  { phone }: { phone: string },
): Promise<Result<{ code: string }>> {
  const { accountId } = ctx.actor
  if (accountId === null) throw new Error('a number is shared by an account')
  const locked = await refuseLocked(ctx, accountId)
  if (locked) return locked
  const number = readPhoneNumber(phone)
  if (number === null) return fail('linking.phoneUnknown')
  const people = await ctx.db.person.findMany({
    where: { phone: number, mergedIntoId: null, memberships: { some: holdingOn(ctx.today()) } },
    select: { id: true, wardId: true, birthYear: true, links: { where: { endedAt: null } } },
  })
  const [person, ...others] = people
  // Without a year to ask for, the number alone would be the proof; two of one number cannot be told apart.
  if (!person || others.length > 0 || person.birthYear === null) return fail('linking.phoneUnknown')
  if (person.links.length > 0) return fail('linking.phoneTaken')
  if ((await holdersAmong(ctx.db, [person.id], ctx.today())).size > 0) return fail('linking.holderByOfficer')
  const createdAt = { gt: new Date(ctx.now().getTime() - pause) }
  const spent = { kind: 'person', personId: person.id, createdBy: accountId, tries: { gte: mostTries }, createdAt }
  if (await ctx.db.accessCode.findFirst({ where: spent })) return fail('linking.birthYearSpent')
  return ctx.transaction(async (tx) => {
    await endInvitations(ctx, tx, person.id)
    const code = await createCode(ctx, tx, 'person', { wardId: person.wardId, personId: person.id })
    await ctx.audit(tx, 'invitation.createdByPhone', { person: person.id }, person.wardId)
    return ok({ code })
  })
}
