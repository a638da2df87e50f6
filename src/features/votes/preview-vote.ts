import { may } from '../../domain/access.ts'
import type { Roll, RollExclusion } from '../../domain/eligibility.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatOf } from '../linking/index.ts'
import { branchOf } from '../registry/index.ts'
import { standingOf } from './ballot-standing.ts'
import { drawRoll } from './freeze-roll.ts'

export interface RollPreview {
  voters: number
  /** Of them, how many count only once they have voted. */
  whenVoting: number
  leftOut: { reason: RollExclusion; count: number }[]
  /** The bot's vote is no ballot in this ward. */
  isPoll: boolean
}

/** How many could vote if a vote were opened in the branch now, and how many are left out and why. */
export async function previewVote(ctx: Context, branchId: number): Promise<Result<RollPreview>> {
  const branch = await branchOf(ctx.db, branchId)
  const wardId = branch?.wardId ?? 0
  const leave = may(ctx.actor, 'vote.open', { wardId, branchId })
  if (!leave.ok) return leave
  if ((await groupChatOf(ctx.db, branchId)) === null) return fail('votes.noGroup')
  const drawn = await drawRoll(ctx, ctx.db, branchId)
  if (!drawn.ok) return drawn
  const { standing } = await standingOf(ctx.db, { wardId, kind: 'open', byHand: false })
  return ok({ ...summarise(drawn.value.roll), isPoll: standing === 'poll' })
}

/** A roll in numbers, with the reasons of those left out. */
export function summarise(roll: Roll): Pick<RollPreview, 'voters' | 'whenVoting' | 'leftOut'> {
  const counts = new Map<RollExclusion, number>()
  for (const { reason } of roll.excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return {
    voters: roll.voters.length,
    whenVoting: roll.voters.filter((voter) => voter.counts === 'whenVoting').length,
    leftOut: [...counts].map(([reason, count]) => ({ reason, count })),
  }
}
