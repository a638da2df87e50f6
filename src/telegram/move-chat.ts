import type { Services } from '../platform/context.ts'
import { moveWaiting } from '../platform/outbox.ts'
import { inTransaction } from '../platform/transaction.ts'

/**
 * A group became a supergroup: what waits for its old number goes to the new one, in the same order. Numbers of messages do
 * not move: edits of what stands in the old chat are put aside, and the features post anew what still matters. Safe to repeat.
 */
export async function moveChat({ database }: Services, chatId: bigint, newChatId: bigint): Promise<void> {
  await inTransaction(database, async (tx) => {
    // What is being sent to the old number goes too: it will be refused there, and must still be the first.
    await moveWaiting(tx, chatId, newChatId)
    await tx.form.deleteMany({ where: { chatId } })
  })
}
