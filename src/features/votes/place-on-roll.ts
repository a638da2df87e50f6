import type { RollExclusion } from '../../domain/eligibility.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { VoteView } from './vote-view.ts'

/** What somebody left out of a roll is told, by the reason that was kept at the opening. */
const refusals: Readonly<Record<RollExclusion, string>> = {
  probationary: 'votes.probationary',
  statusUnknown: 'votes.statusUnknown',
  temporaryHere: 'votes.temporaryHere',
  temporarilyElsewhere: 'votes.temporarilyElsewhere',
  suspended: 'votes.suspended',
  exempt: 'votes.exempt',
  excused: 'votes.excused',
  absent: 'votes.absent',
  movedOn: 'votes.movedOn',
}

/**
 * Whether the person stands on the frozen roll. Fails with the reason why not. Asks no leave: the roll, frozen at the
 * opening, is asked instead.
 */
export async function onRoll(
  ctx: Context,
  vote: Pick<VoteView, 'id' | 'branchId'>,
  personId: number | null,
): Promise<Result<number>> {
  if (personId === null) return fail('votes.otherBranch')
  const id = { voteId_personId: { voteId: vote.id, personId } }
  if (await ctx.db.voteRoll.findUnique({ where: id })) return ok(personId)
  const leftOut = await ctx.db.voteLeftOut.findUnique({ where: id })
  if (leftOut) return fail(isReason(leftOut.reason) ? refusals[leftOut.reason] : 'votes.joinedLater')
  const belongsNow = ctx.actor.grants.some(
    ({ role, branchId }) => branchId === vote.branchId && (role === 'member' || role === 'probationary'),
  )
  return fail(belongsNow ? 'votes.joinedLater' : 'votes.otherBranch')
}

function isReason(reason: string): reason is RollExclusion {
  return reason in refusals
}
