/** What a cell holds; a date is its UTC midnight. */
export type Cell = string | number | boolean | Date | null

/** A sheet as rows of cells; `rows[0]` is the sheet's row 1, and empty rows in between are kept. */
export interface SheetRows {
  sheet: string
  rows: Cell[][]
}

/** A sheet that is only read by people may be laid out freely. */
export const notesSheet = 'Hướng dẫn'
