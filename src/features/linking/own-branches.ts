import { type Action, may } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchesOf } from '../registry/index.ts'

/** The branches of the actor's ward in which they may do this: a secretary's own, all of them for an officer. */
export async function branchesFor(ctx: Context, action: Action): Promise<Branch[]> {
  const { wardId } = ctx.actor
  if (wardId === null) return []
  const branches = await branchesOf(ctx.db, wardId, ctx.today())
  return branches.filter(({ id }) => may(ctx.actor, action, { wardId, branchId: id }).ok)
}
