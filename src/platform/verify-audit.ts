import { setImmediate as turn } from 'node:timers/promises'
import { chainStart, SealInMaking } from '../domain/audit-chain.ts'
import { auditPieces } from './audit-pieces.ts'
import { chainedRow } from './audit-seals.ts'
import type { Database } from './database.ts'
import type { AuditEntry } from './prisma/client.ts'

export interface BrokenMinute {
  readonly minute: Date
  readonly number: number
}

export interface AuditState {
  readonly seals: number
  readonly rows: number
  /** The first minute that no longer is what was sealed; null where all are. */
  readonly broken: BrokenMinute | null
  /** Rows that no seal holds yet although their minute has long been complete: their turn is still to come. */
  readonly unsealed: number
  /** The newest seal's hash: written down elsewhere, it betrays even a chain that was made anew. */
  readonly lastHash: string | null
}

const sealsAtOnce = 500
/** A few megabytes, and a tenth of a second. */
const rowsAtOnce = 2000
/** Only numbers are read of them. */
const countedAtOnce = 10_000
/** A transaction takes at most half a minute, and the clock comes every minute. */
const longestUnsealedMilliseconds = 5 * 60_000

/** Reads the whole audit, a piece at a time, and makes every seal anew; between two pieces others have their turn. */
export async function verifyAudit(db: Database, now: Date, atOnce = rowsAtOnce): Promise<AuditState> {
  let previous = chainStart
  let number = 0
  let rows = 0
  for (;;) {
    const seals = await db.auditSeal.findMany({
      where: { number: { gt: number } },
      orderBy: { number: 'asc' },
      take: sealsAtOnce,
    })
    const [first, last] = [seals[0], seals.at(-1)]
    if (!first || !last) break
    const sealed = sealedRows(db, first.number, last.number, atOnce)
    let row = await sealed.next()
    for (const seal of seals) {
      const making = new SealInMaking(previous, { number: number + 1, minute: seal.minute.getTime() })
      const before = rows
      while (!row.done && row.value.number === seal.number) {
        making.add(chainedRow(row.value.entry))
        rows += 1
        row = await sealed.next()
      }
      if (rows === before || making.hash() !== seal.hash) {
        const broken = { minute: seal.minute, number: seal.number }
        return { seals: number, rows: before, broken, unsealed: await countUnsealed(db, now), lastHash: null }
      }
      previous = seal.hash
      number = seal.number
    }
    await turn()
  }
  const lastHash = number === 0 ? null : previous
  return { seals: number, rows, broken: null, unsealed: await countUnsealed(db, now), lastHash }
}

/** The rows of these seals, seal by seal and in each in the order of their ids. A row that is gone is passed over. */
async function* sealedRows(
  db: Database,
  first: number,
  last: number,
  atOnce: number,
): AsyncGenerator<{ number: number; entry: AuditEntry }> {
  for (let [number, id] = [first, 0]; ; ) {
    const page = await db.$queryRaw<(AuditEntry & { number: number })[]>`
      SELECT "sealed"."number", "entry"."id", "at", "action", "wardId", "actorPersonId", "actorAccountId", "subject"
      FROM "AuditSealEntry" AS "sealed" JOIN "AuditEntry" AS "entry" ON "entry"."id" = "sealed"."entryId"
      WHERE ("sealed"."number", "sealed"."entryId") > (${number}, ${id}) AND "sealed"."number" <= ${last}
      ORDER BY "sealed"."number", "sealed"."entryId" LIMIT ${atOnce}`
    for (const { number: of, ...entry } of page) yield { number: of, entry }
    const end = page.at(-1)
    if (!end || page.length < atOnce) return
    number = end.number
    id = end.id
    await turn()
  }
}

async function countUnsealed(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - longestUnsealedMilliseconds)
  let count = 0
  for await (const { above, upTo } of auditPieces(db, 0, countedAtOnce)) {
    const [found] = await db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS "count" FROM "AuditEntry" AS "entry"
      WHERE "id" > ${above} AND "id" <= ${upTo} AND "at" < ${before} AND NOT EXISTS (
        SELECT 1 FROM "AuditSealEntry" WHERE "entryId" = "entry"."id" AND "entryId" > ${above} AND "entryId" <= ${upTo})`
    count += Number(found?.count ?? 0)
  }
  return count
}
