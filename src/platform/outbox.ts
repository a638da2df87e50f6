import type { Database, Transaction } from './database.ts'
import type { Message } from './messages.ts'
import { Prisma } from './prisma/client.ts'
import { storableJson } from './storable.ts'

/** Replies before notices, notices before broadcasts. */
export const priority = { reply: 0, notice: 1, broadcast: 2 } as const

export interface Outgoing {
  chatId: bigint
  message: Message
  /** Two writings with one key are one delivery. */
  key?: string
  priority?: number
  /** The delivery whose message this one replaces: in the same chat, or it is not sent. */
  edits?: number
  /** It is edited or answered later: where it stands is known longer than its delivery is kept. */
  lasting?: boolean
  /** It was sent already and nobody knows whether it arrived: it goes once more, with its number. */
  mayHaveArrived?: boolean
}

/** An edit that shows how things stand now: of several that wait for one message, only the last is worth sending. */
export interface Refresh {
  chatId: bigint
  message: Message
  edits: number
}

/**
 * Writes an edit, or rewrites the one that still waits for the same message, so that at most one waits. The caller holds a
 * lock on what is shown, or two at a time may both write. Answers with the delivery's id.
 */
export async function refreshDelivery(tx: Transaction, { edits, ...refresh }: Refresh, now: Date): Promise<number> {
  const waiting = { editsId: edits, state: 'waiting' }
  const rewritten = await tx.delivery.updateManyAndReturn({
    where: waiting,
    data: { message: asJson(refresh.message) },
    select: { id: true },
  })
  const [row] = rewritten
  return row?.id ?? (await writeDelivery(tx, { ...refresh, edits, priority: priority.broadcast }, now))
}

/**
 * Writes a message that must arrive, in the transaction that makes it true, and answers with the delivery's id.
 * Idempotent by `key`: the second writing answers with the first one's id.
 */
export async function writeDelivery(tx: Transaction, outgoing: Outgoing, now: Date): Promise<number> {
  const data = rowOf(outgoing, now)
  if (outgoing.key === undefined) return (await tx.delivery.create({ data })).id
  const row = await tx.delivery.upsert({ where: { key: outgoing.key }, create: data, update: {} })
  return row.id
}

/**
 * Writes many messages at once, each under a key of its own, and answers with their ids in the same order. They are written,
 * and within a chat sent, in the order given.
 */
export async function writeDeliveries(
  tx: Transaction,
  outgoings: readonly (Outgoing & { key: string })[],
  now: Date,
): Promise<number[]> {
  const data = outgoings.map((outgoing) => rowOf(outgoing, now))
  await tx.delivery.createMany({ data, skipDuplicates: true })
  const keys = outgoings.map(({ key }) => key)
  const rows = await tx.delivery.findMany({ where: { key: { in: keys } }, select: { id: true, key: true } })
  const ids = new Map(rows.map(({ id, key }) => [key, id]))
  return keys.flatMap((key) => ids.get(key) ?? [])
}

/**
 * Puts aside what still waits for a chat that no longer stands for whom it was written to, and erases it: the chat may
 * stand for somebody else before the courier comes. Whoever follows the delivery sees it as failed, with the reason.
 */
export async function cancelWaiting(tx: Transaction, chatId: bigint, now: Date): Promise<void> {
  await tx.delivery.updateMany({
    where: { chatId, state: 'waiting' },
    data: { state: 'failed', error: disconnected, message: Prisma.DbNull, finishedAt: now },
  })
  // What is on its way cannot be called back, but must not be tried again.
  await tx.delivery.updateMany({ where: { chatId, state: 'sending' }, data: { message: Prisma.DbNull } })
}

/** Why a delivery failed whose chat was disconnected while it waited. */
export const disconnected = 'the chat was disconnected'

/**
 * The chat was lost to the bot by no wish of those it stands for: what waits for it fails, but keeps its words, so that it
 * can be sent once the chat is mended, as long as that stands for the same.
 */
export async function failWaiting(tx: Transaction, chatId: bigint, now: Date): Promise<void> {
  await tx.delivery.updateMany({
    where: { chatId, state: 'waiting' },
    data: { state: 'failed', error: disconnected, finishedAt: now },
  })
}

