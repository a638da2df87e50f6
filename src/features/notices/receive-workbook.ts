import type { Message as TelegramMessage } from 'grammy/types'
import { monthOf, type Period, previous } from '../../domain/period.ts'
import { ok, type Result } from '../../domain/result.ts'
import { secrecyMark, secrecyMarkInFileName } from '../../domain/secrecy.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import { hasRoleFor } from '../../telegram/audience.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { SheetRows } from '../registry/index.ts'
import { askInParts, replyInParts } from './answers.ts'
import type { FormerBranch } from './check-results.ts'
import { draftEvaluation } from './draft-evaluation.ts'
import { askPeriodMessage, previewMessage, problemsMessage } from './evaluation-screens.ts'
import { findPeriod } from './find-period.ts'
import { previewEvaluation } from './preview-evaluation.ts'
import { findResultSheet } from './read-result-sheet.ts'
import { resultSheet } from './result-columns.ts'

interface SentFile {
  file_id: string
  file_name?: string
  mime_type?: string
  file_size?: number
}

/** Sheets that belong to the registry's workbook. */
const registrySheets = new Set(['Chi bộ', 'Đảng viên', 'Chức vụ'].map(titleKey))

/**
 * Takes a document sent in private; answers whether it was a workbook of results. Where one is awaited, or its sender deals
 * with results and not with the registry, whatever is wrong with the file is said here. What a stranger to results sends is
 * not even fetched.
 */
export async function receiveWorkbook(
  turn: Turn,
  message: TelegramMessage,
  awaited: { period?: Period } | null,
): Promise<boolean> {
  const { document, caption = '' } = message
  if (!document || (awaited === null && !isExcel(document))) return false
  if (awaited === null && !hasRoleFor(turn.speaker, 'notice.evaluation.draft')) return false
  const ours = awaited !== null || !hasRoleFor(turn.speaker, 'registry.import')
  const sheets = await readSheets(turn, document)
  if (!sheets.ok) {
    if (ours) await turn.refuse(sheets.problem)
    return ours
  }
  const { rows, hash } = sheets.value
  const results = findResultSheet(rows)
  if (!results) {
    if (!ours || rows.some(({ sheet }) => registrySheets.has(titleKey(sheet)))) return false
    await turn.refuse({ code: 'notices.noResultSheet', params: { sheet: resultSheet } })
    return true
  }
  await takeResults(turn, { document, caption, sheets: { rows, hash }, awaited: awaited?.period ?? null })
  return true
}

/** Goes on with the document whose period was asked for. */
export async function draftFromForm(turn: Turn, data: Record<string, unknown>, period: Period): Promise<void> {
  const { fileId } = data
  if (typeof fileId !== 'string') return turn.closeForm()
  const sheets = await readSheets(turn, { file_id: fileId })
  if (!sheets.ok) return turn.refuse(sheets.problem)
  await draft(turn, period, sheets.value)
}

interface Taken {
  document: SentFile
  caption: string
  sheets: Sheets
  awaited: Period | null
}

async function takeResults(turn: Turn, { document, caption, sheets, awaited }: Taken): Promise<void> {
  const { context, texts } = turn
  const name = document.file_name ?? ''
  const mark = secrecyMark(caption) ?? secrecyMarkInFileName(name)
  if (mark) return turn.refuse({ code: 'notices.secretPaper', params: { mark } })
  const said = findPeriod(caption, context.today())
  if (said && !said.ok) return turn.refuse(said.problem)
  const named = findPeriod(name, context.today())
  const period = said?.value ?? (named?.ok ? named.value : awaited)
  if (period !== null) return draft(turn, period, sheets)
  const thisMonth = monthOf(context.today())
  await turn.ask('nperiod', { fileId: document.file_id }, askPeriodMessage(texts, [thisMonth, previous(thisMonth)]))
}

async function draft(turn: Turn, period: Period, sheets: Sheets): Promise<void> {
  const drafted = await draftEvaluation(turn.context, { period, sheets: sheets.rows, fileHash: sheets.hash })
  if (!drafted.ok) return turn.refuse(drafted.problem)
  if ('problems' in drafted.value) {
    const message = problemsMessage(turn.texts, period, drafted.value.problems)
    return askInParts(turn, 'nresults', { period }, message)
  }
  await showPreview(turn, drafted.value.issueId, drafted.value.former)
  await turn.closeForm()
}

/** Shows a draft as it would go out; `former` are those whose lines named a branch they have left. */
export async function showPreview(turn: Turn, issueId: number, former: readonly FormerBranch[] = []): Promise<void> {
  const preview = await previewEvaluation(turn.context, { issueId })
  if (!preview.ok) return turn.refuse(preview.problem)
  await replyInParts(turn, previewMessage(turn.texts, preview.value, former))
}

interface Sheets {
  rows: SheetRows[]
  /** SHA-256 of the file. */
  hash: string
}

function isExcel({ file_name: name = '', mime_type: type = '' }: SentFile): boolean {
  return /\.xls[xm]?$/i.test(name) || /spreadsheet|ms-excel/.test(type)
}

async function readSheets(turn: Turn, file: SentFile): Promise<Result<Sheets>> {
  const read = await turn.readSent('workbook', file, 'notice.evaluation.draft')
  return read.ok ? ok({ rows: read.value.content, hash: read.value.hash }) : read
}
