import { may } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { findVotes } from './vote-view.ts'

/**
 * The open votes in the app on whose roll this person stands, with a question that they have not answered and still may.
 * Asks leave only for the acting person: of others it tells what the roll says.
 */
export async function owedVotes(ctx: Context, personId: number): Promise<OwedItem[]> {
  const votes = await findVotes(ctx.db, { state: 'open', kind: 'open', method: 'app', roll: { some: { personId } } })
  const chosen = await ctx.db.voteChoice.groupBy({
    by: ['voteId'],
    where: { personId, voteId: { in: votes.map(({ id }) => id) } },
    _count: true,
  })
  const answered = new Map(chosen.map(({ voteId, _count }) => [voteId, _count]))
  const named = votes
    .filter(({ id, questions }) => (answered.get(id) ?? 0) < questions.length)
    .filter(
      ({ wardId, branchId }) => personId !== ctx.actor.personId || may(ctx.actor, 'vote.cast', { wardId, branchId }).ok,
    )
    .map(({ id, number, title }) => ({
      label: ctx.texts('votes:owedLine', { number, title }),
      data: `vview:${id}`,
      dueOn: null,
    }))
  return [...named, ...(await owedSecret(ctx, personId))]
}

/** Secret ballots in which this person has not voted: that is for nobody's eyes but their own. */
async function owedSecret(ctx: Context, personId: number): Promise<OwedItem[]> {
  if (personId !== ctx.actor.personId) return []
  const places = await ctx.db.voteRoll.findMany({
    where: { personId, sealed: null, vote: { state: 'open', kind: 'secret' } },
    select: { vote: { select: { id: true, number: true, title: true } } },
    orderBy: { voteId: 'asc' },
  })
  return places.map(({ vote: { id, number, title } }) => ({
    label: ctx.texts('votes:owedSecretLine', { number, title }),
    data: `spaper:${id}`,
    dueOn: null,
  }))
}
