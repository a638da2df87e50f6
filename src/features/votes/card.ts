import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type RecordView, readResult } from './record-view.ts'
import { undecided } from './second-round.ts'
import { findVote, findVotes, type VoteView } from './vote-view.ts'

const shownVotes = 20

/** The votes of the branches this person belongs to or follows: those under way first, then the latest. */
export async function listVotes(ctx: Context): Promise<VoteView[]> {
  const branches = ctx.actor.grants.flatMap(({ wardId, branchId }) =>
    branchId !== null && may(ctx.actor, 'vote.view', { wardId, branchId }).ok ? [branchId] : [],
  )
  const where = { branchId: { in: branches } }
  const led = ctx.actor.grants.flatMap(({ wardId, branchId }) =>
    branchId !== null && may(ctx.actor, 'vote.open', { wardId, branchId }).ok ? [branchId] : [],
  )
  const drafts = await findVotes(ctx.db, { branchId: { in: led }, state: 'draft' })
  const running = await findVotes(ctx.db, { ...where, state: { in: ['open', 'closed', 'opened'] } })
  const room = Math.max(0, shownVotes - running.length - drafts.length)
  return [...running, ...drafts, ...(await findVotes(ctx.db, { ...where, state: 'published' }, room))]
}

/** The open votes in which this person may enter choices for others. */
export async function votesToEnter(ctx: Context): Promise<VoteView[]> {
  const open = (await listVotes(ctx)).filter(({ isOpen, kind, byHand }) => isOpen && kind === 'open' && !byHand)
  return open.filter(({ wardId, branchId }) => may(ctx.actor, 'vote.castOnBehalf', { wardId, branchId }).ok)
}

/** One vote as one reader sees it. */
export interface VoteCard {
  vote: VoteView
  result: RecordView | null
  onRoll: boolean
  /** What this person has chosen, and whether the secretary entered it. */
  own: ({ option: string; entered: boolean } | null)[]
  mayEnter: boolean
  mayClose: boolean
  /** Its papers are for this person. */
  leads: boolean
  /** Something in its result has to be asked again, and this person may. */
  mayRepeat: boolean
}

export async function showVote(ctx: Context, voteId: number): Promise<Result<VoteCard>> {
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'open') return fail('votes.noSuchVote')
  const target = { wardId: vote.wardId, branchId: vote.branchId }
  const leave = may(ctx.actor, 'vote.view', target)
  if (!leave.ok) return leave
  const place = await ctx.db.voteRoll.findUnique({
    where: { voteId_personId: { voteId, personId: ctx.actor.personId ?? 0 } },
    select: { choices: true },
  })
  const result = vote.isOpen ? null : await readResult(ctx.db, voteId)
  const leads = may(ctx.actor, 'vote.open', target).ok
  return ok({
    vote,
    result,
    onRoll: place !== null && may(ctx.actor, 'vote.cast', target).ok,
    own: vote.questions.map(({ options }, question) => {
      const choice = place?.choices.find((one) => one.question === question)
      const option = choice && options[choice.optionIndex]
      return option === undefined ? null : { option, entered: choice?.enteredById != null }
    }),
    mayEnter: vote.isOpen && may(ctx.actor, 'vote.castOnBehalf', target).ok,
    mayClose: vote.isOpen && may(ctx.actor, 'vote.close', target).ok,
    leads,
    mayRepeat: leads && result !== null && undecided(result).length > 0,
  })
}
