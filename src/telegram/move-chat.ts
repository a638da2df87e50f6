import type { Services } from '../platform/context.ts'
import { inTransaction } from '../platform/transaction.ts'

/** A group became a supergroup: what waits for its old number goes to the new one, in the same order. Safe to repeat. */
export async function moveChat({ database }: Services, chatId: bigint, newChatId: bigint): Promise<void> {
  await inTransaction(database, async (tx) => {
    await tx.delivery.updateMany({ where: { chatId, state: 'waiting' }, data: { chatId: newChatId } })
    await tx.form.deleteMany({ where: { chatId } })
  })
}
