import { deriveLevel, type Evaluation } from '../../domain/evaluation.ts'
import { likeness, normaliseName, searchKey } from '../../domain/names.ts'
import type { EvaluationPack } from '../../domain/packs/schema.ts'
import { formatPeriod, type Period } from '../../domain/period.ts'
import { fail, type Problem } from '../../domain/result.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import { type Cell, normaliseNumber } from '../registry/index.ts'
import { branchesOn, type Candidate } from './find-cadres.ts'
import type { ResultInForce } from './find-results.ts'
import { cellText, type ResultRow, type ResultSheet, type SheetProblem } from './read-result-sheet.ts'
import { columnTitle, type ResultColumn } from './result-columns.ts'

/** A result that may be issued: whose, to which branch, and what. */
export interface CheckedEntry extends Evaluation {
  readonly personId: number
  /** That of today; null for somebody who belongs to none. */
  readonly branchId: number | null
  readonly remark: string | null
  /** The result in force that this one would correct. */
  readonly correctsId: number | null
}

export interface Register {
  readonly pack: EvaluationPack
  readonly period: Period
  /** The people whose numbers the sheet names. */
  readonly people: readonly Candidate[]
  /** Results of the period that are in force, by person. */
  readonly inForce: ReadonlyMap<number, ResultInForce>
}

/** Somebody whose line names a branch in which they are no more, and where they are now. */
export interface FormerBranch {
  readonly name: string
  readonly branch: string | null
}

export const longestRemark = 1000
/** Excel drops the noughts that a number typed into it begins with. */
const longestNumber = 12

/** The numbers a cell may stand for, as the register keeps them. */
export function numbersMeant(cell: Cell | undefined): string[] {
  const number = normaliseNumber(cellText(cell))
  if (number === '') return []
  if (typeof cell !== 'number') return [...new Set([number, number.replace(/^D/, 'Đ')])]
  return [...new Set(Array.from({ length: longestNumber }, (_, index) => number.padStart(index + 1, '0')))]
}

/**
 * Checks every line against the register and the rules of the period. Either entries or problems. A line that says what is in
 * force already is no entry; it is counted. A line without any result is left out. A branch in which the person was once is
 * no problem, the result goes where they are now: those are named, once for all lines.
 */
export function checkResults(
  sheet: ResultSheet,
  register: Register,
): { entries: CheckedEntry[]; unchanged: number; problems: SheetProblem[]; former: FormerBranch[] } {
  const entries: CheckedEntry[] = []
  const problems: SheetProblem[] = []
  const former: FormerBranch[] = []
  const rowOf = new Map<number, number>()
  const numbered = new Map(register.people.map((person) => [person.number, person]))
  for (const line of sheet.rows.filter(hasResult)) {
    const found = checkLine(line, numbered, register)
    if ('entry' in found) {
      const before = rowOf.get(found.entry.personId)
      if (before === undefined) {
        rowOf.set(found.entry.personId, line.row)
        entries.push(found.entry)
        if (found.former) former.push(found.former)
        continue
      }
      problems.push(at(sheet, line, 'number', fail('notices.personTwice', { row: before })))
    } else {
      for (const [column, problem] of found.problems) problems.push(at(sheet, line, column, { problem }))
    }
  }
  if (problems.length > 0) return { entries: [], unchanged: 0, problems, former: [] }
  const people = new Map(register.people.map((person) => [person.id, person]))
  const changed = entries.filter(
    (entry) => !isInForce(entry, people.get(entry.personId), register.inForce.get(entry.personId)),
  )
  return { entries: changed, unchanged: entries.length - changed.length, problems, former }
}

/** A line of the sheet that nobody filled in is somebody whom another leader rates, or who is not rated yet. */
function hasResult({ cells }: ResultRow): boolean {
  return (['score', 'grade', 'level', 'remark', 'disqualifier'] as const).some(
    (column) => cellText(cells[column]) !== '',
  )
}

