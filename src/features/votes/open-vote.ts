import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { groupChatOf, privateChatOf } from '../linking/index.ts'
import { branchOf } from '../registry/index.ts'
import { type Attendance, drawRoll, freezeRoll } from './freeze-roll.ts'
import { moveVote } from './move-vote.ts'
import { groupMessage, openerMessage } from './screens.ts'
import { findVote, findVotes, type VoteView } from './vote-view.ts'
import { checkQuestions, type Question } from './vote-words.ts'
import { writeDraft } from './write-draft.ts'

export interface OpenVote extends Attendance {
  /** Where the draft began: the same draft confirmed twice is one vote. */
  key: string
  branchId: number
  questions: readonly Question[]
  /** Hands are counted in the meeting: the vote takes numbers and no names. */
  byHand?: boolean
  showsCounts?: boolean
  /** The vote whose undecided questions are asked again. */
  earlierId?: number | null
}

/**
 * Opens a named vote in the branch's group. In one transaction the roll of this day is frozen with the rules it was taken
 * by, and the message with the buttons is written.
 */
export async function openVote(ctx: Context, input: OpenVote): Promise<Result<VoteView>> {
  const branch = await branchOf(ctx.db, input.branchId)
  const leave = may(ctx.actor, 'vote.open', { wardId: branch?.wardId ?? 0, branchId: input.branchId })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (!branch || personId === null) return fail('access.denied', { action: 'vote.open' })
  const before = await openedBefore(ctx, input.key)
  if (before) return ok(before)
  const questions = checkQuestions(input.questions)
  if (!questions.ok) return questions
  const checked = { ...input, questions: questions.value, wardId: branch.wardId }
  try {
    return await ctx.transaction((tx) => write(ctx, tx, checked, personId))
  } catch (error) {
    const first = isDuplicate(error) ? await openedBefore(ctx, input.key) : null
    if (!first) throw error
    return ok(first)
  }
}

/** The vote that this draft of the actor became before, if it did. Asks no leave: it is the actor's own. */
export async function openedBefore(ctx: Context, key: string): Promise<VoteView | null> {
  const [vote] = await findVotes(ctx.db, { source: key, createdById: ctx.actor.personId ?? -1 })
  return vote ?? null
}

async function write(
  ctx: Context,
  tx: Transaction,
  input: OpenVote & { wardId: number },
  createdById: number,
): Promise<Result<VoteView>> {
  const { branchId, wardId, byHand = false, showsCounts = false } = input
  const group = await groupChatOf(tx, branchId)
  if (group === null) return fail('votes.noGroup')
  const drawn = await drawRoll(ctx, tx, branchId, input)
  if (!drawn.ok) return drawn
  const earlier = input.earlierId
    ? await tx.vote.findFirst({ where: { id: input.earlierId, branchId }, select: { id: true, round: true } })
    : null
  const id = await writeDraft(ctx, tx, {
    branchId,
    kind: 'open',
    byHand,
    showsCounts: showsCounts && !byHand,
    title: input.questions.map(({ text }) => text).join(' · '),
    questions: input.questions.map(({ text, options }) => ({
      text,
      options: options.map((option) => ({ text: option })),
    })),
    pack: drawn.value.pack,
    createdById,
    earlier,
    source: input.key,
  })
  await freezeRoll(tx, { id, wardId, kind: 'open', byHand }, drawn.value)
  await moveVote(ctx, tx, id, 'open')
  const vote = await findVote(tx, id)
  if (!vote) throw new Error('a vote that was just written is not there')
  await ctx.audit(tx, 'vote.opened', { vote: id, branch: branchId }, wardId)
  const message = groupMessage(ctx.texts, vote)
  const deliveryId = await ctx.deliver(tx, { chatId: group, message, key: `vote:${id}:open`, lasting: true })
  await tx.vote.update({ where: { id }, data: { deliveryId } })
  const own = await privateChatOf(tx, createdById)
  if (own !== null) {
    const mayEnter = may(ctx.actor, 'vote.castOnBehalf', { wardId, branchId }).ok
    await ctx.deliver(tx, { chatId: own, message: openerMessage(ctx.texts, vote, mayEnter), key: `vote:${id}:opener` })
  }
  return ok({ ...vote, deliveryId })
}
