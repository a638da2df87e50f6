import type { Services } from '../platform/context.ts'
import { inTransaction } from '../platform/transaction.ts'

/** A group became a supergroup: what waits for its old number goes to the new one, in the same order. Safe to repeat. */
export async function moveChat({ database }: Services, chatId: bigint, newChatId: bigint): Promise<void> {
  await inTransaction(database, async (tx) => {
    // What is being sent to the old number goes too: it will be refused there, and must still be the first.
    const open = { in: ['waiting', 'sending'] }
    await tx.delivery.updateMany({ where: { chatId, state: open }, data: { chatId: newChatId } })
    await tx.form.deleteMany({ where: { chatId } })
  })
}
