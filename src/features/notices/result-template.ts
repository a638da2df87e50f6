import { may } from '../../domain/access.ts'
import type { EvaluationPack } from '../../domain/packs/schema.ts'
import { formatPeriod, isFuture, monthOf, type Period, previous } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { notesSheet, writeWorkbook } from '../../platform/workbook.ts'
import type { Cell, SheetRows } from '../registry/index.ts'
import { cadresOf } from './find-cadres.ts'
import { inForceOf, type ResultInForce } from './find-results.ts'
import { columnTitle, resultColumns, resultSheet } from './result-columns.ts'
import { schemeFor } from './schemes/scheme-for.ts'
import { schemeLines } from './schemes/scheme-lines.ts'
import { noticeSettings } from './settings.ts'

/** A draft of results that waits for a leader. */
export interface WaitingDraft {
  readonly issueId: number
  readonly period: string
  readonly peopleCount: number
}

/**
 * The sheet to be filled in for a period, with the ward's cadres and their branches on its last day, and with the results
 * that are in force, so that a correction is one changed cell, or else those of the period before where the ward wants them;
 * without a period that of the running month, without results of its own. Fails with `notices.futurePeriod`, `notices.noCadres`.
 */
export async function resultTemplate(
  ctx: Context,
  { period }: { period: Period | null },
): Promise<Result<{ name: string; data: Uint8Array; peopleCount: number }>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId })
  if (!leave.ok) return leave
  if (period !== null && isFuture(period, ctx.today())) {
    return fail('notices.futurePeriod', { period: formatPeriod(period) })
  }
  const cadres = await cadresOf(ctx.db, wardId, { period: period ?? monthOf(ctx.today()), today: ctx.today() })
  if (cadres.length === 0) return fail('notices.noCadres')
  const titles = resultColumns.map(({ titles: [title] }) => title)
  const ids = cadres.map(({ id }) => id)
  const inForce = period === null ? new Map<number, ResultInForce>() : await inForceOf(ctx, period, ids)
  const { carryOver } = await noticeSettings(ctx.db, wardId)
  const before = carryOver === 1 ? await inForceOf(ctx, previous(period ?? monthOf(ctx.today())), ids) : null
  const rows = cadres.map(({ id, number, fullName, branches: [branch] }) => {
    const result = inForce.get(id) ?? before?.get(id)
    return [
      number,
      fullName,
      branch?.name ?? null,
      ...(result ? writtenAgain(ctx, result) : [null, null, null, null, null]),
    ]
  })
  const scheme = await schemeFor(ctx.db, wardId, period ?? monthOf(ctx.today()))
  if (!scheme.ok) return scheme
  const notes = notesOf(ctx, scheme.value.pack)
  const data = await writeWorkbook([{ sheet: resultSheet, rows: [titles, ...rows] }, notes])
  // Only a name that says a month is taken to mean it when the file comes back.
  const name = period === null ? 'ket-qua-danh-gia.xlsx' : `ket-qua-danh-gia-${fileNamePart(period)}.xlsx`
  return ok({ name, data, peopleCount: cadres.length })
}

/** The rules of the period, on a sheet beside. */
function notesOf({ texts }: Context, pack: EvaluationPack): SheetRows {
  const column = columnTitle('disqualifier')
  const grounds = pack.disqualifiers.length > 0 ? [texts('schemes:notesGround', { column })] : []
  const lines = [texts('schemes:notesTitle'), ...schemeLines(texts, pack), ...grounds]
  return { sheet: notesSheet, rows: lines.map((line) => [line]) }
}

/** Points, letter, level and remark; of the first three only one, or all would have to be corrected together. */
function writtenAgain({ texts }: Context, { score, grade, level, disqualifier, remark }: ResultInForce): Cell[] {
  if (disqualifier !== undefined) return [score ?? null, null, null, remark, disqualifier]
  if (score !== undefined) return [score, null, null, remark, null]
  const words = grade === undefined ? [null, texts(`domain:levels.${level}`)] : [grade, null]
  return [null, ...words, remark, null]
}

/** Drafts of the ward that a leader may look at and issue, newest first; none for whoever may only prepare them. */
export async function waitingDrafts(ctx: Context): Promise<WaitingDraft[]> {
  const wardId = ctx.actor.wardId ?? 0
  if (!may(ctx.actor, 'notice.evaluation.issue', { wardId }).ok) return []
  const drafts = await ctx.db.noticeIssue.findMany({
    where: { wardId, kind: 'evaluation', state: 'draft' },
    include: { _count: { select: { entries: true } } },
    orderBy: { id: 'desc' },
    take: 5,
  })
  return drafts.map(({ id, period, _count }) => ({ issueId: id, period: period ?? '', peopleCount: _count.entries }))
}

/** `thang-11-2026`, `quy-IV-2026`, `nam-2026`. */
function fileNamePart(period: Period): string {
  return formatPeriod(period)
    .replace('tháng', 'thang')
    .replace('quý', 'quy')
    .replace('năm', 'nam')
    .replace(/[ /]/g, '-')
}
