import type { Api } from 'grammy'
import type { Services } from '../platform/context.ts'
import { asMessage } from '../platform/messages.ts'
import { Prisma } from '../platform/prisma/client.ts'
import { inTransaction } from '../platform/transaction.ts'
import { classify, type Failure } from './failures.ts'
import type { Budget } from './pace.ts'
import { editMessage, sendMessage } from './send.ts'

/** What the courier tells the rest of the product. Both run before the next message to that chat. */
export interface CourierEvents {
  chatLost(chatId: bigint, reason: string): Promise<void>
  migrated(chatId: bigint, newChatId: bigint): Promise<void>
}

export interface Courier {
  /** Look for waiting deliveries now. */
  wake(): void
  /** Resolves when nothing that can be sent is waiting. */
  idle(): Promise<void>
  /** Ends after the calls under way. */
  stop(): Promise<void>
}

interface Row {
  id: number
  chatId: bigint
  editsId: number | null
  message: Prisma.JsonValue
  revision: number
  attempts: number
}

class MessageNeverSent extends Error {}

const pollMilliseconds = 500

/**
 * Sends what stands in `Delivery`: each turn the oldest waiting row of every chat that has budget, replies and small
 * sendings first. A chat's next row waits for its one before, so a chat is always in order and never stuck behind another.
 */
export function startCourier(services: Services, api: Api, budget: Budget, events: CourierEvents): Courier {
  const { database, log } = services
  const underWay = new Map<bigint, Promise<void>>()
  let stopped = false
  let signal = Promise.withResolvers<void>()

  const wake = () => signal.resolve()

  const loop = async () => {
    while (!stopped) {
      signal = Promise.withResolvers()
      try {
        const waiting = await oldestOfEachChat(services)
        for (const row of waiting) {
          if (underWay.has(row.chatId) || !budget.take(Number(row.chatId))) continue
          underWay.set(
            row.chatId,
            send(row).finally(() => {
              underWay.delete(row.chatId)
              signal.resolve()
            }),
          )
        }
      } catch (error) {
        log.error({ err: error }, 'courier')
      }
      await Promise.race([signal.promise, delay(pollMilliseconds)])
    }
  }

  const send = async (row: Row) => {
    try {
      const messageId = await call(row)
      await finish(row, { state: 'sent', messageId, error: null, message: Prisma.DbNull })
    } catch (error) {
      const failure: Failure =
        error instanceof MessageNeverSent
          ? { kind: 'refused', reason: 'the message to edit was never sent' }
          : classify(error)
      await settle(row, failure).catch((problem) => log.error({ err: problem, delivery: row.id }, 'courier'))
    }
  }

  const call = async (row: Row): Promise<number | null> => {
    const message = asMessage(row.message)
    const chatId = Number(row.chatId)
    if (row.editsId !== null) {
      const target = await database.delivery.findUniqueOrThrow({ where: { id: row.editsId } })
      if (target.messageId === null) throw new MessageNeverSent()
      await editMessage(api, chatId, target.messageId, message)
      return target.messageId
    }
    if (row.attempts > 0) {
      // The first sending may have arrived: the number lets a reader see that both are one.
      message.text = services.texts('telegram:resent', { text: message.text, number: row.id })
    }
    return sendMessage(api, chatId, message)
  }

  const settle = async (row: Row, failure: Failure) => {
    log.warn(
      { delivery: row.id, failure: failure.kind, reason: 'reason' in failure ? failure.reason : null },
      'courier',
    )
    switch (failure.kind) {
      case 'done':
        return finish(row, { state: 'sent', error: null, message: Prisma.DbNull })
      case 'wait':
        return budget.hold(Number(row.chatId), failure.seconds)
      case 'moved':
        return events.migrated(row.chatId, BigInt(failure.chatId))
      case 'chatLost':
        await finish(row, { state: 'failed', error: failure.reason })
        return events.chatLost(row.chatId, failure.reason)
      case 'refused':
        return finish(row, { state: 'failed', error: failure.reason })
      case 'unknown':
        if (row.attempts === 0) {
          budget.hold(Number(row.chatId), 2)
          await database.delivery.update({ where: { id: row.id }, data: { attempts: 1, error: failure.reason } })
          return
        }
        return finish(row, { state: 'unknown', error: failure.reason })
    }
  }

  /** Unless the message was rewritten meanwhile: then the row waits on, and its new message is sent next. */
  const finish = async ({ id, revision }: Row, data: Prisma.DeliveryUpdateManyMutationInput) => {
    await inTransaction(database, (tx) =>
      tx.delivery.updateMany({
        where: { id, revision, state: 'waiting' },
        data: { ...data, finishedAt: services.clock.now() },
      }),
    )
  }

  const running = loop()
  return {
    wake,
    idle: async () => {
      while (underWay.size > 0 || (await database.delivery.count({ where: { state: 'waiting' } })) > 0) {
        wake()
        await delay(10)
      }
    },
    stop: async () => {
      stopped = true
      signal.resolve()
      await running
      await Promise.all(underWay.values())
    },
  }
}

function oldestOfEachChat({ database }: Services): Promise<Row[]> {
  return database.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT DISTINCT ON ("chatId") "id", "chatId", "editsId", "message", "revision", "attempts", "priority"
      FROM "Delivery" WHERE "state" = 'waiting' ORDER BY "chatId", "id"
    ) AS "head" ORDER BY "priority", "id" LIMIT 500`
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
