import { may } from '../../domain/access.ts'
import { formatPeriod, isFuture, type Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { type CheckedEntry, checkResults, type FormerBranch, numbersMeant } from './check-results.ts'
import { discardEarlierDrafts } from './discard-draft.ts'
import { peopleNumbered } from './find-cadres.ts'
import { inForceOf } from './find-results.ts'
import type { ResultSheet, SheetProblem } from './read-result-sheet.ts'
import { schemeFor } from './schemes/scheme-for.ts'

export interface DraftResults {
  readonly period: Period
  /** The lines, as they were written. */
  readonly sheet: ResultSheet
  /** SHA-256 of the workbook they were read from. */
  readonly fileHash: string | null
}

/** A draft that may be issued, with whose lines name a branch that they have left, or what is to be mended first; then nothing is kept. */
export type DraftedEvaluation =
  | { readonly issueId: number; readonly former: readonly FormerBranch[] }
  | { readonly problems: readonly SheetProblem[] }

/**
 * Checks all lines against the register and the rules of the period, and keeps them as a draft in place of this person's earlier
 * ones for the period. Each result is meant for the branch in which its person is today. A result that differs from the one in force is kept as its correction;
 * one that says the same is left out. Idempotent by source. Fails with `notices.futurePeriod`, `notices.noResultsGiven`,
 * `notices.nothingChanged` (all of it is in force already).
 */
export async function draftResults(
  ctx: Context,
  { period, sheet, fileHash }: DraftResults,
): Promise<Result<DraftedEvaluation>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId })
  if (!leave.ok) return leave
  if (isFuture(period, ctx.today())) return fail('notices.futurePeriod', { period: formatPeriod(period) })
  const scheme = await schemeFor(ctx.db, wardId, period)
  if (!scheme.ok) return scheme
  const drafted = await draftFrom(ctx)
  if (drafted !== null) return ok({ issueId: drafted, former: [] })
  if (sheet.problems.length > 0) return ok({ problems: sheet.problems })
  const numbers = sheet.rows.flatMap(({ cells }) => numbersMeant(cells.number))
  const people = await peopleNumbered(ctx.db, wardId, numbers, { period, today: ctx.today() })
  const inForce = await inForceOf(
    ctx,
    period,
    people.map(({ id }) => id),
  )
  const { pack, hash } = scheme.value
  const { entries, unchanged, problems, former } = checkResults(sheet, { pack, period, people, inForce })
  if (problems.length > 0) return ok({ problems })
  if (entries.length + unchanged === 0) return fail('notices.noResultsGiven')
  if (entries.length === 0) return fail('notices.nothingChanged', { period: formatPeriod(period), count: unchanged })
  const draft = { wardId, period, fileHash, packId: pack.id, packHash: hash }
  return ok({ issueId: await writeDraft(ctx, draft, entries), former })
}

interface Draft {
  readonly wardId: number
  readonly period: Period
  readonly fileHash: string | null
  readonly packId: string
  readonly packHash: string
}

async function writeDraft(ctx: Context, draft: Draft, entries: readonly CheckedEntry[]): Promise<number> {
  try {
    return await ctx.transaction(async (tx) => {
      await discardEarlierDrafts(tx, ctx.actor.accountId, draft)
      const { id } = await tx.noticeIssue.create({
        data: {
          ...draft,
          kind: 'evaluation',
          createdBy: ctx.actor.accountId,
          createdAt: ctx.now(),
          source: ctx.source,
          entries: { createMany: { data: entries.map((entry) => ({ ...entry, period: draft.period })) } },
        },
      })
      await ctx.audit(tx, 'notice.evaluation.drafted', { issue: id }, draft.wardId)
      return id
    })
  } catch (error) {
    const first = isDuplicate(error) ? await draftFrom(ctx) : null
    if (first !== null) return first
    throw error
  }
}

/** What the same update has already drafted. */
async function draftFrom({ db, source }: Context): Promise<number | null> {
  if (source === null) return null
  const row = await db.noticeIssue.findUnique({ where: { source }, select: { id: true } })
  return row?.id ?? null
}
