import { may } from '../../domain/access.ts'
import type { Period } from '../../domain/period.ts'
import { fail, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { SheetRows } from '../registry/index.ts'
import { type DraftedEvaluation, draftResults } from './draft-results.ts'
import { findResultSheet, readResultSheet } from './read-result-sheet.ts'
import { resultSheet } from './result-columns.ts'

export interface DraftEvaluation {
  readonly period: Period
  readonly sheets: readonly SheetRows[]
  readonly fileHash: string
}

/**
 * Drafts a period's results from a workbook, as {@link draftResults} does. Fails also with `notices.noResultSheet`.
 */
export async function draftEvaluation(ctx: Context, input: DraftEvaluation): Promise<Result<DraftedEvaluation>> {
  const { period, fileHash } = input
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId: ctx.actor.wardId ?? 0 })
  if (!leave.ok) return leave
  const found = findResultSheet(input.sheets)
  if (!found) return fail('notices.noResultSheet', { sheet: resultSheet })
  return draftResults(ctx, { period, sheet: readResultSheet(found), fileHash })
}
