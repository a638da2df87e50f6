import { fail, ok, type Result } from '../../../domain/result.ts'
import { confirmationsNeeded, fewestTellers } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import type { Database, Transaction } from '../../../platform/database.ts'
import type { VoteView } from '../vote-view.ts'
import { type Teller, tellersOf } from './ballot-view.ts'
import { allowedTellers } from './choose-tellers.ts'

/**
 * Whether the chosen team may count this ballot today: they may have left, lost the vote or been noted absent since they
 * were chosen. Fails with `votes.tellerNotAllowed` {name}. Asks no leave: the opening has.
 */
export async function teamToday(
  ctx: Context,
  db: Database | Transaction,
  vote: VoteView,
): Promise<Result<readonly Teller[]>> {
  const tellers = await tellersOf(db, vote.id)
  const allowed = await allowedTellers(ctx, db, vote)
  if (!allowed.ok) return allowed
  const gone = tellers.find(({ personId }) => !allowed.value.candidates.includes(personId))
  return gone ? fail('votes.tellerNotAllowed', { name: gone.name }) : ok(tellers)
}

/** The same of a team that counts paper. Fails also with `votes.fewTellers`, `votes.unlinkedTellers`. Asks no leave: the opening has. */
export async function checkTeam(ctx: Context, tx: Transaction, vote: VoteView): Promise<Result<true>> {
  const tellers = await tellersOf(tx, vote.id)
  if (tellers.length < fewestTellers) return fail('votes.fewTellers', { fewest: fewestTellers })
  const team = await teamToday(ctx, tx, vote)
  if (!team.ok) return team
  if (tellers.filter(({ linked }) => linked).length < confirmationsNeeded) {
    return fail('votes.unlinkedTellers', { fewest: confirmationsNeeded })
  }
  return ok(true)
}
