import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from 'grammy'
import { passing } from '../platform/checkpoints.ts'
import { monotonic } from '../platform/clock.ts'
import type { Services } from '../platform/context.ts'
import type { Heartbeat } from '../platform/heartbeat.ts'
import { createLease } from '../platform/lease.ts'
import { asMessage, type Message } from '../platform/messages.ts'
import { disconnected, leftBehind } from '../platform/outbox.ts'
import { placesOf } from '../platform/posted.ts'
import { Prisma } from '../platform/prisma/client.ts'
import { classify, type Failure } from './failures.ts'
import type { Budget } from './pace.ts'
import { editMessage, sendMessage } from './send.ts'
import { claim, dropOlderEdits, oldestOfEachChat, recordSent, releaseAbandoned, type WaitingRow } from './waiting.ts'

/** What the courier tells the rest of the product. Both run before the next message to that chat. */
export interface CourierEvents {
  chatLost(chatId: bigint, reason: string): Promise<void>
  migrated(chatId: bigint, newChatId: bigint): Promise<void>
  /** A sending came to an end: `sent`, or how it failed. */
  settled(outcome: 'sent' | Failure['kind']): void
  /** Whether Telegram answers at all. */
  answers(): Promise<boolean>
}

export interface Courier {
  /** Look for waiting deliveries now. */
  wake(): void
  /** What waits for this process: nothing, only what the limits hold back, or something that may be sent now. */
  backlog(): Promise<'none' | 'resting' | 'ready'>
  /** Resolves when nothing is waiting or being sent. */
  idle(): Promise<void>
  /** Ends after the calls under way. */
  stop(): Promise<void>
}

class MessageNeverSent extends Error {}
/** The message to edit stands in another chat: under its number stands something else here. */
class MessageElsewhere extends Error {}

const pollMilliseconds = 500
/** Whatever is written by many at once is looked for once. */
const gatherMilliseconds = 15
/** Where the limits leave no room, how soon they are asked again. */
const fullMilliseconds = 5
const mostAtOnce = 500
const renewMilliseconds = 2000
/** How long a chat rests after a call that did not reach Telegram, or whose outcome nobody knows. */
const restSeconds = 2

/**
 * Sends what stands in `Delivery`: each turn the oldest waiting row of every chat that has budget, replies and small
 * sendings first. A chat's next row waits for the one before, so a chat is always in order and never stuck behind another.
 * Of several processes only the holder of the lease sends.
 */
