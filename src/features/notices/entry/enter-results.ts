import { deriveLevel, type WrittenResult } from '../../../domain/evaluation.ts'
import type { Period } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { secrecyMark } from '../../../domain/secrecy.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { longestRemark } from '../check-results.ts'
import { inForceOf } from '../find-results.ts'
import { type EntryContext, entryContext } from './entry-context.ts'
import type { Entered } from './view-entry.ts'

/** What is entered of one person; what is not there stays as it was. */
export interface EnterResult {
  readonly personId: number
  readonly written?: WrittenResult
  readonly remark?: string | null
}

type Row = Entered & { readonly personId: number }

/**
 * Puts results on the acting person's sheet of a period, all or none; the sheet stays until it is issued or forgotten.
 * Idempotent. Fails with `entries.notYours` {name, rater}, `entries.gone`, `notices.remarkTooLong`, `notices.secretPaper`, and as
 * `deriveLevel` and `entryContext` do.
 */
export async function enterResults(
  ctx: Context,
  { period, results }: { period: Period; results: readonly EnterResult[] },
): Promise<Result<{ count: number }>> {
  const found = await entryContext(ctx, period)
  if (!found.ok) return found
  const kept = await keptSoFar(ctx, found.value, period, results)
  const rows: Row[] = []
  for (const result of results) {
    const row = rowOf(found.value, ctx.actor.personId, result, kept.get(result.personId) ?? nothing)
    if (!row.ok) return row
    rows.push(row.value)
  }
  await ctx.transaction(async (tx) => {
    await write(ctx, tx, found.value, period, rows)
    await ctx.audit(tx, 'notice.evaluation.entered', { period, results: rows.length }, found.value.wardId)
  })
  return ok({ count: rows.length })
}

const nothing: Entered = { score: null, grade: null, level: null, disqualifier: null, remark: null }

/** What stands on the sheet, or else in force: a remark alone leaves the result, a result alone the remark. */
async function keptSoFar(
  ctx: Context,
  { accountId, wardId }: EntryContext,
  period: Period,
  results: readonly EnterResult[],
): Promise<Map<number, Entered>> {
  const ids = results.map(({ personId }) => personId)
  const issued = await inForceOf(ctx, period, ids)
  const rows = await ctx.db.enteredResult.findMany({
    where: { personId: { in: ids }, sheet: { accountId, wardId, period } },
  })
  const kept = new Map<number, Entered>()
  for (const [id, { score = null, grade = null, level, disqualifier = null, remark }] of issued) {
    kept.set(id, { score, grade, level, disqualifier, remark })
  }
  for (const row of rows) kept.set(row.personId, row)
  return kept
}

function rowOf(
  { scheme, cadres, raters }: EntryContext,
  actorId: number | null,
  { personId, written, remark }: EnterResult,
  before: Entered,
): Result<Row> {
  const cadre = cadres.find(({ id }) => id === personId)
  if (!cadre) return fail('entries.gone')
  const rater = raters.get(personId)
  if (rater && rater.id !== actorId) return fail('entries.notYours', { name: cadre.fullName, rater: rater.fullName })
  const said = remark === undefined ? before.remark : remark?.trim() || null
  if ((said?.length ?? 0) > longestRemark) return fail('notices.remarkTooLong', { longest: longestRemark })
  const mark = secrecyMark(said ?? '')
  if (mark) return fail('notices.secretPaper', { mark })
  const { score, grade, level, disqualifier } = before
  if (!written) return ok({ personId, score, grade, level, disqualifier, remark: said })
  const evaluated = deriveLevel(scheme.pack, written)
  if (!evaluated.ok) return evaluated
  const { value } = evaluated
  return ok({
    personId,
    score: value.score ?? null,
    grade: value.grade ?? null,
    level: value.level,
    disqualifier: value.disqualifier ?? null,
    remark: said,
  })
}

async function write(
  ctx: Context,
  tx: Transaction,
  { accountId, wardId }: EntryContext,
  period: Period,
  rows: readonly Row[],
): Promise<void> {
  const changed = { changedAt: ctx.now(), handedOverAt: null }
  const { id } = await tx.entrySheet.upsert({
    where: { accountId_wardId_period: { accountId, wardId, period } },
    create: { accountId, wardId, period, ...changed },
    update: changed,
  })
  await tx.enteredResult.deleteMany({ where: { sheetId: id, personId: { in: rows.map(({ personId }) => personId) } } })
  await tx.enteredResult.createMany({ data: rows.map((row) => ({ ...row, sheetId: id, at: ctx.now() })) })
}
