import type { Texts } from '../../platform/texts.ts'
import { notesSheet, type SheetRows, writeWorkbook } from '../../platform/workbook.ts'
import { branchSheet, memberSheet, positionSheet } from './import/layout.ts'

/** The empty workbook: three sheets with their headers, and one that says how each column is filled in. */
export function templateWorkbook(texts: Texts): Promise<Uint8Array> {
  return writeWorkbook([emptySheet(branchSheet), emptySheet(memberSheet), emptySheet(positionSheet), guide(texts)])
}

function emptySheet({ title, columns }: { title: string; columns: readonly { title: string }[] }): SheetRows {
  return { sheet: title, rows: [columns.map((column) => column.title)] }
}

function guide(texts: Texts): SheetRows {
  const headers = [
    texts('registry:guide.sheet'),
    texts('registry:guide.column'),
    texts('registry:guide.needed'),
    texts('registry:guide.how'),
  ]
  const line = (sheet: string, column: { title: string; required?: true }, how: string) => [
    sheet,
    column.title,
    column.required ? 'x' : null,
    how,
  ]
  return {
    sheet: notesSheet,
    rows: [
      headers,
      ...branchSheet.columns.map((one) => line(branchSheet.title, one, texts(`registry:guide.branch.${one.key}`))),
      ...memberSheet.columns.map((one) => line(memberSheet.title, one, texts(`registry:guide.member.${one.key}`))),
      ...positionSheet.columns.map((one) =>
        line(positionSheet.title, one, texts(`registry:guide.position.${one.key}`)),
      ),
      [null, null, null, texts('registry:guide.empty')],
      [null, null, null, texts('registry:guide.erase')],
    ],
  }
}
