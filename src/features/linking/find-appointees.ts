import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findMembers, type Member, memberOf } from '../registry/index.ts'
import { linkedPeople } from './find-links.ts'
import { leaveFor } from './leave.ts'

/** The linked members of the ward that a number or name stands for. Fails with `linking.noLinkedMember` {query}. */
export async function findAppointees(ctx: Context, query: string): Promise<Result<Member[]>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'ward.appoint' })
  const leave = leaveFor(ctx, 'ward.appoint', { wardId })
  if (!leave.ok) return leave
  const found = await findMembers(ctx.db, { wardId }, query, ctx.today())
  const linked = await linkedPeople(
    ctx.db,
    found.map(({ id }) => id),
  )
  const able = found.filter(({ id }) => linked.has(id))
  return able.length > 0 ? ok(able) : fail('linking.noLinkedMember', { query: query.slice(0, 60) })
}

/** The member who is about to be appointed. */
export async function viewAppointee(ctx: Context, { personId }: { personId: number }): Promise<Result<Member>> {
  const person = await ctx.db.person.findUnique({ where: { id: personId }, select: { wardId: true } })
  const member = await memberOf(ctx.db, personId, ctx.today())
  if (!person || !member) return fail('linking.notMember')
  const leave = leaveFor(ctx, 'ward.appoint', { wardId: person.wardId })
  return leave.ok ? ok(member) : leave
}