/** The lost chat goes on under another number: what {@link failWaiting} held back waits again, there. */
export async function reviveWaiting(tx: Transaction, chatId: bigint, newChatId: bigint): Promise<void> {
  const held = Prisma.sql`"state" = 'failed' AND "error" = ${disconnected} AND "message" IS NOT NULL`
  await carryOver(tx, { chatId, newChatId, which: held, state: Prisma.sql`'waiting'` })
}

/** A chat goes on under another number: what waits for the old one, or is being sent there, waits for the new one. */
export async function moveWaiting(tx: Transaction, chatId: bigint, newChatId: bigint): Promise<void> {
  const open = Prisma.sql`"state" IN ('waiting', 'sending')`
  await carryOver(tx, { chatId, newChatId, which: open, state: Prisma.sql`"state"` })
}

/**
 * Numbers of messages stay behind in the old chat: an edit of what stands there is put aside, and what answers a message there
 * goes as a message of its own. One statement for messages and their edits, so that both are always in one chat.
 */
async function carryOver(
  tx: Transaction,
  move: { chatId: bigint; newChatId: bigint; which: Prisma.Sql; state: Prisma.Sql },
): Promise<void> {
  const { chatId, newChatId, which, state } = move
  await tx.$executeRaw`
    UPDATE "Delivery" SET "state" = 'superseded', "message" = NULL, "error" = ${leftBehind}
    WHERE "chatId" = ${chatId} AND ${which} AND "editsId" IS NOT NULL
      AND "editsId" NOT IN (SELECT "id" FROM "Delivery" WHERE "chatId" = ${chatId} AND ${which})`
  await tx.$executeRaw`
    UPDATE "Delivery" SET "chatId" = ${newChatId}, "state" = ${state}, "error" = NULL, "finishedAt" = NULL,
      "message" = CASE WHEN jsonb_typeof("message") = 'object' THEN "message" - 'replyToMessageId' ELSE "message" END
    WHERE "chatId" = ${chatId} AND ${which}`
}

/** Why an edit was not sent: its message stands in another chat than the one in which it would be looked for. */
export const leftBehind = 'the message stands in another chat'

/** Why a delivery failed that was waiting when a backup was made from which the database was restored. */
export const restored = 'restored from a backup'

/**
 * After a restore nobody knows which of the waiting messages were sent since the backup: they are held for an operator, who sends
 * them or puts them aside. Edits are dropped: what they showed is out of date. Answers how many are held.
 */
export async function holdRestored(tx: Transaction, now: Date): Promise<number> {
  const waiting = { state: { in: ['waiting', 'sending'] } }
  await tx.delivery.updateMany({
    where: { ...waiting, editsId: { not: null } },
    data: { state: 'superseded', error: restored, message: Prisma.DbNull, finishedAt: now },
  })
  const { count } = await tx.delivery.updateMany({
    where: waiting,
    data: { state: 'failed', error: restored, finishedAt: now },
  })
  return count
}

/** How far deliveries are. One that is gone reads as sent: only such are forgotten while anybody follows them. */
export async function deliveryStates(
  database: Database | Transaction,
  ids: number[],
): Promise<Map<number, { state: string; error: string | null }>> {
  const rows = await database.delivery.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, error: true },
  })
  const found = new Map(rows.map(({ id, ...state }) => [id, state]))
  const gone = { state: 'sent', error: null }
  return new Map(ids.map((id) => [id, found.get(id) ?? gone]))
}

function rowOf(outgoing: Outgoing, now: Date) {
  return {
    key: outgoing.key ?? null,
    chatId: outgoing.chatId,
    priority: outgoing.priority ?? priority.notice,
    message: asJson(outgoing.message),
    editsId: outgoing.edits ?? null,
    lasting: outgoing.lasting ?? false,
    attempts: outgoing.mayHaveArrived ? 1 : 0,
    createdAt: now,
  }
}

function asJson(message: Message): Prisma.InputJsonValue {
  return storableJson(message)
}
