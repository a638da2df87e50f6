import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchOf, findMembers, type Member, memberOf, membersOf } from '../registry/index.ts'
import { holdersAmong } from './holders.ts'
import { leaveFor } from './leave.ts'
import { branchesFor } from './own-branches.ts'

export interface MemberLink {
  id: number
  accountName: string
  linkedAt: Date
}

export interface BranchLinks {
  branch: Branch
  unlinked: Member[]
  linked: Member[]
}

/** Who of the branch has a linked account and who has none, for those who invite. */
export async function listBranchLinks(ctx: Context, { branchId }: { branchId: number }): Promise<Result<BranchLinks>> {
  const branch = await branchOf(ctx.db, branchId)
  if (!branch) return fail('linking.branchUnknown')
  const leave = leaveFor(ctx, 'link.invite', { wardId: branch.wardId, branchId })
  if (!leave.ok) return leave
  const members = await membersOf(ctx.db, branchId, ctx.today())
  const links = await ctx.db.accountLink.findMany({
    where: { personId: { in: members.map(({ id }) => id) }, endedAt: null },
    select: { personId: true },
  })
  const linked = new Set(links.map(({ personId }) => personId))
  await ctx.auditRead('links.listed', { branch: branchId, count: members.length }, branch.wardId)
  return ok({
    branch,
    unlinked: members.filter(({ id }) => !linked.has(id)),
    linked: members.filter(({ id }) => linked.has(id)),
  })
}

/** One member and the account that speaks for them, for those who invite; `mayChange`: the link is theirs to replace or undo. */
export async function viewMemberLink(
  ctx: Context,
  { personId }: { personId: number },
): Promise<Result<{ member: Member; link: MemberLink | null; mayChange: boolean }>> {
  const member = await memberOf(ctx.db, personId, ctx.today())
  const branch = member && (await branchOf(ctx.db, member.branchId))
  if (!branch) return fail('linking.notMember')
  const leave = leaveFor(ctx, 'link.invite', { wardId: branch.wardId, branchId: branch.id, personId })
  if (!leave.ok) return leave
  await ctx.auditRead('links.viewed', { person: personId }, branch.wardId)
  const link = await ctx.db.accountLink.findFirst({ where: { personId, endedAt: null } })
  const isOffice = leaveFor(ctx, 'link.holder', { wardId: branch.wardId }).ok
  const mayChange = isOffice || !(await holdersAmong(ctx.db, [personId], ctx.today())).has(personId)
  return ok({ member, link, mayChange })
}

/** The members that a number or name stands for, among those whom the actor may invite. */
export async function findInvitees(ctx: Context, query: string): Promise<Member[]> {
  const { wardId } = ctx.actor
  if (wardId === null) return []
  const own = new Set((await branchesFor(ctx, 'link.invite')).map(({ id }) => id))
  const found = await findMembers(ctx.db, { wardId }, query, ctx.today())
  return found.filter(({ branchId }) => own.has(branchId))
}
