import { type BallotState, mayMove } from '../../domain/ballots.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockVote } from './vote-view.ts'

const moments = {
  draft: 'createdAt',
  open: 'openedAt',
  closed: 'closedAt',
  opened: 'countedAt',
  published: 'publishedAt',
  void: 'voidedAt',
} as const

/**
 * Moves a ballot on through these states in one step, each with its moment. The caller has asked whether it may; a way that
 * there is not is a defect, and the database refuses it too.
 */
export async function moveVote(
  ctx: Context,
  tx: Transaction,
  voteId: number,
  ...states: readonly BallotState[]
): Promise<void> {
  let { state } = await lockVote(tx, voteId)
  const at = ctx.now()
  const by = ctx.actor.personId
  for (const to of states) {
    if (!mayMove(state, to)) throw new Error(`a ballot does not go from ${state} to ${to}`)
    const who = to === 'open' ? { openedById: by } : to === 'closed' ? { closedById: by } : {}
    await tx.vote.update({ where: { id: voteId }, data: { state: to, [moments[to]]: at, ...who } })
    state = to
  }
}
