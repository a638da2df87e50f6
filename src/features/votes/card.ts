import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type RecordView, readResult } from './record-view.ts'
import { findVote, findVotes, type VoteView } from './vote-view.ts'

const shownVotes = 20

/** The votes of the branches this person belongs to or follows: open ones first, then the latest. */
export async function listVotes(ctx: Context): Promise<VoteView[]> {
  const branches = ctx.actor.grants.flatMap(({ wardId, branchId }) =>
    branchId !== null && may(ctx.actor, 'vote.view', { wardId, branchId }).ok ? [branchId] : [],
  )
  const where = { branchId: { in: branches } }
  const open = await findVotes(ctx.db, { ...where, state: 'open' })
  const closed = await findVotes(ctx.db, { ...where, state: 'closed' }, Math.max(0, shownVotes - open.length))
  return [...open, ...closed]
}

/** The open votes in which this person may enter choices for others. */
export async function votesToEnter(ctx: Context): Promise<VoteView[]> {
  const open = (await listVotes(ctx)).filter(({ isOpen }) => isOpen)
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
}

export async function showVote(ctx: Context, voteId: number): Promise<Result<VoteCard>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const target = { wardId: vote.wardId, branchId: vote.branchId }
  const leave = may(ctx.actor, 'vote.view', target)
  if (!leave.ok) return leave
  const place = await ctx.db.voteRoll.findUnique({
    where: { voteId_personId: { voteId, personId: ctx.actor.personId ?? 0 } },
    select: { choices: true },
  })
  return ok({
    vote,
    result: vote.isOpen ? null : await readResult(ctx.db, voteId),
    onRoll: place !== null && may(ctx.actor, 'vote.cast', target).ok,
    own: vote.questions.map(({ options }, question) => {
      const choice = place?.choices.find((one) => one.question === question)
      const option = choice && options[choice.optionIndex]
      return option === undefined ? null : { option, entered: choice?.enteredById != null }
    }),
    mayEnter: vote.isOpen && may(ctx.actor, 'vote.castOnBehalf', target).ok,
    mayClose: vote.isOpen && may(ctx.actor, 'vote.close', target).ok,
  })
}
