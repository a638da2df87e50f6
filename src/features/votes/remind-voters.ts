import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatsOf } from '../linking/index.ts'
import { reminderMessage } from './screens.ts'
import { closedProblem, findVote, lockVote } from './vote-view.ts'
import { votersNow } from './voters-now.ts'

/** Nobody is reminded of the same vote twice within so many minutes. */
const pauseMinutes = 60

export interface Reminded {
  reminded: number
  /** Left in peace: they were reminded within the hour. */
  lately: number
  /** Without an account: the secretary asks them. */
  unlinked: number
}

/** Reminds, in private, those on the roll who have not answered every question or put no ballot into the box, and only them. */
export async function remindVoters(ctx: Context, voteId: number): Promise<Result<Reminded>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote || vote.kind === 'paper') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.open', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  if (vote.byHand) return fail('votes.byHand')
  const roll = await ctx.db.voteRoll.findMany({ where: { voteId }, select: { personId: true } })
  const able = await votersNow(
    ctx,
    vote,
    roll.map(({ personId }) => personId),
  )
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return { ok: false, problem: closedProblem(closedAt) }
    const places = await tx.voteRoll.findMany({
      where: { voteId },
      include: { _count: { select: { choices: true } }, sealed: { select: { personId: true } } },
    })
    const silent = places.filter(({ personId, _count, sealed }) => {
      const hasVoted = vote.kind === 'secret' ? sealed !== null : _count.choices >= vote.questions.length
      return able.has(personId) && !hasVoted
    })
    const since = new Date(ctx.now().getTime() - pauseMinutes * 60_000)
    const due = silent.filter(({ remindedAt }) => remindedAt === null || remindedAt <= since)
    const chats = await privateChatsOf(
      tx,
      due.map(({ personId }) => personId),
    )
    const reached = due.flatMap(({ personId }) => {
      const chatId = chats.get(personId)
      return chatId === undefined ? [] : [{ personId, chatId }]
    })
    await ctx.deliverAll(
      tx,
      reached.map(({ personId, chatId }) => ({
        chatId,
        message: reminderMessage(ctx.texts, vote),
        key: `vote:${voteId}:remind:${personId}:${ctx.now().getTime()}`,
      })),
    )
    await tx.voteRoll.updateMany({
      where: { voteId, personId: { in: reached.map(({ personId }) => personId) } },
      data: { remindedAt: ctx.now() },
    })
    if (reached.length > 0) await ctx.audit(tx, 'vote.reminded', { vote: voteId, people: reached.length }, vote.wardId)
    return ok({
      reminded: reached.length,
      lately: silent.length - due.length,
      unlinked: due.length - reached.length,
    })
  })
}