/** Whether that very result has been issued already, to the branch in which the person was on that day. */
function isInForce(entry: CheckedEntry, person: Candidate | undefined, result: ResultInForce | undefined): boolean {
  if (!person || !result) return false
  const same = (name: 'level' | 'score' | 'grade' | 'disqualifier' | 'remark') => entry[name] === result[name]
  if (!(['level', 'score', 'grade', 'disqualifier', 'remark'] as const).every(same)) return false
  const [then] = branchesOn(person, result.issuedOn)
  return result.branchId === (then?.id ?? null) || result.branchId === entry.branchId
}

type Found = { entry: CheckedEntry; former: FormerBranch | null } | { problems: [ResultColumn, Problem][] }

function checkLine(
  { cells }: ResultRow,
  numbered: ReadonlyMap<string, Candidate>,
  { pack, period, inForce }: Register,
): Found {
  const matching = numbersMeant(cells.number).flatMap((number) => numbered.get(number) ?? [])
  const [person] = matching
  if (!person || matching.length > 1) {
    const code = cellText(cells.number) === '' ? 'notices.numberMissing' : 'notices.personUnknown'
    return { problems: [['number', { code }]] }
  }
  const problems: [ResultColumn, Problem][] = []
  const add = (column: ResultColumn, failed: { problem: Problem }) => problems.push([column, failed.problem])
  const month = formatPeriod(period)

  const name = normaliseName(cellText(cells.name))
  if (!isNameOf(name, person))
    add('name', fail('notices.nameDiffers', { number: person.number, name: person.fullName }))
  if (!person.isCadre) add('number', fail('notices.notCadre', { period: month }))
  const [branch = null] = person.branches
  const written = cellText(cells.branch)
  const known = person.stays.map((stay) => stay.branch)
  const isKnown = written === '' || known.some((one) => isNameOfBranch(written, one))
  if (person.branches.length > 1) {
    add('branch', fail('notices.twoBranches', { branches: person.branches.map((one) => one.name).join(', ') }))
  } else if (!isKnown) {
    const last = branch ?? known.at(-1)
    add('branch', last ? fail('notices.branchDiffers', { branch: last.name }) : fail('notices.noBranch'))
  }
  const isFormer = written !== '' && isKnown && !(branch && isNameOfBranch(written, branch))

  const remark = cellText(cells.remark)
  if (remark.length > longestRemark) add('remark', fail('notices.remarkTooLong', { longest: longestRemark }))
  const evaluation = deriveLevel(pack, {
    score: typeof cells.score === 'number' ? cells.score : cellText(cells.score),
    grade: cellText(cells.grade),
    level: cellText(cells.level),
    disqualifier: cellText(cells.disqualifier),
  })
  if (!evaluation.ok) add(columnOf(evaluation.problem), evaluation)
  if (problems.length > 0 || !evaluation.ok) return { problems }
  const correctsId = inForce.get(person.id)?.entryId ?? null
  return {
    entry: {
      ...evaluation.value,
      personId: person.id,
      branchId: branch?.id ?? null,
      remark: remark || null,
      correctsId,
    },
    former: isFormer ? { name: person.fullName, branch: branch?.name ?? null } : null,
  }
}

/** Typed wholly without diacritics it is taken as theirs; with other diacritics it is another name. */
function isNameOf(written: string, { fullName }: Candidate): boolean {
  const how = likeness(written, fullName)
  return how === 'same' || (how === 'sameWithoutDiacritics' && written.toLowerCase() === searchKey(written))
}

function isNameOfBranch(written: string, branch: { code: string; name: string }): boolean {
  return [branch.name, branch.code].some((one) => titleKey(one) === titleKey(written))
}

function columnOf({ code }: Problem): ResultColumn {
  if (code === 'evaluation.disqualifierUnknown') return 'disqualifier'
  if (code === 'evaluation.gradeUnknown' || code === 'evaluation.gradeDisagrees') return 'grade'
  return code === 'evaluation.levelUnknown' || code === 'evaluation.levelDisagrees' ? 'level' : 'score'
}

function at(
  { sheet }: ResultSheet,
  { row, cells }: ResultRow,
  column: ResultColumn,
  { problem }: { problem: Problem },
): SheetProblem {
  return { sheet, row, column: columnTitle(column), value: cellText(cells[column]), problem }
}
