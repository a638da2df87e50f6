import type { Problem } from '../../../domain/result.ts'

/** Something wrong in a workbook, at a place its owner can find. */
export interface CellProblem {
  readonly sheet: string
  /** As the spreadsheet numbers it, from 1; null for the sheet as a whole. */
  readonly row: number | null
  /** The column's title; null for the row as a whole. */
  readonly column: string | null
  /** What the cell holds, as text. */
  readonly value: string
  /** The sentence with the remedy. */
  readonly problem: Problem
}

/** In the order of the workbook, so that its owner can go through it from above. */
export function inOrder(problems: readonly CellProblem[], sheets: readonly string[]): CellProblem[] {
  return problems.toSorted((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || (a.row ?? 0) - (b.row ?? 0))
}
