import { may } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import { findMembers, type Member } from '../registry/index.ts'

/** The members that a number or name stands for, among those for whom the actor may file a request. */
export async function findSubjects(ctx: Context, query: string): Promise<Member[]> {
  const { wardId } = ctx.actor
  if (wardId === null) return []
  const found = await findMembers(ctx.db, { wardId }, query, ctx.today())
  return found.filter(({ id, branchId }) => may(ctx.actor, 'privacy.request', { wardId, branchId, personId: id }).ok)
}
