import type { Database, Transaction } from './database.ts'
import { inTransaction } from './transaction.ts'

/** A delivery that came to an end long ago, as whoever may still need it is asked. */
export interface OldDelivery {
  readonly id: number
  readonly key: string | null
  readonly state: string
}

/** Where a walk through the deliveries by the time of their end stands. */
export interface Walked {
  readonly finishedAt: Date
  readonly id: number
}

/**
 * Erases the words of so many deliveries that failed, or of which nobody knows whether they arrived, before that moment: nobody
 * has sent them again since. Answers with how many there were.
 */
export function eraseUndelivered(database: Database, before: Date, atOnce: number): Promise<number> {
  return database.$executeRaw`
    UPDATE "Delivery" SET "message" = NULL WHERE "id" IN (
      SELECT "id" FROM "Delivery"
      WHERE "state" IN ('failed', 'unknown') AND "message" IS NOT NULL AND "finishedAt" < ${before} LIMIT ${atOnce}
    ) AND "state" IN ('failed', 'unknown')`
}

/**
 * Deletes, of the next so many deliveries that came to an end before that moment, those that nobody needs. One whose message was
 * edited goes after its edits. Answers with where to go on, or null at the end.
 */
export async function deleteOldDeliveries(
  database: Database,
  { before, after, atOnce }: { before: Date; after: Walked | null; atOnce: number },
  needed: (tx: Transaction, deliveries: readonly OldDelivery[]) => Promise<ReadonlySet<number>>,
): Promise<Walked | null> {
  return inTransaction(database, async (tx) => {
    const { finishedAt, id } = after ?? { finishedAt: new Date(0), id: 0 }
    const old = await tx.$queryRaw<(OldDelivery & Walked)[]>`
      SELECT "id", "key", "state", "finishedAt" FROM "Delivery" AS "old"
      WHERE "finishedAt" < ${before} AND ("finishedAt", "id") > (${finishedAt}::timestamptz, ${id}::int)
        AND "state" NOT IN ('waiting', 'sending')
        AND NOT EXISTS (SELECT 1 FROM "Delivery" AS "edit" WHERE "edit"."editsId" = "old"."id")
      ORDER BY "finishedAt", "id" LIMIT ${atOnce}`
    const last = old.at(-1)
    if (!last) return null
    const kept = await needed(tx, old)
    const ids = old.flatMap((one) => (kept.has(one.id) ? [] : [one.id]))
    // An operator may have sent it again meanwhile.
    await tx.$executeRaw`
      DELETE FROM "Delivery" WHERE "id" = ANY(${ids}::int[]) AND "state" NOT IN ('waiting', 'sending')`
    return { finishedAt: last.finishedAt, id: last.id }
  })
}
