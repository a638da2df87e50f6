import { z } from 'zod'
import type { SheetRows } from '../sheets.ts'
import type { FileContents, FileKind } from './limits.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.date()])

/** What comes out of a process that reads: its findings, piece by piece, and at the end that this was all. */
export const readPart = z.discriminatedUnion('part', [
  z.object({ part: z.literal('sheet'), name: z.string() }),
  /** The next rows of the last sheet. */
  z.object({ part: z.literal('rows'), rows: z.array(z.array(cell)) }),
  z.object({ part: z.literal('value'), value: z.unknown() }),
  z.object({
    part: z.literal('refused'),
    problem: z.object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    }),
  }),
  z.object({ part: z.literal('end') }),
])
export type ReadPart = z.infer<typeof readPart>

/** Puts the parts of a file together again. */
export interface Collector<K extends FileKind> {
  take(part: ReadPart): void
  whole(): FileContents[K]
}

export const collectors: { readonly [K in FileKind]: () => Collector<K> } = {
  workbook: () => {
    const sheets: SheetRows[] = []
    return {
      take: (part) => {
        if (part.part === 'sheet') sheets.push({ sheet: part.name, rows: [] })
        if (part.part === 'rows') sheets.at(-1)?.rows.push(...part.rows)
      },
      whole: () => sheets,
    }
  },
  json: () => {
    let value: unknown
    return {
      take: (part) => {
        if (part.part === 'value') value = part.value
      },
      whole: () => value,
    }
  },
}
