import { may } from '../../domain/access.ts'
import type { Roll } from '../../domain/eligibility.ts'
import { packFor, packHash } from '../../domain/packs/index.ts'
import type { VotePack } from '../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { groupChatOf, privateChatOf } from '../linking/index.ts'
import { branchOf } from '../registry/index.ts'
import { groupMessage, openerMessage } from './screens.ts'
import { takeRoll } from './take-roll.ts'
import { findVotes, type VoteView } from './vote-view.ts'
import { checkOptions, checkQuestion } from './vote-words.ts'

export interface OpenVote {
  /** Where the draft began: the same draft confirmed twice is one vote. */
  key: string
  branchId: number
  question: string
  options: readonly string[]
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
  if (personId === null) return fail('access.denied', { action: 'vote.open' })
  const earlier = await openedBefore(ctx, input.key)
  if (earlier) return ok(earlier)
  const question = checkQuestion(input.question)
  if (!question.ok) return question
  const options = checkOptions(input.options)
  if (!options.ok) return options
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) return pack
  const checked = { ...input, question: question.value, options: options.value, pack: pack.value }
  try {
    return await ctx.transaction((tx) => write(ctx, tx, checked, personId))
  } catch (error) {
    const first = isDuplicate(error) ? await openedBefore(ctx, input.key) : null
    if (!first) throw error
    return ok(first)
  }
}

/** The vote that this draft became before, if it did. Asks no leave: only whoever opened it holds its key. */
export async function openedBefore(ctx: Context, key: string): Promise<VoteView | null> {
  const [vote] = await findVotes(ctx.db, { source: key })
  return vote ?? null
}

async function write(
  ctx: Context,
  tx: Transaction,
  input: OpenVote & { pack: VotePack },
  openedById: number,
): Promise<Result<VoteView>> {
  const { branchId, pack } = input
  // One at a time in a branch, so that numbers follow one another.
  await tx.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${branchId} FOR NO KEY UPDATE`
  const group = await groupChatOf(tx, branchId)
  if (group === null) return fail('votes.noGroup')
  const roll = await takeRoll(tx, pack, branchId, ctx.today())
  if (roll.voters.length === 0) return fail('votes.nobodyMayVote')
  const last = await tx.vote.aggregate({ where: { branchId }, _max: { number: true } })
  const { id } = await tx.vote.create({
    data: {
      branchId,
      number: (last._max.number ?? 0) + 1,
      question: input.question,
      openedById,
      openedAt: ctx.now(),
      packId: pack.id,
      packHash: packHash(pack),
      pack,
      source: input.key,
      ...frozen(roll),
      options: { create: input.options.map((text, index) => ({ index, text })) },
    },
  })
  const [vote] = await findVotes(tx, { id })
  if (!vote) throw new Error('a vote that was just written is not there')
  await ctx.audit(tx, 'vote.opened', { vote: id, branch: branchId }, vote.wardId)
  const deliveryId = await ctx.deliver(tx, {
    chatId: group,
    message: groupMessage(ctx.texts, vote),
    key: `vote:${id}:open`,
  })
  await tx.vote.update({ where: { id }, data: { deliveryId } })
  const own = await privateChatOf(tx, openedById)
  if (own !== null) {
    const mayEnter = may(ctx.actor, 'vote.castOnBehalf', { wardId: vote.wardId, branchId }).ok
    await ctx.deliver(tx, {
      chatId: own,
      message: openerMessage(ctx.texts, vote, mayEnter),
      key: `vote:${id}:opener`,
    })
  }
  return ok({ ...vote, deliveryId })
}

function frozen(roll: Roll) {
  return {
    roll: { create: roll.voters.map(({ personId, counts }) => ({ personId, counts })) },
    leftOut: { create: roll.excluded.map(({ personId, reason }) => ({ personId, reason })) },
  }
}
