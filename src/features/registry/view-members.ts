import { may } from '../../domain/access.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import { probationEnd } from '../../domain/members.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchesOf, branchOf } from './branches.ts'
import { findMembers, type Member, memberOf, membersOf } from './members.ts'
import { heldPosts } from './posts.ts'
import { holdingOn } from './spans.ts'

/** The branches whose members the actor may list today: the whole ward's, or their own. */
export async function listBranches(ctx: Context): Promise<Result<Branch[]>> {
  const { wardId } = ctx.actor
  const branches = wardId === null ? [] : await branchesOf(ctx.db, wardId, ctx.today())
  const visible = branches.filter((branch) => mayList(ctx, branch))
  if (visible.length > 0) return ok(visible)
  const isWardWide = wardId !== null && may(ctx.actor, 'registry.list', { wardId }).ok
  return isWardWide ? fail('registry.noBranches') : fail('access.denied', { action: 'registry.list' })
}

/** The members of a branch today, by given name. */
export async function listMembers(
  ctx: Context,
  input: { branchId: number },
): Promise<Result<{ branch: Branch; members: Member[] }>> {
  const branch = await branchOf(ctx.db, input.branchId)
  if (!branch || !mayList(ctx, branch)) return fail('access.denied', { action: 'registry.list' })
  const members = await membersOf(ctx.db, branch.id, ctx.today())
  await ctx.auditRead('registry.membersListed', { branch: branch.id, count: members.length }, branch.wardId)
  return ok({ branch, members })
}

/** The members the words stand for, in the branches whose members the actor may list. */
export async function findPeople(ctx: Context, input: { query: string }): Promise<Result<Member[]>> {
  const branches = await listBranches(ctx)
  if (!branches.ok) return branches
  const wardId = ctx.actor.wardId ?? 0
  const isWardWide = may(ctx.actor, 'registry.list', { wardId }).ok
  const places = isWardWide ? [{ wardId }] : branches.value.map(({ id }) => ({ wardId, branchId: id }))
  const found: Member[] = []
  for (const place of places) found.push(...(await findMembers(ctx.db, place, input.query, ctx.today())))
  await ctx.auditRead('registry.searched', { count: found.length }, wardId)
  return ok(found)
}

export interface ViewedMember {
  member: Member
  titles: string[]
  /** Of a probationary member: when the twelve months are over. */
  probationEndsOn: Temporal.PlainDate | null
}

/** One member with the posts they hold. Fails with `registry.memberGone` for one who belongs to no branch today. */
export async function viewMember(ctx: Context, input: { personId: number }): Promise<Result<ViewedMember>> {
  const member = await memberOf(ctx.db, input.personId, ctx.today())
  const branch = member && (await branchOf(ctx.db, member.branchId))
  if (!member || !branch) return fail('registry.memberGone')
  const target = { wardId: branch.wardId, branchId: branch.id, personId: member.id }
  const leave = may(ctx.actor, 'registry.view', target)
  if (!leave.ok) return leave
  if (member.id !== ctx.actor.personId)
    await ctx.auditRead('registry.memberViewed', { person: member.id }, branch.wardId)
  const titles = await heldPosts(ctx.db, member.id, ctx.today())
  return ok({ member, titles, probationEndsOn: await probationEndOf(ctx, member) })
}

function mayList(ctx: Context, { id, wardId }: Branch): boolean {
  return may(ctx.actor, 'registry.list', { wardId, branchId: id }).ok
}

async function probationEndOf(ctx: Context, { id, status }: Member): Promise<Temporal.PlainDate | null> {
  if (status !== 'probationary') return null
  const row = await ctx.db.memberStatus.findFirst({
    where: { personId: id, kind: 'probationary', ...holdingOn(ctx.today()) },
  })
  return row && probationEnd(fromUtcMidnight(row.from))
}
