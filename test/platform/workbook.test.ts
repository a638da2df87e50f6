import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/platform/reading/read-workbook.ts'
import { type Cell, type SheetRows, writeWorkbook } from '../../src/platform/workbook.ts'

async function problemOf(data: Uint8Array) {
  const read = await readWorkbook(data)
  return read.ok ? null : read.problem
}

async function withPart(sheets: SheetRows[], path: string, change: (xml: string) => string) {
  const parts = unzipSync(await writeWorkbook(sheets))
  const xml = new TextDecoder().decode(parts[path])
  return zipSync({ ...parts, [path]: strToU8(change(xml)) })
}

const members: SheetRows = {
  sheet: 'Đảng viên',
  rows: [
    ['Số', 'Tên'],
    ['1', 'Nguyễn Văn A'],
  ],
}

describe('a workbook', () => {
  it('reads back what was written: texts, numbers, dates, empty rows in between, several sheets', async () => {
    const day = new Date(Date.UTC(1980, 4, 1))
    const sheets: SheetRows[] = [
      {
        sheet: 'Chi bộ & tổ',
        rows: [
          ['a', 'b', 'c'],
          [null, null, null],
          ['x', 1.5, day],
          [true, null, 'z'],
        ],
      },
      members,
    ]
    expect(await readWorkbook(await writeWorkbook(sheets))).toEqual({ ok: true, value: sheets })
  })

  it('reads back what was written in a thread of its own because it is large, with its colours', async () => {
    const sheets: SheetRows[] = [
      { sheet: 'To', rows: Array.from({ length: 3000 }, (_, row) => [`h${row}`, row, '=1+1']) },
    ]
    const [sheet = { sheet: '', rows: [] }] = sheets
    const data = await writeWorkbook([{ ...sheet, coloured: new Set(['2999 0']) }])
    expect(await readWorkbook(data)).toEqual({ ok: true, value: sheets })
    expect(new TextDecoder().decode(unzipSync(data)['xl/styles.xml'])).toContain('FFC7CE')
  })

  it('keeps text that looks like a formula as text', async () => {
    const dangerous = ['=1+1', '+84', '-x', '@cmd', '=HYPERLINK("http://x")']
    const data = await writeWorkbook([{ sheet: 'T', rows: [['h'], ...dangerous.map((text): Cell[] => [text])] }])
    const xml = new TextDecoder().decode(unzipSync(data)['xl/worksheets/sheet1.xml'])
    expect(xml).not.toContain('<f>')
    const read = await readWorkbook(data)
    expect(read.ok && read.value[0]?.rows.slice(1).flat()).toEqual(dangerous)
  })

  it('reads back words that are names in every object', async () => {
    const words = ['constructor', 'toString', '__proto__', 'valueOf']
    const read = await readWorkbook(await writeWorkbook([{ sheet: 'T', rows: [['Nhận xét'], words] }]))
    expect(read.ok && read.value[0]?.rows[1]).toEqual(words)
  })

  it('reads back any text that XML can hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 }),
        async (texts) => {
          // The writer leaves out U+FFFD, the sign for what was no character.
          const cells = texts.map((text) => text.replaceAll('\uFFFD', '').trim() || 'x')
          const read = await readWorkbook(await writeWorkbook([{ sheet: 'T', rows: [cells] }]))
          expect(read.ok && read.value[0]?.rows[0]).toEqual(cells)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('a file that is no readable workbook is refused by name', () => {
  it('empty', async () => expect(await problemOf(new Uint8Array())).toEqual({ code: 'common.workbook.empty' }))

  it('another kind of file, a picture, a cut-off workbook, an archive of something else', async () => {
    const cut = (await writeWorkbook([members])).subarray(0, 900)
    const other = zipSync({ 'word/document.xml': strToU8('<w/>') })
    for (const data of [strToU8('xin chào'), new Uint8Array([0x89, 0x50, 0x4e, 0x47]), cut, other])
      expect(await problemOf(data)).toEqual({ code: 'common.workbook.notExcel' })
  })

  it('an old .xls file, and one under a password', async () => {
    const head = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
    const secret = [...Buffer.from('EncryptedPackage', 'utf16le')]
    expect(await problemOf(new Uint8Array([...head, 0, 0]))).toEqual({ code: 'common.workbook.oldExcel' })
    expect(await problemOf(new Uint8Array([...head, ...secret]))).toEqual({ code: 'common.workbook.protected' })
  })

  it('without a single row, notes aside', async () => {
    const data = await writeWorkbook([
      { sheet: 'Đảng viên', rows: [] },
      { sheet: 'Hướng dẫn', rows: [['Cách điền']] },
    ])
    expect(await problemOf(data)).toEqual({ code: 'common.workbook.noRows' })
  })

  it('with merged cells, naming sheet and range', async () => {
    const merged = (xml: string) =>
      xml.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
    const data = await withPart([members], 'xl/worksheets/sheet1.xml', merged)
    expect(await problemOf(data)).toEqual({
      code: 'common.workbook.mergedCells',
      params: { sheet: 'Đảng viên', range: 'A1:B1' },
    })
  })

  it('with formulas that have no value, naming their cells', async () => {
    const broken = (xml: string) =>
      xml.replace('</sheetData>', '<row r="9"><c r="B9" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>')
    const data = await withPart([members], 'xl/worksheets/sheet1.xml', broken)
    expect(await problemOf(data)).toEqual({
      code: 'common.workbook.brokenFormula',
      params: { sheet: 'Đảng viên', cells: 'B9' },
    })
  })

  it('with a cell so far away that the sheet would fill the memory', async () => {
    const far = (xml: string) =>
      xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    const data = await withPart([members], 'xl/worksheets/sheet1.xml', far)
    expect(await problemOf(data)).toEqual({ code: 'common.workbook.tooManyCells', params: { sheet: 'Đảng viên' } })
  })

  it('with broken XML inside', async () => {
    const data = await withPart([members], 'xl/worksheets/sheet1.xml', (xml) => xml.slice(0, 300))
    expect((await problemOf(data))?.code).toMatch(/notExcel|noRows/)
  })
})
