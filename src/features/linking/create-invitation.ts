import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchOf, type Member, memberOf, membersOf } from '../registry/index.ts'
import { createCode, createCodes } from './create-code.ts'
import { linkedPeople } from './find-links.ts'
import { holdersAmong } from './holders.ts'
import { leaveFor } from './leave.ts'

/**
 * Makes a one-time invitation by which an account is bound to the person, for whoever leads their branch or keeps the
 * registry. Made for somebody already linked, it ends the old link when it is accepted (a lost phone). Whoever holds a post of
 * the ward or an appointment is invited by an officer only. Fails with `linking.notMember`, `linking.holderByOfficer`.
 */
export async function createInvitation(
  ctx: Context,
  { personId }: { personId: number },
): Promise<Result<{ code: string; member: Member }>> {
  const member = await memberOf(ctx.db, personId, ctx.today())
  const person = await ctx.db.person.findUnique({ where: { id: personId }, select: { wardId: true } })
  if (!member || !person) return fail('linking.notMember')
  const leave = leaveFor(ctx, 'link.invite', { wardId: person.wardId, branchId: member.branchId, personId })
  if (!leave.ok) return leave
  const holders = await holdersAmong(ctx.db, [personId], ctx.today())
  const isTheirs = holders.has(personId) && !leaveFor(ctx, 'link.holder', { wardId: person.wardId }).ok
  if (isTheirs) return fail('linking.holderByOfficer')
  return ctx.transaction(async (tx) => {
    const code = await createCode(ctx, tx, 'person', { wardId: person.wardId, personId })
    await ctx.audit(tx, 'invitation.created', { person: personId }, person.wardId)
    return ok({ code, member })
  })
}

/** Makes an invitation for every member of the branch who has no linked account yet, holders as above. */
export async function createInvitations(
  ctx: Context,
  { branchId }: { branchId: number },
): Promise<Result<{ branch: Branch; invitations: { code: string; member: Member }[] }>> {
  const branch = await branchOf(ctx.db, branchId)
  if (!branch) return fail('linking.branchUnknown')
  const { wardId } = branch
  const leave = leaveFor(ctx, 'link.invite', { wardId, branchId })
  if (!leave.ok) return leave
  const members = await membersOf(ctx.db, branchId, ctx.today())
  const ids = members.map(({ id }) => id)
  const linked = await linkedPeople(ctx.db, ids)
  const isOffice = leaveFor(ctx, 'link.holder', { wardId }).ok
  const holders = isOffice ? new Set() : await holdersAmong(ctx.db, ids, ctx.today())
  const missing = members.filter(({ id }) => !linked.has(id) && !holders.has(id))
  return ctx.transaction(async (tx) => {
    const subjects = missing.map(({ id }) => ({ wardId, personId: id }))
    const codes = await createCodes(ctx, tx, 'person', subjects)
    await ctx.audit(tx, 'invitation.createdForBranch', { branch: branchId, count: missing.length }, wardId)
    return ok({
      branch,
      invitations: missing.flatMap((member, at) => (codes[at] ? [{ code: codes[at], member }] : [])),
    })
  })
}
