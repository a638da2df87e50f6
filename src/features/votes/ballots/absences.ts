import { compareNames } from '../../../domain/names.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { drawRoll } from '../freeze-roll.ts'
import { lockVote, type VoteView } from '../vote-view.ts'
import { leadBallot } from './ballot-view.ts'

/** Where somebody is when the meeting votes: there, absent, or absent with an accepted reason. */
export const whereabouts = ['present', 'absent', 'excused'] as const
export type Whereabouts = (typeof whereabouts)[number]

export interface ExpectedVoter {
  id: number
  name: string
  is: Whereabouts
}

/** Who would vote in a draft if all were there, by name, and who has been noted as absent. */
export async function expectedVoters(
  ctx: Context,
  voteId: number,
): Promise<Result<{ vote: VoteView; voters: ExpectedVoter[] }>> {
  const found = await leadBallot(ctx, voteId)
  if (!found.ok) return found
  const { vote } = found.value
  if (vote.state !== 'draft') return fail('votes.notDraft')
  const drawn = await drawRoll(ctx, ctx.db, vote.branchId)
  if (!drawn.ok) return drawn
  const people = await ctx.db.person.findMany({
    where: { id: { in: drawn.value.roll.voters.map(({ personId }) => personId) } },
    select: { id: true, fullName: true, absences: { where: { voteId } } },
  })
  return ok({
    vote,
    voters: people
      .map(({ id, fullName, absences: [absence] }): ExpectedVoter => {
        const is = absence ? (absence.excused ? 'excused' : 'absent') : 'present'
        return { id, name: fullName, is }
      })
      .sort((a, b) => compareNames(a.name, b.name)),
  })
}

/**
 * Notes before the opening who is not at the meeting, where the meeting says that only those present vote. Whoever is absent without
 * an accepted reason stays in the base. Said twice it stands once.
 */
export async function markWhereabouts(
  ctx: Context,
  input: { voteId: number; personId: number; is: Whereabouts },
): Promise<Result<true>> {
  const { voteId, personId, is } = input
  const found = await expectedVoters(ctx, voteId)
  if (!found.ok) return found
  if (!found.value.voters.some(({ id }) => id === personId)) return fail('votes.noSuchOption')
  return ctx.transaction(async (tx) => {
    if ((await lockVote(tx, voteId)).state !== 'draft') return fail('votes.notDraft')
    await tx.voteAbsence.deleteMany({ where: { voteId, personId } })
    if (is !== 'present') await tx.voteAbsence.create({ data: { voteId, personId, excused: is === 'excused' } })
    await ctx.audit(tx, 'vote.whereaboutsNoted', { vote: voteId, person: personId, is }, found.value.vote.wardId)
    return ok(true)
  })
}
