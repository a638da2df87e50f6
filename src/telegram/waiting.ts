import type { Database } from '../platform/database.ts'
import { leftBehind } from '../platform/outbox.ts'
import { Prisma } from '../platform/prisma/client.ts'
import { inTransaction } from '../platform/transaction.ts'

/** A delivery that may be sent now: the oldest of its chat. */
export interface WaitingRow {
  id: number
  chatId: bigint
  editsId: number | null
  attempts: number
}

/**
 * The oldest delivery of every chat that waits, replies and small sendings before broadcasts: so many, of other chats than
 * those. A chat whose oldest one is being sent is left alone, also when it got its number meanwhile from a group that became a
 * supergroup.
 */
export function oldestOfEachChat(database: Database, most: number, except: readonly bigint[]): Promise<WaitingRow[]> {
  return database.$queryRaw<WaitingRow[]>`
    SELECT * FROM (
      SELECT DISTINCT ON ("chatId") "id", "chatId", "editsId", "attempts", "priority", "state"
      FROM "Delivery" WHERE "state" IN ('waiting', 'sending') AND "chatId" <> ALL(${[...except]}) ORDER BY "chatId", "id"
    ) AS "head" WHERE "state" = 'waiting' ORDER BY "priority", "id" LIMIT ${most}`
}

/** Several edits of one message that wait become one: only the newest is worth a call. */
export async function dropOlderEdits(database: Database, now: Date): Promise<void> {
  await database.$executeRaw`
    UPDATE "Delivery" AS "older" SET "state" = 'superseded', "message" = NULL, "finishedAt" = ${now}
    FROM "Delivery" AS "newer"
    WHERE "older"."state" = 'waiting' AND "newer"."state" = 'waiting' AND "older"."editsId" IS NOT NULL
      AND "newer"."editsId" = "older"."editsId" AND "newer"."id" > "older"."id"`
}

/**
 * Takes a row for sending under that fencing number; answers with its message as it reads now, or null where another
 * courier has it. From then on a rewriting of the message makes a row of its own. The message is null where it was erased
 * while it was being sent, because its chat was disconnected.
 */
export async function claim(
  database: Database,
  id: number,
  fence: number,
): Promise<{ message: Prisma.JsonValue } | null> {
  const [row] = await database.delivery.updateManyAndReturn({
    where: { id, state: 'waiting' },
    data: { state: 'sending', fence },
    select: { message: true },
  })
  return row ?? null
}

/**
 * Rows that an earlier courier was sending when it died: nobody knows whether they arrived. Sent once more, with their
 * number, so that a double is seen as one; after that they are shown as unknown for a person to decide.
 */
export async function releaseAbandoned(database: Database, fence: number, now: Date): Promise<void> {
  await database.$executeRaw`
    UPDATE "Delivery" SET
      "state" = CASE WHEN "attempts" = 0 THEN 'waiting' ELSE 'unknown' END,
      "finishedAt" = CASE WHEN "attempts" = 0 THEN NULL ELSE ${now}::timestamptz END,
      "attempts" = "attempts" + 1,
      "error" = 'the sending process ended'
    WHERE "state" = 'sending' AND "fence" < ${fence}`
}

/**
 * Records that a message stands under that number in the chat to which it was sent. Where its row was given another chat
 * meanwhile, because the group became a supergroup, it has the old one again, its waiting edits are put aside, and the answer is
 * the new chat; else null.
 */
export async function recordSent(
  database: Database,
  { id, chatId }: WaitingRow,
  messageId: number,
  now: Date,
): Promise<bigint | null> {
  const data = { state: 'sent', messageId, error: null, message: Prisma.DbNull, finishedAt: now }
  const { count } = await database.delivery.updateMany({ where: { id, chatId }, data })
  if (count > 0) return null
  return inTransaction(database, async (tx) => {
    const row = await tx.delivery.findUnique({ where: { id }, select: { chatId: true } })
    if (!row) return null
    await tx.delivery.updateMany({
      where: { editsId: id, state: { in: ['waiting', 'sending'] } },
      data: { state: 'superseded', error: leftBehind, message: Prisma.DbNull },
    })
    await tx.delivery.update({ where: { id }, data: { ...data, chatId } })
    return row.chatId
  })
}
