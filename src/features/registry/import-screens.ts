import { formatDate, formatDateTime, formatNumber } from '../../domain/formats.ts'
import { lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { type SheetRows, writeWorkbook } from '../../platform/workbook.ts'
import type { CheckedRegistry } from './check-registry.ts'
import type { ConfirmedImport } from './confirm-import.ts'
import { type Part, parts } from './import/layout.ts'
import type { ImportNote } from './import/notes.ts'
import type { Change, Count, Counts } from './import/plan.ts'
import type { CellProblem } from './import/problems.ts'
import type { Day } from './import/rows.ts'

/** A message, and how many lines of its list stand only in the file that goes with it. */
export interface Excerpt {
  message: Message
  left: number
}

const shownLines = 15
/** Of the 4,096 characters that Telegram takes, what the list may fill. */
const shownCharacters = 3_000
const longestLine = 400

/** What an import would do, with the buttons that confirm or drop it; or that nothing is different. */
export function previewMessage(texts: Texts, { importId, counts, changes, notes }: CheckedRegistry): Excerpt {
  if (importId === null) {
    return { message: { text: lines(texts('registry:nothingNew'), ...noteLines(texts, notes)) }, left: 0 }
  }
  const { listed, left } = excerpt(texts, changes, changeLine)
  const message = {
    ...titled(
      texts('registry:previewTitle'),
      '',
      ...countLines(texts, counts),
      ...(listed.length > 0 ? ['', texts('registry:changesTitle'), ...listed] : []),
      ...noteLines(texts, notes),
      '',
      texts('registry:previewHint'),
    ),
    buttons: [
      [{ text: texts('registry:confirmButton'), data: `rok:${importId}` }],
      [{ text: texts('common:cancel'), data: `rno:${importId}` }],
    ],
  }
  return { message, left }
}

/** The first of the wrong cells, each with its place and remedy. */
export function problemsMessage(
  texts: Texts,
  { problems, onlyRows }: Pick<CheckedRegistry, 'problems' | 'onlyRows'>,
): Excerpt {
  const { listed, left } = excerpt(texts, problems, problemLine)
  const count = formatNumber(problems.length)
  const title =
    onlyRows === null
      ? texts('registry:problemsTitle', { count })
      : texts('registry:problemsTitleMany', { count, rows: formatNumber(onlyRows) })
  return { message: titled(title, '', ...listed, '', texts('registry:problemsHint')), left }
}

/** As many numbered lines as a message holds, and a last one that says how many are left. */
function excerpt<T>(texts: Texts, items: readonly T[], lineOf: (texts: Texts, item: T) => string) {
  const listed: string[] = []
  let room = shownCharacters
  for (const item of items.slice(0, shownLines)) {
    const line = `${listed.length + 1}. ${clipped(lineOf(texts, item), longestLine)}`
    room -= line.length
    if (room < 0) break
    listed.push(line)
  }
  const left = items.length - listed.length
  return { listed: left > 0 ? [...listed, texts('registry:moreInFile', { count: formatNumber(left) })] : listed, left }
}

function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

/** Every change in a workbook of its own. */
export function changesWorkbook(texts: Texts, changes: readonly Change[]): Promise<Uint8Array> {
  const sheet: SheetRows = {
    sheet: texts('registry:changeSheet.title'),
    rows: [[texts('registry:changeSheet.change')], ...changes.map((change) => [changeLine(texts, change)])],
  }
  return writeWorkbook([sheet])
}

/** That it is done, and when it was where it had been done before. */
export function confirmedMessage(texts: Texts, confirmed: ConfirmedImport): Message {
  const openMenu = { text: texts('telegram:openMenu'), data: 'menu:menu' }
  if (confirmed.kind === 'already') {
    return { text: texts('registry:alreadyWritten', { at: formatDateTime(confirmed.at) }), buttons: [[openMenu]] }
  }
  const hasNewBranches = confirmed.counts.branches.new > 0
  const nextStep = hasNewBranches && ['', texts('registry:nextStep')].join('\n')
  const invite = { text: texts('registry:inviteButton'), data: 'menu:moi' }
  const undo = { text: texts('registry:undoButton'), data: `rundo:${confirmed.importId}` }
  return {
    ...titled(texts('registry:writtenTitle'), '', ...countLines(texts, confirmed.counts), nextStep),
    buttons: [...(hasNewBranches ? [[invite]] : []), [undo], [openMenu]],
  }
}

function countLines(texts: Texts, counts: Counts): string[] {
  const line = (key: Part, { new: added, changed, same }: Count) =>
    added + changed + same === 0
      ? []
      : [
          texts('registry:countLine', {
            what: texts(`registry:sheets.${key}`),
            added: formatNumber(added),
            changed: formatNumber(changed),
            same: formatNumber(same),
          }),
        ]
  return parts.flatMap((part) => line(part, counts[part]))
}

function problemLine(texts: Texts, { sheet, row, column, value, problem }: CellProblem): string {
  const text = texts.problem(problem)
  if (row === null) return texts('registry:placeSheet', { sheet, text })
  if (column === null) return texts('registry:placeRow', { sheet, row, text })
  const isSaid = value === '' || text.includes(value) || problem.code.startsWith('registry.citizenId')
  if (isSaid) return texts('registry:placeCell', { sheet, row, column, text })
  return texts('registry:placeCellValue', { sheet, row, column, value: clipped(value, 60), text })
}

function changeLine(texts: Texts, change: Change): string {
  switch (change.kind) {
    case 'branch':
      return texts('registry:change.branch', change)
    case 'details': {
      const fields = change.fields.map((field) => texts(`registry:fields.${field}`)).join(', ')
      return texts('registry:change.details', { ...change, fields })
    }
    case 'moved': {
      const { number, fullName, from, to } = change
      const values = { number, fullName, to, on: shown(change.on) }
      return from === null
        ? texts('registry:change.received', values)
        : texts('registry:change.moved', { ...values, from })
    }
    case 'status': {
      const { number, fullName } = change
      return texts('registry:change.status', {
        number,
        fullName,
        to: statusText(texts, change.to),
        on: shown(change.on),
      })
    }
    case 'joined':
      return texts('registry:change.joined', { ...change, on: shown(change.on) })
    case 'history': {
      const { number, fullName, from, to } = change
      const values = { number, fullName, what: texts(`registry:sheets.${change.part}`), from: shown(from) }
      return to === null
        ? texts('registry:change.history', values)
        : texts('registry:change.historyEnds', { ...values, to: shown(to) })
    }
    case 'group':
      return texts('registry:change.group', change)
    case 'comment':
      return texts('registry:change.comment', change)
    case 'position':
      return change.to === null
        ? texts('registry:change.position', { ...change, to: '' })
        : texts('registry:change.positionEnds', { ...change, to: shown(change.to) })
  }
}

function statusText(texts: Texts, status: string): string {
  return texts.find(`domain:statuses.${status}`) ?? status
}

function noteLines(texts: Texts, notes: readonly ImportNote[]): string[] {
  if (notes.length === 0) return []
  const shownNotes = notes.slice(0, 5).map((note) => `– ${clipped(noteLine(texts, note), 150)}`)
  return ['', texts('registry:notesTitle'), ...shownNotes]
}

function noteLine(texts: Texts, note: ImportNote): string {
  switch (note.kind) {
    case 'ignoredColumns':
      return texts('registry:note.ignoredColumns', { ...note })
    case 'likelyTwins':
      return texts('registry:note.likelyTwins', { ...note })
    case 'noJoinDate':
      return texts('registry:note.noJoinDate', { ...note })
    case 'probationOver':
      return texts('registry:note.probationOver', { ...note })
    case 'notInFile':
      return texts('registry:note.notInFile', { ...note })
  }
}

function shown(day: Day): string {
  return formatDate(Temporal.PlainDate.from(day))
}
