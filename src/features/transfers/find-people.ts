import { type Action, branchesWhereMay, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findMembers, type Member, memberOf } from '../registry/index.ts'

/**
 * The members that the words stand for among those whose path the actor may read: the ward's, those of their branches, or
 * they alone. Fails with `access.denied` for an account of no ward.
 */
export async function findPaths(ctx: Context, query: string): Promise<Result<Member[]>> {
  return findWithin(ctx, 'registry.view', query)
}

/** The same among those whom the actor may propose for a transfer on behalf of a branch. */
export async function findToPropose(ctx: Context, query: string): Promise<Result<Member[]>> {
  return findWithin(ctx, 'transfer.introduce', query)
}

/**
 * Looks only where the actor may, so that nobody else is so much as read, and records that others were found. By the same
 * words an unknown name and one out of reach find nobody.
 */
async function findWithin(
  ctx: Context,
  action: Extract<Action, 'registry.view' | 'transfer.introduce'>,
  query: string,
): Promise<Result<Member[]>> {
  const { wardId, personId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action })
  const isWardWide = may(ctx.actor, action, { wardId }).ok
  const branches = branchesWhereMay(ctx.actor, action)
  const places = isWardWide ? [{ wardId }] : branches.map((branchId) => ({ wardId, branchId }))
  const found = new Map<number, Member>()
  for (const place of places) {
    for (const member of await findMembers(ctx.db, place, query, ctx.today())) found.set(member.id, member)
  }
  const own = personId === null ? null : await memberOf(ctx.db, personId, ctx.today())
  if (own && may(ctx.actor, action, { wardId, branchId: own.branchId, personId: own.id }).ok) {
    const namesakes = await findMembers(ctx.db, { wardId, branchId: own.branchId }, query, ctx.today())
    if (namesakes.some(({ id }) => id === own.id)) found.set(own.id, own)
  }
  const others = [...found.keys()].filter((id) => id !== personId).length
  if (others > 0) await ctx.auditRead('registry.searched', { count: others }, wardId)
  return ok([...found.values()])
}

/**
 * The person whose transfer is being put together, for whoever may propose it. `isNew`: they were just chosen, which is
 * recorded. Fails with `access.denied`, and with `transfers.notOfficialMember` for one who belongs nowhere today.
 */
export async function personToPropose(
  ctx: Context,
  { personId, isNew }: { personId: number; isNew: boolean },
): Promise<Result<Member>> {
  const person = await ctx.db.person.findUnique({ where: { id: personId }, select: { wardId: true } })
  const member = person && (await memberOf(ctx.db, personId, ctx.today()))
  const target = { wardId: person?.wardId ?? 0, personId, ...(member ? { branchId: member.branchId } : {}) }
  const leave = may(ctx.actor, 'transfer.propose', target)
  if (!leave.ok) return leave
  if (!member) return fail('transfers.notOfficialMember')
  if (isNew && personId !== ctx.actor.personId) {
    await ctx.auditRead('registry.memberViewed', { person: personId }, target.wardId)
  }
  return ok(member)
}
