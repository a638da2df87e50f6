import { may } from '../../domain/access.ts'
import type { RollExclusion } from '../../domain/eligibility.ts'
import { packFor } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatOf } from '../linking/index.ts'
import { branchOf } from '../registry/index.ts'
import { takeRoll } from './take-roll.ts'

export interface RollPreview {
  voters: number
  /** Of them, how many count only once they have voted. */
  whenVoting: number
  leftOut: { reason: RollExclusion; count: number }[]
}

/** How many could vote if a vote were opened in the branch now, and how many are left out and why. */
export async function previewVote(ctx: Context, branchId: number): Promise<Result<RollPreview>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'vote.open', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  if ((await groupChatOf(ctx.db, branchId)) === null) return fail('votes.noGroup')
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) return pack
  const roll = await takeRoll(ctx.db, pack.value, branchId, ctx.today())
  if (roll.voters.length === 0) return fail('votes.nobodyMayVote')
  const counts = new Map<RollExclusion, number>()
  for (const { reason } of roll.excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return ok({
    voters: roll.voters.length,
    whenVoting: roll.voters.filter(({ counts }) => counts === 'whenVoting').length,
    leftOut: [...counts].map(([reason, count]) => ({ reason, count })),
  })
}
