import { fromUtcMidnight, parseDate, type WrittenDate } from '../../../domain/dates.ts'
import { formatDate } from '../../../domain/formats.ts'
import { recogniseMark } from '../../../domain/members.ts'
import { normaliseName } from '../../../domain/names.ts'
import { fail, ok, type Problem, type Result } from '../../../domain/result.ts'
import { titleKey } from '../../../domain/vocabulary.ts'
import type { Cell } from '../../../platform/workbook.ts'
import { holdsCitizenId } from './codes.ts'
import type { CellProblem } from './problems.ts'
import type { Day } from './rows.ts'

interface Line<K extends string> {
  readonly sheet: string
  readonly row: number
  readonly cells: readonly Cell[]
  readonly columns: ReadonlyMap<K, number>
  readonly titles: ReadonlyMap<K, string>
  readonly problems: CellProblem[]
}

const longestText = 300

/** One row of a sheet, read cell by cell; what is wrong is noted at its place. */
export class LineReader<K extends string> {
  readonly row: number
  readonly #reported = new Set<K>()
  readonly #line: Line<K>

  constructor(line: Line<K>) {
    this.row = line.row
    this.#line = line
  }

  /** Whether a cell of this row was wrong: then the row is not taken over. */
  get failed(): boolean {
    return this.#reported.size > 0
  }

  /** The cell as text, single spaces and NFC; '' where it is empty. */
  text(key: K): string {
    const cell = this.#cell(key)
    if (typeof cell === 'boolean') return cell ? 'x' : ''
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : formatDate(fromUtcMidnight(cell))
    return cell === null ? '' : normaliseName(String(cell))
  }

  /** Text that must stand there. */
  needed(key: K): string {
    const text = this.text(key)
    if (text === '') this.report(key, { code: 'registry.cellEmpty' })
    return text
  }

  /** A day that may be missing (undefined) or taken out (null, "Xóa"). A year alone is not enough. */
  day(key: K): Day | null | undefined {
    const written = this.date(key)
    if (!written) return written
    if (written.kind === 'day') return written.date.toString()
    this.report(key, { code: 'registry.onlyYear', params: { year: written.year } })
    return undefined
  }

  /** A day or a year. */
  date(key: K): WrittenDate | null | undefined {
    return this.optional(key, () => {
      const cell = this.#cell(key)
      return parseDate(typeof cell === 'boolean' || cell === null ? String(cell) : cell)
    })
  }

  /** What `read` makes of a cell that may be empty (undefined) or say "Xóa" (null). */
  optional<T>(key: K, read: (text: string) => Result<T>): T | null | undefined {
    const text = this.text(key)
    if (text === '') return undefined
    if (titleKey(text) === 'xoa') return null
    const result = read(text)
    if (result.ok) return result.value
    this.report(key, result.problem)
    return undefined
  }

  /** Free words: no citizen-ID number among them, and not a page of them. */
  shortText(key: K): string | null | undefined {
    return this.optional(key, (text) => {
      if (holdsCitizenId(text)) return fail('registry.citizenIdCell')
      return text.length > longestText ? fail('registry.textTooLong', { length: longestText }) : ok(text)
    })
  }

  /** Whether a cell is ticked ("x", "có"); undefined where it is empty. */
  mark(key: K): boolean | undefined {
    const read = (text: string) => {
      const mark = recogniseMark(text)
      return mark === undefined ? fail('registry.markUnreadable', { value: text }) : ok(mark)
    }
    return this.optional(key, read) ?? undefined
  }

  /** Whether the sheet has that column. */
  has(key: K): boolean {
    return this.#line.columns.has(key)
  }

  /** Notes what is wrong with a cell; the first that is said of it is enough. */
  report(key: K, problem: Problem): void {
    if (this.#reported.has(key)) return
    this.#reported.add(key)
    const { sheet, titles, problems } = this.#line
    problems.push({ sheet, row: this.row, column: titles.get(key) ?? key, value: this.text(key), problem })
  }

  #cell(key: K): Cell {
    const index = this.#line.columns.get(key)
    return index === undefined ? null : (this.#line.cells[index] ?? null)
  }
}
