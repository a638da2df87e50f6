import { may } from '../../domain/access.ts'
import { packFor, packHash } from '../../domain/packs/index.ts'
import { formatPeriod, isFuture, lastDay, type Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import type { SheetRows } from '../registry/index.ts'
import { type CheckedEntry, checkResults, numbersMeant } from './check-results.ts'
import { discardEarlierDrafts } from './discard-draft.ts'
import { peopleNumbered } from './find-cadres.ts'
import { inForceOf } from './find-results.ts'
import { findResultSheet, readResultSheet, type SheetProblem } from './read-result-sheet.ts'
import { resultSheet } from './result-columns.ts'

export interface DraftEvaluation {
  readonly period: Period
  readonly sheets: readonly SheetRows[]
  readonly fileHash: string
}

/** A draft that may be issued, or what is to be mended first; then nothing is kept. */
export type DraftedEvaluation = { readonly issueId: number } | { readonly problems: readonly SheetProblem[] }

/**
 * Reads a period's results from a workbook, checks all of it against the register of the period's last day and the rules
 * of the period, and keeps it as a draft in place of this person's earlier ones for the period. A result that differs from
 * the one in force is kept as its correction; one that says the same is left out. Idempotent by source.
 * Fails with `notices.futurePeriod`, `notices.noResultSheet`, `notices.noResultsGiven`, `notices.nothingChanged` (all
 * of it is in force already).
 */
export async function draftEvaluation(ctx: Context, input: DraftEvaluation): Promise<Result<DraftedEvaluation>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId })
  if (!leave.ok) return leave
  const { period } = input
  if (isFuture(period, ctx.today())) return fail('notices.futurePeriod', { period: formatPeriod(period) })
  const pack = packFor('evaluation', lastDay(period))
  if (!pack.ok) return pack
  const found = findResultSheet(input.sheets)
  if (!found) return fail('notices.noResultSheet', { sheet: resultSheet })

  const drafted = await draftFrom(ctx)
  if (drafted !== null) return ok({ issueId: drafted })
  const sheet = readResultSheet(found)
  if (sheet.problems.length > 0) return ok({ problems: sheet.problems })
  const numbers = sheet.rows.flatMap(({ cells }) => numbersMeant(cells.number))
  const people = await peopleNumbered(ctx.db, wardId, numbers, period)
  const inForce = await inForceOf(
    ctx,
    period,
    people.map(({ id }) => id),
  )
  const { entries, unchanged, problems } = checkResults(sheet, { pack: pack.value, period, people, inForce })
  if (problems.length > 0) return ok({ problems })
  if (entries.length + unchanged === 0) return fail('notices.noResultsGiven')
  if (entries.length === 0) return fail('notices.nothingChanged', { period: formatPeriod(period), count: unchanged })
  const rules = { packId: pack.value.id, packHash: packHash(pack.value) }
  return ok({ issueId: await writeDraft(ctx, { ...input, ...rules, wardId, entries }) })
}

type Checked = DraftEvaluation & { wardId: number; packId: string; packHash: string; entries: readonly CheckedEntry[] }

async function writeDraft(ctx: Context, { sheets: _, entries, ...draft }: Checked): Promise<number> {
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
