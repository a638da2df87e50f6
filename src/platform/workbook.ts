import { Worker } from 'node:worker_threads'
import { laidOut, type WrittenSheet } from './workbook-layout.ts'

export { type Cell, notesSheet, type SheetRows } from './sheets.ts'
export type { WrittenSheet } from './workbook-layout.ts'

/** Up to so many cells nobody else has to wait noticeably while a workbook is written. */
const cellsAtOnce = 5000

/**
 * Writes sheets as an .xlsx file: the first row bold and fixed, dates as dd/mm/yyyy. Text is always written as text, so
 * one that begins with `= + - @` is never a formula. A large one is written beside everything else, in a thread of its own.
 */
export async function writeWorkbook(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const cells = sheets.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.length, 0)
  if (cells <= cellsAtOnce) return laidOut(sheets)
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const thread = new Worker(new URL('./write-workbook-thread.ts', import.meta.url), { workerData: sheets })
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.once('exit', (code) => reject(new Error(`the thread that writes a workbook ended with ${code}`)))
  return promise
}
