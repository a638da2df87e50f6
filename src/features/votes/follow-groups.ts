import { astray } from '../../platform/cards.ts'
import type { Context } from '../../platform/context.ts'
import type { BranchGroup } from '../linking/index.ts'
import { showTurnout } from './show-in-group.ts'
import { lockVote } from './vote-view.ts'

/**
 * These branches have these groups now: each vote that is open and stands in another chat gets a message where its members are.
 * Safe to repeat. Asks no leave: Telegram or the clock tells it.
 */
export async function followGroups(ctx: Context, groups: ReadonlyMap<number, BranchGroup>): Promise<void> {
  const open = await ctx.db.vote.findMany({
    where: { branchId: { in: [...groups.keys()] }, state: 'open' },
    select: { id: true, branchId: true, deliveryId: true },
    orderBy: { id: 'asc' },
  })
  const cards = open.flatMap(({ branchId, ...vote }) => {
    const group = groups.get(branchId)?.chatId
    return group === undefined ? [] : [{ ...vote, group }]
  })
  for (const { id } of await astray(ctx, cards)) {
    await ctx.transaction(async (tx) => {
      if ((await lockVote(tx, id)).isOpen) await showTurnout(ctx, tx, id)
    })
  }
}
