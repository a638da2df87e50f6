import { may } from '../../domain/access.ts'
import { grantsOn } from '../../domain/grants.ts'
import type { Context } from '../../platform/context.ts'
import { standingOf } from '../../telegram/speaker.ts'
import type { VoteView } from './vote-view.ts'

/**
 * Those of the people who could still vote themselves today. A place on the roll stays when its holder leaves the branch or
 * is suspended; their voice does not, whoever presses.
 */
export async function votersNow(
  ctx: Context,
  { wardId, branchId }: VoteView,
  personIds: readonly number[],
): Promise<Set<number>> {
  const people = await ctx.db.person.findMany({
    where: { id: { in: [...personIds] } },
    include: { positions: true, memberships: true, statuses: true },
  })
  const able = people.filter((person) => {
    const grants = grantsOn({ ...standingOf(person), appointments: [] }, ctx.today())
    return may({ personId: person.id, wardId: person.wardId, grants }, 'vote.cast', { wardId, branchId }).ok
  })
  return new Set(able.map(({ id }) => id))
}
