import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { groupChatOf, linkedPeople, privateChatOf, privateChatsOf } from '../../linking/index.ts'
import { teamToday } from '../ballots/check-team.ts'
import { attendanceOf, drawRoll, freezeRoll } from '../freeze-roll.ts'
import { moveVote } from '../move-vote.ts'
import { groupMessage } from '../screens.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'
import { type GivenShare, sharesNeeded } from './box-key.ts'
import { checkPaper } from './paper.ts'
import { firstPage } from './paper-buttons.ts'
import { leaderMessage } from './screens.ts'

/** Below it a ballot is easily guessed from the result, so whoever chairs confirms that it is to be held all the same. */
export const fewVoters = 5

export interface SealedOpening {
  vote: VoteView
  tellers: { personId: number; name: string; chatId: bigint }[]
  voters: number
}

/**
 * A secret draft that may be opened now, and whom its key is to be split among. Fails with `votes.tellerNotAllowed`, naming who
 * has been noted absent or may count no more, and with `ballots.tellerWithoutPhone`, naming who has no private chat with the
 * bot: a share is given nowhere else.
 */
export async function secretToOpen(ctx: Context, voteId: number): Promise<Result<SealedOpening>> {
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'secret') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.open', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  if (vote.state !== 'draft') return fail('ballots.openedBefore')
  const paper = checkPaper(vote)
  if (!paper.ok) return paper
  if ((await groupChatOf(ctx.db, vote.branchId)) === null) return fail('votes.noGroup')
  const chosen = await ctx.db.voteTeller.count({ where: { voteId } })
  if (chosen <= sharesNeeded) return fail('ballots.tellersFirst', { fewest: sharesNeeded + 1 })
  const team = await teamToday(ctx, ctx.db, vote)
  if (!team.ok) return team
  const tellers: SealedOpening['tellers'] = []
  for (const { personId, name } of team.value) {
    const chatId = await privateChatOf(ctx.db, personId)
    if (chatId === null) return fail('ballots.tellerWithoutPhone', { name })
    tellers.push({ personId, name, chatId })
  }
  const drawn = await drawRoll(ctx, ctx.db, vote.branchId, await attendanceOf(ctx.db, vote))
  return drawn.ok ? ok({ vote, tellers, voters: drawn.value.roll.voters.length }) : drawn
}

export interface OpenSealed {
  voteId: number
  publicKey: Uint8Array
  /** One for each of the tally team, each already in its hands. */
  shares: readonly GivenShare[]
  /** Whoever chairs knows that so few voters are easily guessed. */
  fewConfirmed: boolean
}

/**
 * Opens a secret ballot whose key is in the tally team's hands. In one transaction the roll is frozen, the box gets its public
 * key, and the group and everybody on the roll are told. Of two openings at once one counts; the other's shares open nothing.
 * Fails with `ballots.teamChanged` where the team is not the one that was given the shares.
 */
export async function openSealed(ctx: Context, input: OpenSealed): Promise<Result<VoteView>> {
  const found = await secretToOpen(ctx, input.voteId)
  if (!found.ok) return found
  const { vote } = found.value
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, vote.id)
    if (state !== 'draft') return fail('ballots.openedBefore')
    // Giving the shares took its time: the team must still be the one that holds them.
    const team = await teamToday(ctx, tx, vote)
    if (!team.ok) return team
    if (!isTeamOf(input.shares, team.value)) return fail('ballots.teamChanged')
    const drawn = await drawRoll(ctx, tx, vote.branchId, await attendanceOf(tx, vote))
    if (!drawn.ok) return drawn
    const { voters } = drawn.value.roll
    if (voters.length < fewVoters && !input.fewConfirmed) return fail('ballots.fewVoters', { count: voters.length })
    await freezeRoll(tx, vote, drawn.value)
    await writeBox(tx, input)
    await moveVote(ctx, tx, vote.id, 'open')
    await ctx.audit(tx, 'ballot.opened', { vote: vote.id, branch: vote.branchId }, vote.wardId)
    return ok(
      await announce(
        ctx,
        tx,
        vote.id,
        voters.map(({ personId }) => personId),
      ),
    )
  })
}

function isTeamOf(shares: readonly GivenShare[], team: readonly { personId: number }[]): boolean {
  const holders = new Set(shares.map(({ personId }) => personId))
  return holders.size === team.length && team.every(({ personId }) => holders.has(personId))
}

async function writeBox(tx: Transaction, { voteId, publicKey, shares }: OpenSealed): Promise<void> {
  await tx.ballotBox.create({
    data: {
      voteId,
      publicKey: new Uint8Array(publicKey),
      needed: sharesNeeded,
      shares: { create: shares.map((share) => ({ ...share, mark: new Uint8Array(share.mark) })) },
    },
  })
}

async function announce(ctx: Context, tx: Transaction, voteId: number, voters: number[]): Promise<VoteView> {
  const vote = await findVote(tx, voteId)
  const group = vote && (await groupChatOf(tx, vote.branchId))
  if (!vote || !group) throw new Error('a ballot that was just opened has no group')
  const message = groupMessage(ctx.texts, vote)
  const deliveryId = await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:open`, lasting: true })
  await tx.vote.update({ where: { id: voteId }, data: { deliveryId } })
  const chats = await privateChatsOf(tx, voters)
  const paper = { vote, questions: vote.questions, publicKey: new Uint8Array() }
  await ctx.deliverAll(
    tx,
    [...chats].map(([personId, chatId]) => ({
      chatId,
      message: firstPage(ctx.texts, paper),
      key: `vote:${voteId}:paper:${personId}`,
    })),
  )
  if (ctx.actor.accountId !== null) {
    const linked = await linkedPeople(tx, voters)
    const leader = leaderMessage(ctx.texts, vote, voters.length - linked.size)
    await ctx.deliver(tx, { chatId: ctx.actor.accountId, message: leader, key: `vote:${voteId}:opener` })
  }
  return { ...vote, deliveryId }
}
