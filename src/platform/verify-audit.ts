import { chainStart, sealHash } from '../domain/audit-chain.ts'
import { chainedRow } from './audit-seals.ts'
import type { Database } from './database.ts'

export interface BrokenMinute {
  readonly minute: Date
  readonly number: number
}

export interface AuditState {
  readonly seals: number
  readonly rows: number
  /** The first minute that no longer is what was sealed; null where all are. */
  readonly broken: BrokenMinute | null
  /** Rows that no seal holds although their minute has long been complete. */
  readonly unsealed: number
  /** The newest seal's hash: written down elsewhere, it betrays even a chain that was made anew. */
  readonly lastHash: string | null
}

const sealsAtOnce = 200
/** A transaction takes at most half a minute, and the clock comes every minute. */
const longestUnsealedMilliseconds = 5 * 60_000

/** Reads the whole audit and makes every seal anew. */
export async function verifyAudit(db: Database, now: Date): Promise<AuditState> {
  let previous = chainStart
  let number = 0
  let rows = 0
  for (;;) {
    const seals = await db.auditSeal.findMany({
      where: { number: { gt: number } },
      orderBy: { number: 'asc' },
      take: sealsAtOnce,
      include: { entries: { select: { entryId: true } } },
    })
    if (seals.length === 0) break
    const ids = seals.flatMap(({ entries }) => entries.map(({ entryId }) => entryId))
    const found = new Map((await db.auditEntry.findMany({ where: { id: { in: ids } } })).map((row) => [row.id, row]))
    for (const seal of seals) {
      const sealed = seal.entries.flatMap(({ entryId }) => found.get(entryId) ?? [])
      const of = { number: number + 1, minute: seal.minute.getTime() }
      if (sealed.length === 0 || sealHash(previous, of, sealed.map(chainedRow)) !== seal.hash) {
        const broken = { minute: seal.minute, number: seal.number }
        return { seals: number, rows, broken, unsealed: await countUnsealed(db, now), lastHash: null }
      }
      previous = seal.hash
      number = seal.number
      rows += sealed.length
    }
  }
  const lastHash = number === 0 ? null : previous
  return { seals: number, rows, broken: null, unsealed: await countUnsealed(db, now), lastHash }
}

async function countUnsealed(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - longestUnsealedMilliseconds)
  const [found] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS "count" FROM "AuditEntry" AS "entry"
    WHERE "at" < ${before} AND NOT EXISTS (SELECT 1 FROM "AuditSealEntry" WHERE "entryId" = "entry"."id")`
  return Number(found?.count ?? 0)
}
