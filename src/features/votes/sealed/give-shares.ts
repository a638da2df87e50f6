import { ok, type Result } from '../../../domain/result.ts'
import { passing } from '../../../platform/checkpoints.ts'
import type { Context } from '../../../platform/context.ts'
import { forget } from '../../../platform/sealing.ts'
import type { Direct } from '../../../telegram/direct.ts'
import type { VoteView } from '../vote-view.ts'
import { createBoxKey, type GivenShare, given } from './box-key.ts'
import { openSealed, secretToOpen } from './open-sealed.ts'
import { shareMessage, shareWithdrawn } from './screens.ts'
import { shareData } from './share-data.ts'

/**
 * Opens a secret ballot: makes the box's key, gives each of the tally team their share in a message of its own, and only when all
 * have arrived opens the ballot. Where one does not arrive, or the opening is refused, nothing was opened: the shares that went
 * out lose their buttons and open nothing, and the next try makes a new key.
 */
export async function giveSharesAndOpen(
  ctx: Context,
  direct: Direct,
  input: { voteId: number; fewConfirmed: boolean },
): Promise<Result<VoteView>> {
  const found = await secretToOpen(ctx, input.voteId)
  if (!found.ok) return found
  const { vote, tellers } = found.value
  const key = await createBoxKey(tellers.map(({ personId }) => personId))
  passing('ballot.keyMade')
  const arrived: GivenShare[] = []
  let missing: string | null = null
  for (const [index, { chatId, name }] of tellers.entries()) {
    const share = key.shares[index]
    if (!share) break
    const messageId = await direct.send(chatId, shareMessage(ctx.texts, vote, shareData(vote.id, share.share)))
    if (messageId === null) {
      missing = name
      break
    }
    arrived.push(given(share, chatId, messageId))
    passing('ballot.shareGiven')
  }
  forget(...key.shares.map(({ share }) => share))
  const opened: Result<VoteView> =
    missing === null
      ? await openSealed(ctx, { ...input, publicKey: key.publicKey, shares: arrived })
      : { ok: false, problem: { code: 'ballots.shareNotDelivered', params: { name: missing } } }
  passing('ballot.opened')
  if (opened.ok) return ok(opened.value)
  for (const { chatId, messageId } of arrived) {
    await direct.edit(chatId, messageId, shareWithdrawn(ctx.texts, vote.number))
  }
  return opened
}
