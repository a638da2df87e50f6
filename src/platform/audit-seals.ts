import { byMinute, type ChainedRow, chainStart, minuteOf, sealHash } from '../domain/audit-chain.ts'
import { auditPieces, type Piece } from './audit-pieces.ts'
import type { Context } from './context.ts'
import type { AuditEntry } from './prisma/client.ts'
import type { Due } from './schedule.ts'
import { isDuplicate } from './transaction.ts'

/** A row that no seal holds is looked for this far behind the newest sealed one; once an hour in the whole audit. */
const window = 10_000
/** What is sealed in one transaction: a tenth of a second, and a few megabytes. */
const rowsAtOnce = 2000
/** A tick seals for so long; what is left then is sealed by the next. */
const longestMilliseconds = 15_000

/**
 * Seals the rows of every completed minute that no seal holds yet. A row gets its number when it is written and is seen when
 * its transaction ends, so numbers and times cannot say what is complete: which rows are sealed is kept row by row, and one
 * that was committed late is sealed with the next, as a further seal of its own minute. No write waits for this. Asks no leave:
 * the clock calls it.
 *
 * What has piled up is sealed in pieces, each a transaction of its own, for a few seconds of each tick and until the program is
 * to end; a minute of more rows than a piece has gets several seals.
 */
export function auditSealer({ atOnce = rowsAtOnce, milliseconds = longestMilliseconds } = {}): Due {
  /** Where a look stands that has not come to the end of the audit. */
  let reached: number | null = null
  /** From where on the next look has something to find, however far behind it is. */
  let again: number | null = null
  return async (ctx, { since, until }, signal) => {
    if (isNewHour(since, until)) again = 0
    if (reached === null) {
      const newest = await ctx.db.auditSealEntry.aggregate({ _max: { entryId: true } })
      reached = Math.max(0, Math.min((newest._max.entryId ?? 0) - window, again ?? Number.POSITIVE_INFINITY))
      again = null
    }
    const startedAt = performance.now()
    for await (const piece of auditPieces(ctx.db, reached, atOnce)) {
      const outcome = await seal(ctx, piece)
      // What the other process leaves is there at the next tick.
      if (outcome === 'taken') return
      if (outcome === 'unfinished') again ??= piece.above
      reached = piece.upTo
      if (signal?.aborted || performance.now() - startedAt >= milliseconds) return
    }
    reached = null
  }
}

function isNewHour(since: Date, until: Date): boolean {
  return Math.floor(since.getTime() / 3_600_000) !== Math.floor(until.getTime() / 3_600_000)
}

/** `taken`: another process was sealing; `unfinished`: some rows are of a minute that is not over. */
async function seal(ctx: Context, { above, upTo }: Piece): Promise<'taken' | 'unfinished' | 'done'> {
  // Asked before the rows: whatever another process seals from here on has the number that is given next.
  const last = await ctx.db.auditSeal.findFirst({ orderBy: { number: 'desc' } })
  const unsealed = await ctx.db.$queryRaw<AuditEntry[]>`
    SELECT "id", "at", "action", "wardId", "actorPersonId", "actorAccountId", "subject" FROM "AuditEntry" AS "entry"
    WHERE "id" > ${above} AND "id" <= ${upTo} AND NOT EXISTS (
      SELECT 1 FROM "AuditSealEntry" WHERE "entryId" = "entry"."id" AND "entryId" > ${above} AND "entryId" <= ${upTo})`
  const minuteNow = minuteOf(ctx.now())
  const rows = unsealed.filter(({ at }) => at < minuteNow)
  const outcome = rows.length < unsealed.length ? 'unfinished' : 'done'
  if (rows.length === 0) return outcome
  const seals: { number: number; minute: Date; sealedAt: Date; hash: string }[] = []
  const sealed: { ids: number[]; numbers: number[] } = { ids: [], numbers: [] }
  let { number, hash } = last ?? { number: 0, hash: chainStart }
  for (const { minute, rows: those } of byMinute(rows)) {
    number += 1
    hash = sealHash(hash, { number, minute: minute.getTime() }, those.map(chainedRow))
    seals.push({ number, minute, sealedAt: ctx.now(), hash })
    for (const { id } of those) {
      sealed.ids.push(id)
      sealed.numbers.push(number)
    }
  }
  try {
    await ctx.transaction(async (tx) => {
      await tx.auditSeal.createMany({ data: seals })
      await tx.$executeRaw`
        INSERT INTO "AuditSealEntry" ("entryId", "number") SELECT * FROM unnest(${sealed.ids}::int[], ${sealed.numbers}::int[])`
    })
    return outcome
  } catch (error) {
    if (isDuplicate(error)) return 'taken'
    throw error
  }
}

/** A stored row as the chain reads it. */
export function chainedRow({ at, ...row }: AuditEntry): ChainedRow {
  return { ...row, at: at.getTime() }
}
