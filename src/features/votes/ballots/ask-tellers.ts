import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { privateChatOf, privateChatsOf } from '../../linking/index.ts'
import { findVote } from '../vote-view.ts'
import { sheetOf, tellersOf } from './ballot-view.ts'
import { confirmMessage, signedMessage, signMessage } from './count-screens.ts'

/** Shows the counts that were just entered to each of the tally team, to confirm or to enter anew. */
export async function askConfirmation(ctx: Context, tx: Transaction, voteId: number): Promise<void> {
  const vote = await findVote(tx, voteId)
  const sheet = vote && (await sheetOf(tx, vote))
  if (!vote || !sheet) throw new Error('counts that were just entered are not there')
  for (const [personId, chatId] of await chatsOfTellers(tx, voteId)) {
    for (const [part, message] of confirmMessage(ctx.texts, vote, sheet).entries()) {
      await ctx.deliver(tx, { chatId, message, key: `vote:${voteId}:sheet:${sheet.edition}:${personId}:${part}` })
    }
  }
}

/** Asks those of the tally team who have not signed for a record to do so. */
export async function askSignatures(ctx: Context, tx: Transaction, voteId: number, record: number): Promise<void> {
  const vote = await findVote(tx, voteId)
  if (!vote) throw new Error('a ballot that was counted is not there')
  const signed = await tx.voteSignature.findMany({ where: { voteId, record }, select: { personId: true } })
  const done = new Set(signed.map(({ personId }) => personId))
  for (const [personId, chatId] of await chatsOfTellers(tx, voteId)) {
    if (done.has(personId)) continue
    const message = signMessage(ctx.texts, vote, record)
    await ctx.deliver(tx, { chatId, message, key: `vote:${voteId}:sign:${record}:${personId}` })
  }
}

/** Tells whoever opened the ballot that enough of the team have signed, so that the result can be published. */
export async function tellChair(ctx: Context, tx: Transaction, voteId: number, record: number): Promise<void> {
  const vote = await findVote(tx, voteId)
  const row = await tx.vote.findUniqueOrThrow({
    where: { id: voteId },
    select: { openedById: true, createdById: true },
  })
  const chatId = await privateChatOf(tx, row.openedById ?? row.createdById)
  if (!vote || chatId === null) return
  await ctx.deliver(tx, { chatId, message: signedMessage(ctx.texts, vote), key: `vote:${voteId}:signed:${record}` })
}

async function chatsOfTellers(tx: Transaction, voteId: number): Promise<Map<number, bigint>> {
  const tellers = await tellersOf(tx, voteId)
  return privateChatsOf(
    tx,
    tellers.map(({ personId }) => personId),
  )
}
