import { passing } from '../../../platform/checkpoints.ts'
import type { Context } from '../../../platform/context.ts'
import { shareSpent } from './screens.ts'
import type { SealedParts } from './sealed-parts.ts'

/**
 * After boxes were opened or voided: the tables in which sealed ballots lay are written anew, so that the database's files
 * keep none of them, and the shares' buttons are edited away. What does not succeed is tried again with the next tick. Asks no leave: the program tidies
 * up after what was allowed.
 */
export async function cleanBoxes(
  ctx: Context,
  { database, direct }: Pick<SealedParts, 'database' | 'direct'>,
): Promise<void> {
  const done = { vote: { state: { in: ['opened', 'published', 'void'] } } }
  const unclean = await ctx.db.ballotBox.findMany({ where: { cleanedAt: null, ...done } })
  if (unclean.length > 0 && (await rewritten(ctx, database))) {
    passing('ballot.rewritten')
    const voteId = { in: unclean.map((box) => box.voteId) }
    await ctx.db.ballotBox.updateMany({ where: { voteId }, data: { cleanedAt: ctx.now() } })
    passing('ballot.cleaned')
  }
  const given = await ctx.db.ballotShare.findMany({
    where: { takenBackAt: null, box: done },
    include: { box: { include: { vote: { select: { number: true, state: true } } } } },
  })
  for (const { voteId, personId, chatId, messageId, box } of given) {
    if (!(await direct.edit(chatId, messageId, shareSpent(ctx.texts, box.vote)))) continue
    passing('ballot.shareTakenBack')
    await ctx.db.ballotShare.update({
      where: { voteId_personId: { voteId, personId } },
      data: { takenBackAt: ctx.now() },
    })
  }
}

/** False where a table could not be written anew: the log says which and why, and the buttons go all the same. */
async function rewritten(ctx: Context, database: SealedParts['database']): Promise<boolean> {
  try {
    await database.rewrite('"SealedBallot"', 'pgboss.job')
    return true
  } catch (error) {
    ctx.log.error({ err: error }, 'boxes not cleaned')
    return false
  }
}
