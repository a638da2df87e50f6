import type { SheetRows } from '../sheets.ts'

/** What is read of each kind of file that people send. */
export interface FileContents {
  /** An .xlsx file, as its sheets. */
  workbook: SheetRows[]
  /** A JSON document, whatever it holds. */
  json: unknown
}
export type FileKind = keyof FileContents

/** The largest file of each kind, in bytes: what Telegram lets a bot download, and some ten times the longest set of rules. */
export const mostBytes: Record<FileKind, number> = { workbook: 20_000_000, json: 100_000 }

/**
 * What the process that reads may take. Its time is the processor's, so that a machine that is busy with other things refuses
 * nobody's file; `patience` is when it has not got that time and is given up. Its memory is all that it holds resident, its own
 * 70 MB among it: what a thread can be limited by leaves the bytes of buffers out.
 */
export const readingLimits = {
  processorMilliseconds: 10_000,
  patienceMilliseconds: 30_000,
  memoryBytes: 240_000_000,
  heapMegabytes: 160,
}
export type ReadingLimits = typeof readingLimits
