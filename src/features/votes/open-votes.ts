import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { moveVote } from './move-vote.ts'

/** Prepared, running, or closed and not counted yet: somebody of the branch must still bring it to its end. */
const unfinished = ['draft', 'open', 'closed']

/** The votes of the branch that are not finished, in the order of their numbers. */
export function openVotesOf(db: Database | Transaction, branchId: number): Promise<{ id: number; number: number }[]> {
  return db.vote.findMany({
    where: { branchId, state: { in: unfinished } },
    select: { id: true, number: true },
    orderBy: { number: 'asc' },
  })
}

/** Makes void what nobody is left to bring to its end in a branch without members. Answers with how many there were. */
export async function voidOpenVotes(ctx: Context, tx: Transaction, branchId: number, wardId: number): Promise<number> {
  const votes = await openVotesOf(tx, branchId)
  for (const { id } of votes) {
    await moveVote(ctx, tx, id, 'void')
    await ctx.audit(tx, 'vote.voided', { vote: id, branch: branchId }, wardId)
  }
  return votes.length
}
