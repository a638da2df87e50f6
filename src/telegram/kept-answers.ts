import type { Services } from '../platform/context.ts'
import type { Message } from '../platform/messages.ts'
import { priority, writeDelivery } from '../platform/outbox.ts'
import { Prisma } from '../platform/prisma/client.ts'
import { storableJson } from '../platform/storable.ts'
import { inTransaction } from '../platform/transaction.ts'

/** Whose answers wait, and where. */
export interface AnswerPlace {
  accountId: bigint
  chatId: number
}

/** With so many answers waiting somebody's next press is not done: it would be answered seconds later. */
const mostKept = 5
/** Keeping so many answers within that time is what makes it worth asking how many wait. */
const recentMilliseconds = 15_000

/** Direct answers that the limits do not let go at once: they become deliveries. */
export interface KeptAnswers {
  /**
   * Keeps an answer under a name that is the same however often its update is handled. An equal answer to the same person that
   * still waits gives way: it would say the same a second earlier.
   */
  keep(place: AnswerPlace, name: string, message: Message, mayHaveArrived: boolean): Promise<void>
  /**
   * Keeps how the message reads now, in place of an edit of it that still waits. With `onlyBehind` only where one does: an edit
   * made at once would be overwritten by it. Answers whether it was kept.
   */
  keepEdit(chatId: number, messageId: number, message: Message, onlyBehind?: boolean): Promise<boolean>
  /** Whether so many answers to this person wait here that they should wait too. */
  isBehind(place: AnswerPlace): Promise<boolean>
}

export function createKeptAnswers(services: Services): KeptAnswers {
  const { database, clock } = services
  /** When answers were kept by this process, by person and chat. */
  const recent = new Map<string, number[]>()
  const momentsOf = ({ accountId, chatId }: AnswerPlace) => {
    const since = performance.now() - recentMilliseconds
    return (recent.get(`${accountId}:${chatId}`) ?? []).filter((at) => at > since)
  }

  return {
    keep: async (place, name, message, mayHaveArrived) => {
      const chatId = BigInt(place.chatId)
      const key = `${prefixOf(place.accountId)}${name}`
      await inTransaction(database, async (tx) => {
        const { replyToMessageId: _, ...words } = message
        await tx.$executeRaw`
          UPDATE "Delivery" SET "state" = 'superseded', "message" = NULL, "finishedAt" = ${clock.now()}::timestamptz
          WHERE "chatId" = ${chatId} AND "state" = 'waiting' AND "attempts" = 0 AND "key" <> ${key}
            AND starts_with("key", ${prefixOf(place.accountId)})
            AND "message" - 'replyToMessageId' = ${JSON.stringify(storableJson(words))}::jsonb`
        await writeDelivery(tx, { chatId, message, key, priority: priority.reply, mayHaveArrived }, clock.now())
      })
      recent.set(`${place.accountId}:${place.chatId}`, [...momentsOf(place), performance.now()])
      services.onCommit()
    },

    keepEdit: async (chatId, messageId, message, onlyBehind = false) => {
      const place = { chatId: BigInt(chatId), messageId, editsId: null }
      const waits = async () => {
        const rows = await database.$queryRaw<unknown[]>`
          SELECT 1 FROM "Delivery" AS "edit" JOIN "Delivery" AS "shown" ON "shown"."id" = "edit"."editsId"
          WHERE "edit"."chatId" = ${place.chatId} AND "edit"."state" IN ('waiting', 'sending')
            AND "shown"."chatId" = ${place.chatId} AND "shown"."messageId" = ${messageId} LIMIT 1`
        return rows.length > 0
      }
      if (onlyBehind && !(await waits())) return false
      await inTransaction(database, async (tx) => {
        const known = await tx.delivery.findFirst({ where: { ...place, state: 'sent' }, select: { id: true } })
        const target = known ?? (await writeShown(tx, place, clock.now()))
        const rewritten = await tx.delivery.updateMany({
          where: { editsId: target.id, state: 'waiting' },
          data: { message: storableJson(message), priority: priority.reply },
        })
        if (rewritten.count > 0) return
        const edit = { chatId: place.chatId, message, edits: target.id, priority: priority.reply }
        await writeDelivery(tx, edit, clock.now())
      })
      services.onCommit()
      return true
    },

    isBehind: async (place) => {
      const moments = momentsOf(place)
      if (moments.length === 0) recent.delete(`${place.accountId}:${place.chatId}`)
      if (moments.length < mostKept) return false
      const [row] = await database.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS "count" FROM "Delivery" WHERE "chatId" = ${BigInt(place.chatId)} AND "state" = 'waiting'
          AND starts_with("key", ${prefixOf(place.accountId)})`
      return (row?.count ?? 0) >= mostKept
    },
  }
}

function prefixOf(accountId: bigint): string {
  return `answer:${accountId}:`
}

/** A message that went out as a direct answer, as what it is by now: sent. Its edits can then be deliveries like all others. */
function writeShown(
  tx: Prisma.TransactionClient,
  { chatId, messageId }: { chatId: bigint; messageId: number },
  now: Date,
): Promise<{ id: number }> {
  const key = `shown:${chatId}:${messageId}`
  return tx.delivery.upsert({
    where: { key },
    create: { key, chatId, messageId, state: 'sent', message: Prisma.DbNull, createdAt: now, finishedAt: now },
    update: {},
    select: { id: true },
  })
}
