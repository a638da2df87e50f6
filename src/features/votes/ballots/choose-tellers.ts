import { compareNames } from '../../../domain/names.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { mostTellers, tellersAmong } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import type { Database, Transaction } from '../../../platform/database.ts'
import { linkedPeople } from '../../linking/index.ts'
import { attendanceOf, drawRoll } from '../freeze-roll.ts'
import { lockVote, type VoteView } from '../vote-view.ts'
import { leadBallot } from './ballot-view.ts'

export interface TellerCandidate {
  id: number
  name: string
  linked: boolean
  chosen: boolean
}

/** Who may be in the tally team of a draft, by name, and who has been chosen. */
export async function tellerCandidates(
  ctx: Context,
  voteId: number,
): Promise<Result<{ vote: VoteView; candidates: TellerCandidate[]; onBallot: boolean }>> {
  const found = await leadBallot(ctx, voteId)
  if (!found.ok) return found
  const { vote, tellers } = found.value
  const allowed = await allowedTellers(ctx, ctx.db, vote)
  if (!allowed.ok) return allowed
  const { candidates, onBallot } = allowed.value
  const people = await ctx.db.person.findMany({
    where: { id: { in: [...candidates] } },
    select: { id: true, fullName: true },
  })
  const linked = await linkedPeople(ctx.db, candidates)
  const chosen = new Set(tellers.map(({ personId }) => personId))
  return ok({
    vote,
    onBallot,
    candidates: people
      .map(({ id, fullName }) => ({ id, name: fullName, linked: linked.has(id), chosen: chosen.has(id) }))
      .sort((a, b) => compareNames(a.name, b.name)),
  })
}

/** Takes a member into the tally team of a draft, or out of it; the first one chosen heads it. */
export async function toggleTeller(ctx: Context, voteId: number, personId: number): Promise<Result<true>> {
  const found = await leadBallot(ctx, voteId)
  if (!found.ok) return found
  const { vote } = found.value
  return ctx.transaction(async (tx) => {
    if ((await lockVote(tx, voteId)).state !== 'draft') return fail('votes.notDraft')
    const allowed = await allowedTellers(ctx, tx, vote)
    if (!allowed.ok) return allowed
    if (!allowed.value.candidates.includes(personId)) return fail('votes.noTeller')
    const team = await tx.voteTeller.findMany({ where: { voteId }, orderBy: { personId: 'asc' } })
    const own = team.find((one) => one.personId === personId)
    if (!own && team.length >= mostTellers) return fail('votes.enoughTellers', { most: mostTellers })
    if (own) await tx.voteTeller.delete({ where: { voteId_personId: { voteId, personId } } })
    else {
      await tx.vote.update({ where: { id: voteId }, data: { tellersOnBallot: allowed.value.onBallot } })
      await tx.voteTeller.create({ data: { voteId, personId, isHead: team.length === 0 } })
    }
    const heir = own?.isHead ? team.find((one) => one.personId !== personId) : undefined
    if (heir) {
      const place = { voteId_personId: { voteId, personId: heir.personId } }
      await tx.voteTeller.update({ where: place, data: { isHead: true } })
    }
    await ctx.audit(
      tx,
      own ? 'vote.tellerRemoved' : 'vote.tellerChosen',
      { vote: voteId, person: personId },
      vote.wardId,
    )
    return ok(true)
  })
}

/** Official members beside the paper who are at the meeting; where too few are left beside it, those on it too. Asks no leave: its callers have. */
export async function allowedTellers(ctx: Context, db: Database | Transaction, vote: VoteView) {
  const drawn = await drawRoll(ctx, db, vote.branchId, await attendanceOf(db, vote))
  if (!drawn.ok) return drawn
  const onPaper = new Set(vote.questions.flatMap(({ personId }) => personId ?? []))
  return tellersAmong(
    drawn.value.roll.voters.map(({ personId }) => personId),
    onPaper,
  )
}
