import type { Texts } from '../../platform/texts.ts'
import { notesSheet, type SheetRows, writeWorkbook } from '../../platform/workbook.ts'
import { type Column, layouts, parts } from './import/layout.ts'

/** The empty workbook: its sheets with their headers, and one that says how each column is filled in. */
export function templateWorkbook(texts: Texts): Promise<Uint8Array> {
  const empty = parts.map((part) => ({
    sheet: layouts[part].title,
    rows: [layouts[part].columns.map((column) => column.title)],
  }))
  return writeWorkbook([...empty, guide(texts)])
}

function guide(texts: Texts): SheetRows {
  const headers = [
    texts('registry:guide.sheet'),
    texts('registry:guide.column'),
    texts('registry:guide.needed'),
    texts('registry:guide.how'),
  ]
  const linesOf = (part: (typeof parts)[number]) =>
    layouts[part].columns.map((column: Column<string>) => [
      layouts[part].title,
      column.title,
      column.required ? 'x' : null,
      texts.find(`registry:guide.${part}.${column.key}`),
    ])
  return {
    sheet: notesSheet,
    rows: [
      headers,
      ...parts.flatMap(linesOf),
      [null, null, null, texts('registry:guide.more')],
      [null, null, null, texts('registry:guide.empty')],
      [null, null, null, texts('registry:guide.erase')],
    ],
  }
}
