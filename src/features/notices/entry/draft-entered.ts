import { may } from '../../../domain/access.ts'
import type { Period } from '../../../domain/period.ts'
import { fail, ok, type Problem, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { privateChatsOf } from '../../linking/index.ts'
import { draftResults } from '../draft-results.ts'
import type { ResultRow } from '../read-result-sheet.ts'
import { resultSheet } from '../result-columns.ts'
import { type EntryContext, entryContext } from './entry-context.ts'
import { type Entered, writtenOf } from './view-entry.ts'

/** A draft that may be issued, or whose entry is to be mended first. */
export type DraftedEntries =
  | { readonly issueId: number }
  | { readonly problems: readonly { name: string; problem: Problem }[] }

/**
 * Makes a draft of what was entered: `own` of the acting person's sheet, `all` also of every sheet that was handed over.
 * Fails with `entries.nothingEntered`, `entries.nothingChanged` (all of it is in force already), and as `draftResults` and `entryContext` do.
 */
export async function draftEntered(
  ctx: Context,
  { period, of }: { period: Period; of: 'own' | 'all' },
): Promise<Result<DraftedEntries>> {
  const found = await entryContext(ctx, period)
  if (!found.ok) return found
  if (of === 'all') {
    const leave = may(ctx.actor, 'notice.evaluation.issue', { wardId: found.value.wardId })
    if (!leave.ok) return leave
  }
  const rows = await enteredRows(ctx, found.value, period, of)
  if (rows.length === 0) return fail('entries.nothingEntered')
  const sheet = { sheet: resultSheet, rows, problems: [] }
  const drafted = await draftResults(ctx, { period, sheet, fileHash: null })
  if (!drafted.ok) {
    const { code, params } = drafted.problem
    return code === 'notices.nothingChanged' ? fail('entries.nothingChanged', params) : drafted
  }
  if ('issueId' in drafted.value) return ok({ issueId: drafted.value.issueId })
  const nameOf = (row: number) => String(rows[row - 1]?.cells.name ?? '')
  return ok({ problems: drafted.value.problems.map(({ row, problem }) => ({ name: nameOf(row), problem })) })
}

/** Of two sheets that speak of one person the rater's own holds, else the one changed last. */
async function enteredRows(
  ctx: Context,
  { wardId, accountId, cadres, raters }: EntryContext,
  period: Period,
  of: 'own' | 'all',
): Promise<ResultRow[]> {
  const sheets = await ctx.db.entrySheet.findMany({
    where: {
      wardId,
      period,
      ...(of === 'own' ? { accountId } : { OR: [{ accountId }, { handedOverAt: { not: null } }] }),
    },
    include: { results: true },
    orderBy: { changedAt: 'asc' },
  })
  const accounts = await privateChatsOf(ctx.db, [...new Set([...raters.values()].map(({ id }) => id))])
  const chosen = new Map<number, { entered: Entered; byRater: boolean }>()
  for (const sheet of sheets) {
    for (const entered of sheet.results) {
      const rater = raters.get(entered.personId)
      const byRater = rater !== undefined && accounts.get(rater.id) === sheet.accountId
      if (byRater || !chosen.get(entered.personId)?.byRater) chosen.set(entered.personId, { entered, byRater })
    }
  }
  const filled = cadres.flatMap(({ id, number, fullName }) => {
    const entered = chosen.get(id)?.entered
    return entered && (entered.level !== null || entered.disqualifier !== null) ? [{ number, fullName, entered }] : []
  })
  return filled.map(({ number, fullName, entered }, index) => {
    const { score = null, grade = null, level = null, disqualifier = null } = writtenOf(entered)
    const cells = {
      number,
      name: fullName,
      score,
      grade,
      level,
      disqualifier,
      remark: entered.remark,
    }
    return { row: index + 1, cells }
  })
}
