import { expect, it } from 'vitest'
import { priority, writeDelivery } from '../../src/platform/outbox.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { oldestOfEachChat } from '../../src/telegram/waiting.ts'
import { openTestDatabase } from '../support/database.ts'

it('a small group is not stuck behind a broadcast to a thousand: of every chat the oldest, small sendings first', async () => {
  const database = await openTestDatabase()
  const written = (chat: number, urgency: number) =>
    inTransaction(database.prisma, (tx) =>
      writeDelivery(tx, { chatId: BigInt(chat), message: { text: 'x' }, priority: urgency }, new Date()),
    )
  const broadcast = await database.prisma.delivery.createManyAndReturn({
    data: Array.from({ length: 1000 }, (_, nth) => ({
      chatId: BigInt(-1 - nth),
      message: { text: 'gửi tất cả' },
      priority: priority.broadcast,
      createdAt: new Date(),
    })),
    select: { id: true },
  })
  const notice = await written(-5000, priority.notice)
  await written(-5000, priority.reply)
  const reply = await written(7, priority.reply)
  const rows = await oldestOfEachChat(database.prisma, 500, [])
  await database.close()
  expect(rows.slice(0, 3).map(({ id }) => id)).toEqual([reply, notice, broadcast[0]?.id])
  expect(new Set(rows.map(({ chatId }) => chatId)).size).toBe(rows.length)
})
