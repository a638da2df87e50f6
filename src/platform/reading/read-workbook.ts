import { Buffer } from 'node:buffer'
import { fail, ok, type Result } from '../../domain/result.ts'
import { notesSheet, type SheetRows } from '../sheets.ts'
import { type Archive, openArchive } from './archive.ts'
import type { Tables } from './cell.ts'
import type { Filled } from './grid.ts'
import { notExcel, Refusal, tooHeavy } from './refusal.ts'
import { readSharedStrings, unescapeText } from './shared-strings.ts'
import { readSheet } from './sheet.ts'
import { readDateStyles } from './styles.ts'
import { attributeOf, readXml } from './xml.ts'

const mostSheets = 100
const zipMark = [0x50, 0x4b]
/** The container of .xls files, and of .xlsx files under a password. */
const oldMark = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Reads every sheet of an .xlsx file, in time and memory that are bounded whatever it holds. Runs in a process of its own (see
 * `child.ts`). Fails with `common.workbook.` `empty`, `notExcel`, `oldExcel` (.xls), `protected` (a password), `noRows`,
 * `tooManyCells` {sheet}, `mergedCells` {sheet, range}, `brokenFormula` {sheet, cells}, and with `common.file.tooHeavy`. Merged
 * cells and broken formulas are refused because they read as empty, so a value would be missing without a word.
 */
export async function readWorkbook(data: Uint8Array): Promise<Result<SheetRows[]>> {
  if (data.length === 0) return fail('common.workbook.empty')
  if (startsWith(data, oldMark))
    return fail(isProtected(data) ? 'common.workbook.protected' : 'common.workbook.oldExcel')
  if (!startsWith(data, zipMark)) return fail('common.workbook.notExcel')
  try {
    const sheets = await readSheets(openArchive(data))
    const hasRows = sheets.some(({ sheet, rows }) => sheet !== notesSheet && rows.length > 0)
    return hasRows ? ok(sheets) : fail('common.workbook.noRows')
  } catch (error) {
    // The reader sees nothing but the file: whatever else it throws, the file is broken.
    return { ok: false, problem: error instanceof Refusal ? error.problem : notExcel().problem }
  }
}

async function readSheets(archive: Archive): Promise<SheetRows[]> {
  const { names, from1904 } = await readNames(archive)
  const relations = await readRelations(archive)
  const optional = (path: string | undefined, usual: string) => {
    const found = path ?? usual
    return archive.has(found) ? archive.read(found) : null
  }
  const strings = optional(relations.strings, 'xl/sharedStrings.xml')
  const styles = optional(relations.styles, 'xl/styles.xml')
  const tables: Tables = {
    strings: strings ? await readSharedStrings(strings) : [],
    dateStyles: styles ? await readDateStyles(styles) : [],
    from1904,
  }
  const filled: Filled = { places: 0, cells: 0, characters: 0 }
  const sheets: SheetRows[] = []
  for (const { name, relation } of names) {
    // A chart may stand among the sheets.
    const path = relations.sheets.get(relation)
    if (path === undefined) continue
    const isForPeople = name === notesSheet
    sheets.push({ sheet: name, rows: await readSheet(archive.read(path), { name, isForPeople }, tables, filled) })
  }
  return sheets
}

async function readNames(
  archive: Archive,
): Promise<{ names: { name: string; relation: string }[]; from1904: boolean }> {
  const names: { name: string; relation: string }[] = []
  let from1904 = false
  await readXml(archive.read('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet' || !attributes.name) return
      const relation = attributeOf(attributes, 'id') ?? ''
      if (names.push({ name: unescapeText(attributes.name).trim(), relation }) > mostSheets) throw tooHeavy()
    },
    close: () => {},
    text: () => {},
  })
  return { names, from1904 }
}

interface Relations {
  /** Paths by the relation's id. */
  sheets: Map<string, string>
  strings?: string
  styles?: string
}

async function readRelations(archive: Archive): Promise<Relations> {
  const relations: Relations = { sheets: new Map() }
  await readXml(archive.read('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`
      // Of the transitional and of the strict standard: both end in the same word.
      if (Type.endsWith('/relationships/worksheet')) relations.sheets.set(Id, path)
      else if (Type.endsWith('/relationships/sharedStrings')) relations.strings = path
      else if (Type.endsWith('/relationships/styles')) relations.styles = path
    },
    close: () => {},
    text: () => {},
  })
  return relations
}

/** A file under a password names its cipher in the old container. */
function isProtected(data: Uint8Array): boolean {
  return Buffer.from(data).includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

function startsWith(data: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => data[index] === byte)
}
