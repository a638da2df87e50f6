import { byMinute, type ChainedRow, chainStart, minuteOf, sealHash } from '../domain/audit-chain.ts'
import type { Context } from './context.ts'
import type { Transaction } from './database.ts'
import type { AuditEntry } from './prisma/client.ts'
import { isDuplicate } from './transaction.ts'

/** A row that no seal holds is looked for this far behind the newest sealed one; once an hour in the whole audit. */
const window = 10_000

/**
 * Seals the rows of every completed minute that no seal holds yet. A row gets its number when it is written and is seen when
 * its transaction ends, so numbers and times cannot say what is complete: which rows are sealed is kept row by row, and one
 * that was committed late is sealed with the next, as a further seal of its own minute. No write waits for this. Asks no leave:
 * the clock calls it.
 */
export async function sealAudit(ctx: Context, { since, until }: { since: Date; until: Date }): Promise<void> {
  const isNewHour = since.getTime() - (since.getTime() % 3_600_000) !== until.getTime() - (until.getTime() % 3_600_000)
  try {
    await ctx.transaction((tx) => seal(ctx, tx, isNewHour))
  } catch (error) {
    // Another process has sealed meanwhile; what it left is there at the next minute.
    if (!isDuplicate(error)) throw error
  }
}

async function seal(ctx: Context, tx: Transaction, whole: boolean): Promise<void> {
  const newest = await tx.auditSealEntry.aggregate({ _max: { entryId: true } })
  const from = whole ? 0 : (newest._max.entryId ?? 0) - window
  const unsealed = await tx.$queryRaw<{ id: number }[]>`
    SELECT "id" FROM "AuditEntry" AS "entry"
    WHERE "id" > ${from} AND "at" < ${minuteOf(ctx.now())}
      AND NOT EXISTS (SELECT 1 FROM "AuditSealEntry" WHERE "entryId" = "entry"."id")`
  if (unsealed.length === 0) return
  const rows = await tx.auditEntry.findMany({ where: { id: { in: unsealed.map(({ id }) => id) } } })
  let last = await tx.auditSeal.findFirst({ orderBy: { number: 'desc' } })
  for (const { minute, rows: those } of byMinute(rows)) {
    const number = (last?.number ?? 0) + 1
    const hash = sealHash(last?.hash ?? chainStart, { number, minute: minute.getTime() }, those.map(chainedRow))
    last = await tx.auditSeal.create({ data: { number, minute, sealedAt: ctx.now(), hash } })
    const ids = those.map(({ id }) => id)
    await tx.$executeRaw`INSERT INTO "AuditSealEntry" ("entryId", "number") SELECT unnest(${ids}::int[]), ${number}`
  }
}

/** A stored row as the chain reads it. */
export function chainedRow({ at, ...row }: AuditEntry): ChainedRow {
  return { ...row, at: at.getTime() }
}
