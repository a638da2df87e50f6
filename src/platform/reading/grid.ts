import type { Cell } from '../sheets.ts'
import { Refusal } from './refusal.ts'

/** More than a ward can have: its members are some thousands, a sheet's columns some dozens. */
const mostRows = 20_000
const mostColumns = 256
/** Rows times columns, and what of it is filled, in all sheets of a workbook together. */
const mostPlaces = 1_000_000
const mostCells = 400_000
const mostCharacters = 10_000_000

/** What a workbook's sheets have taken so far. */
export interface Filled {
  places: number
  cells: number
  characters: number
}

/** The rows of a sheet while it is read. Throws a `Refusal` with `common.workbook.tooManyCells` {sheet} at the first too many. */
export class Grid {
  readonly #sheet: string
  readonly #filled: Filled
  readonly #rows: Cell[][] = []
  #width = 0

  constructor(sheet: string, filled: Filled) {
    this.#sheet = sheet
    this.#filled = filled
  }

  /** Cells come row by row and from left to right, as `readSheet` sees to; the first row and column are 1. */
  place(row: number, column: number, value: Cell): void {
    if (value === null) return
    const filled = this.#filled
    filled.cells++
    if (typeof value === 'string') filled.characters += value.length
    if (row > mostRows || column > mostColumns) throw this.#tooMany()
    if (filled.cells > mostCells || filled.characters > mostCharacters) throw this.#tooMany()
    this.#width = Math.max(this.#width, column)
    while (this.#rows.length < row) this.#rows.push([])
    const cells = this.#rows[row - 1] ?? []
    while (cells.length < column - 1) cells.push(null)
    cells.push(value)
  }

  /** All rows up to the last that holds something, as wide as the widest. */
  whole(): Cell[][] {
    this.#filled.places += this.#rows.length * this.#width
    if (this.#filled.places > mostPlaces) throw this.#tooMany()
    for (const row of this.#rows) while (row.length < this.#width) row.push(null)
    return this.#rows
  }

  #tooMany(): Refusal {
    return new Refusal({ code: 'common.workbook.tooManyCells', params: { sheet: this.#sheet } })
  }
}