export function startCourier(
  services: Services,
  api: Api,
  budget: Budget,
  events: CourierEvents,
  heartbeat: Heartbeat,
): Courier {
  const { database, log } = services
  const lease = createLease(database, 'courier', `${process.pid}:${randomUUID()}`)
  const underWay = new Map<bigint, Promise<void>>()
  let stopped = false
  /** Telegram answered nobody when it was asked last, and nothing has arrived since. */
  let isDown = false
  let signal = Promise.withResolvers<void>()
  let fence: number | null = null
  let renewAt = 0

  const wake = () => signal.resolve()

  const loop = async () => {
    while (!stopped) {
      signal = Promise.withResolvers()
      let isFull = false
      try {
        await keepLease()
        if (fence !== null) isFull = await sendWhatMay(fence)
        heartbeat.beat()
      } catch (error) {
        log.error({ err: error }, 'courier')
      }
      await Promise.race([signal.promise, delay(isFull ? fullMilliseconds : pollMilliseconds)])
      if (!stopped && !isFull) await delay(gatherMilliseconds)
    }
  }

  const keepLease = async () => {
    if (monotonic() < renewAt) return
    passing('lease.renewing')
    const held = await lease.hold()
    passing('lease.renewed')
    if (held !== null && held !== fence) {
      passing('courier.takingOver')
      await releaseAbandoned(database, held, services.clock.now())
      passing('courier.tookOver')
    }
    fence = held
    renewAt = monotonic() + (held === null ? pollMilliseconds : renewMilliseconds)
  }

  /** Answers whether more may be waiting than there was room for. */
  const sendWhatMay = async (current: number): Promise<boolean> => {
    if (budget.isShut) return false
    const room = Math.min(budget.roomForDeliveries(), mostAtOnce)
    if (room === 0) return true
    const except = [...budget.resting().map(BigInt), ...underWay.keys()]
    const waiting = await oldestOfEachChat(database, room, except)
    if (waiting.some(({ editsId }) => editsId !== null)) {
      passing('courier.superseding')
      await dropOlderEdits(database, services.clock.now())
    }
    for (const row of waiting) {
      if (underWay.has(row.chatId) || !budget.take(Number(row.chatId))) continue
      const sending = send(row, current)
        .catch((error) => log.error({ err: error, delivery: row.id }, 'courier'))
        .finally(() => {
          budget.ended(Number(row.chatId))
          underWay.delete(row.chatId)
          wake()
        })
      underWay.set(row.chatId, sending)
    }
    return waiting.length === room
  }

  const backlog = async () => {
    if (fence === null || budget.isShut) return 'none'
    const busy = [...budget.resting().map(BigInt), ...underWay.keys()]
    if (budget.room() > 0 && (await oldestOfEachChat(database, 1, busy)).length > 0) return 'ready'
    return (await oldestOfEachChat(database, 1, [])).length > 0 ? 'resting' : 'none'
  }

  const send = async (row: WaitingRow, current: number) => {
    passing('courier.claiming')
    const claimed = await claim(database, row.id, current)
    if (claimed === null) return
    if (claimed.message === null) return finish(row.id, { state: 'failed', error: disconnected })
    const beganInOutage = isDown
    try {
      passing('courier.sending')
      const messageId = await call(row, asMessage(claimed.message))
      passing('courier.sent')
      isDown = false
      const movedTo = await recordSent(database, row, messageId, services.clock.now())
      passing('courier.recorded')
      events.settled('sent')
      // It arrived just before its chat was given up: whatever of it still matters is posted anew.
      if (movedTo !== null) await events.migrated(row.chatId, movedTo)
    } catch (error) {
      if (error instanceof MessageElsewhere) {
        return finish(row.id, { state: 'superseded', error: leftBehind, message: Prisma.DbNull })
      }
      await settle(row, failureOf(error), beganInOutage)
    }
  }

  const call = async (row: WaitingRow, message: Message): Promise<number> => {
    const chatId = Number(row.chatId)
    if (row.editsId !== null) {
      const target = (await placesOf(database, [row.editsId])).get(row.editsId)
      if (target && target.chatId !== row.chatId) throw new MessageElsewhere()
      if (target?.messageId == null) throw new MessageNeverSent('the message to edit was never sent')
      passing('courier.editing')
      await editMessage(api, chatId, target.messageId, marked(message, { ...target, id: row.editsId }))
      passing('courier.edited')
      return target.messageId
    }
    return sendMessage(api, chatId, marked(message, row))
  }

  /** Where the first sending may have arrived the number lets a reader see that both are one, however often it is edited. */
  const marked = (message: Message, { id, attempts }: { id: number; attempts: number }): Message =>
    attempts === 0
      ? message
      : { ...message, text: services.texts('telegram:resent', { text: message.text, number: id }) }

  const settle = async (row: WaitingRow, failure: Failure, beganInOutage: boolean) => {
    passing('courier.refused')
    const reason = 'reason' in failure ? failure.reason : null
    log.warn({ delivery: row.id, failure: failure.kind, reason }, 'courier')
    events.settled(failure.kind)
    const chatId = Number(row.chatId)
    switch (failure.kind) {
      case 'done':
        return finish(row.id, { state: 'sent', error: null, message: Prisma.DbNull })
      case 'tooFast':
        budget.refused(chatId, failure.seconds)
        return waitAgain(row.id)
      case 'shutOut':
      case 'notSent':
        budget.hold(chatId, restSeconds)
        return waitAgain(row.id)
      case 'moved':
        if (row.editsId === null) await waitAgain(row.id)
        else await finish(row.id, { state: 'superseded', error: leftBehind, message: Prisma.DbNull })
        return events.migrated(row.chatId, BigInt(failure.chatId))
      case 'chatLost':
        await finish(row.id, { state: 'failed', error: failure.reason })
        return events.chatLost(row.chatId, failure.reason)
      case 'refused':
        return finish(row.id, { state: 'failed', error: failure.reason })
      case 'unknown':
        // What breaks while Telegram answers nobody, or did so when the call began, says nothing of this message: it waits for
        // better times.
        isDown = !(await events.answers())
        if (row.attempts > 0 && !beganInOutage && !isDown) {
          return finish(row.id, { state: 'unknown', error: failure.reason })
        }
        budget.hold(chatId, restSeconds)
        return waitAgain(row.id, { attempts: 1, error: failure.reason })
    }
  }

  const waitAgain = async (id: number, data: Prisma.DeliveryUpdateInput = {}) => {
    await write(id, { ...data, state: 'waiting' })
    passing('courier.waitingAgain')
  }
  const finish = (id: number, data: Prisma.DeliveryUpdateInput) =>
    write(id, { ...data, finishedAt: services.clock.now() })
  const write = async (id: number, data: Prisma.DeliveryUpdateInput) => {
    await database.delivery.update({ where: { id }, data })
  }

  const running = loop().finally(() => heartbeat.end())
  return {
    wake,
    backlog,
    idle: async () => {
      while ((await database.delivery.count({ where: { state: { in: ['waiting', 'sending'] } } })) > 0) {
        wake()
        await delay(10)
      }
    },
    stop: async () => {
      stopped = true
      wake()
      await running
      await Promise.all(underWay.values())
      // Without a database others see by its silence that it is free.
      await lease.release().catch((error) => log.warn({ err: error }, 'lease not given up'))
    },
  }
}

function failureOf(error: unknown): Failure {
  return error instanceof MessageNeverSent ? { kind: 'refused', reason: error.message } : classify(error)
}
