import { astray } from '../../platform/cards.ts'
import type { Context } from '../../platform/context.ts'
import type { BranchGroup } from '../linking/index.ts'
import { lockActivity } from './activity-view.ts'
import { refreshGroup } from './refresh-group.ts'

/** How long after its beginning people still answer an activity. */
const runningMilliseconds = 24 * 3_600_000

/**
 * These branches have these groups now: each activity to come or under way that stands in another chat gets a message where
 * its members are. Safe to repeat. Asks no leave: Telegram or the clock tells it.
 */
export async function followGroups(ctx: Context, groups: ReadonlyMap<number, BranchGroup>): Promise<void> {
  const planned = await ctx.db.activity.findMany({
    where: {
      branchId: { in: [...groups.keys()] },
      state: 'planned',
      startsAt: { gte: new Date(ctx.now().getTime() - runningMilliseconds) },
    },
    select: { id: true, branchId: true, deliveryId: true },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })
  const cards = planned.flatMap(({ branchId, ...activity }) => {
    const group = groups.get(branchId)?.chatId
    return group === undefined ? [] : [{ ...activity, group }]
  })
  for (const { id } of await astray(ctx, cards)) {
    await ctx.transaction(async (tx) => {
      await lockActivity(tx, id)
      await refreshGroup(ctx, tx, id)
    })
  }
}
