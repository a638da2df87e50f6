import type { Context } from '../../../platform/context.ts'
import { lockVote } from '../vote-view.ts'
import { emptyBox } from './open-box.ts'
import { voidLost } from './void-lost.ts'

/**
 * Declares void every secret ballot whose box holds fewer ballots than were cast, and says so in the group. That is how a box
 * looks after the database was restored from a backup, which leaves sealed ballots out.
 * Asks no leave: the clock calls it.
 */
export async function voidIncomplete(ctx: Context): Promise<void> {
  const running = await ctx.db.vote.findMany({ where: { kind: 'secret', state: { in: ['open', 'closed'] } } })
  for (const { id: voteId } of running) {
    await ctx.transaction(async (tx) => {
      const { state } = await lockVote(tx, voteId)
      if (state !== 'open' && state !== 'closed') return
      const held = await tx.sealedBallot.count({ where: { voteId } })
      const cast = await tx.auditEntry.count({
        where: { action: 'ballot.cast', subject: { equals: { vote: voteId } } },
      })
      if (held >= cast) return
      await emptyBox(tx, voteId)
      await voidLost(ctx, tx, voteId, { cast, held })
    })
  }
}
