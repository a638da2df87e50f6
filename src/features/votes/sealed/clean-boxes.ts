import type { Context } from '../../../platform/context.ts'
import type { Direct } from '../../../telegram/direct.ts'
import { shareSpent } from './screens.ts'

/**
 * After boxes were opened or voided: the tables in which sealed ballots lay are written anew, so that the database's files
 * keep none of them, and the shares' buttons are edited away. What does not succeed is tried again with the next tick.
 */
export async function cleanBoxes(ctx: Context, direct: Direct): Promise<void> {
  const done = { vote: { state: { in: ['opened', 'published', 'void'] } } }
  const unclean = await ctx.db.ballotBox.findMany({ where: { cleanedAt: null, ...done } })
  if (unclean.length > 0) {
    await ctx.db.$executeRawUnsafe('VACUUM FULL "SealedBallot"')
    await ctx.db.$executeRawUnsafe('VACUUM FULL pgboss.job')
    await checkpoint(ctx)
    const voteId = { in: unclean.map((box) => box.voteId) }
    await ctx.db.ballotBox.updateMany({ where: { voteId }, data: { cleanedAt: ctx.now() } })
  }
  const given = await ctx.db.ballotShare.findMany({
    where: { takenBackAt: null, box: done },
    include: { box: { include: { vote: { select: { number: true, state: true } } } } },
  })
  for (const { voteId, personId, chatId, messageId, box } of given) {
    if (!(await direct.edit(chatId, messageId, shareSpent(ctx.texts, box.vote)))) continue
    await ctx.db.ballotShare.update({
      where: { voteId_personId: { voteId, personId } },
      data: { takenBackAt: ctx.now() },
    })
  }
}

/** What is written anew leaves the write-ahead log sooner. Not every database lets its user ask for that. */
async function checkpoint(ctx: Context): Promise<void> {
  try {
    await ctx.db.$executeRawUnsafe('CHECKPOINT')
  } catch (error) {
    ctx.log.info({ err: error }, 'checkpoint not permitted')
  }
}
