import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import readXlsx from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../../src/platform/reading/read-workbook.ts'
import { type Cell, writeWorkbook } from '../../src/platform/workbook.ts'
import { packed, sheetOf } from '../support/hostile-files.ts'

/** What our reader and a library that nobody here wrote make of the same file. */
async function bothRead(data: Uint8Array) {
  const ours = await readWorkbook(data)
  const theirs = await readXlsx(Buffer.from(data))
  return {
    ours: ours.ok ? ours.value : ours.problem,
    theirs: theirs.map(({ sheet, data: rows }) => ({ sheet: sheet.trim(), rows })),
  }
}

const row = (cells: string) => sheetOf(`<row r="1">${cells}</row>`)
const styled = (code: string) =>
  `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>`

describe('our reader and another one see the same', () => {
  it('in any workbook that is written here', async () => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.integer({ min: -20_000, max: 40_000 }).map((day) => new Date(day * 86_400_000)),
    )
    const sheets = fc.array(fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(sheets, async (drawn) => {
        const named = drawn.map((rows, index) => ({ sheet: `Trang ${index}`, rows: [['tên cột'], ...rows] }))
        const { ours, theirs } = await bothRead(await writeWorkbook(named))
        expect(ours).toEqual(theirs)
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    'dd/mm/yyyy',
    'dd/mm/yyyy;@',
    '[$-42A]dd mmmm yyyy',
    'm/d/yy h:mm AM/PM',
    '[h]:mm:ss',
    'mm:ss.0',
    'yyyy\\-mm\\-dd',
    '&quot;ngày&quot; dd &quot;tháng&quot; mm',
    '0.00',
    '#,##0',
    '@',
    'General',
    '0%',
    'd"ngày"',
    '[Red]0;[Blue]-0',
    '',
  ])('in a number under the format «%s»', async (code) => {
    const styles = styled(code.replaceAll('"', '&quot;').replaceAll('&amp;quot;', '&quot;'))
    const { ours, theirs } = await bothRead(
      packed(row('<c r="A1" s="1"><v>46349.5</v></c><c r="B1"><v>1</v></c>'), { 'xl/styles.xml': styles }),
    )
    expect(ours).toEqual(theirs)
  })

  it('in the built-in formats, with styles that are based on others', async () => {
    const ids = [...Array(82).keys()]
    const styles = `<styleSheet><cellStyleXfs><xf/><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}<xf xfId="1"/><xf xfId="0"/></cellXfs></styleSheet>`
    const cells = [...ids, 82, 83].map((style, index) => `<c r="${address(index)}" s="${style}"><v>40000.25</v></c>`)
    const { ours, theirs } = await bothRead(packed(row(cells.join('')), { 'xl/styles.xml': styles }))
    expect(ours).toEqual(theirs)
  })

  it.each([
    [
      'shared, rich and spoken texts',
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>',
    ],
    [
      'texts in the cell',
      '<c r="A1" t="inlineStr"><is><t> a </t></is></c><c r="B1" t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r></is></c>',
    ],
    [
      'formulas',
      '<c r="A1" t="str"><f>A2&amp;"x"</f><v>_x0041_b</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><v/></c>',
    ],
    [
      'truth values and ISO days',
      '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="d"><v>2026-11-23</v></c>',
    ],
    ['empty cells between, before and behind', '<c r="B1" s="0"/><c r="D1"><v>4</v></c><c r="F1"/>'],
    ['prefixed names', '<x:c r="A1" x:y="1"><x:v>7</x:v></x:c>'],
  ])('in %s', async (_, cells) => {
    const strings = `<sst><si><t>một</t></si><si><r><t>ha</t></r><r><t xml:space="preserve">i </t></r></si>
      <si><t>漢</t><rPh sb="0" eb="1"><t>かん</t></rPh></si></sst>`
    const { ours, theirs } = await bothRead(
      packed(row(cells), { 'xl/sharedStrings.xml': strings, 'xl/styles.xml': styled('0') }),
    )
    expect(ours).toEqual(theirs)
  })

  it('in days that count from 1904', async () => {
    const workbook = `<workbook><workbookPr date1904="1"/><sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>`
    const { ours, theirs } = await bothRead(
      packed(row('<c r="A1" s="1"><v>40000</v></c>'), {
        'xl/workbook.xml': workbook,
        'xl/styles.xml': styled('dd/mm/yyyy'),
      }),
    )
    expect(ours).toEqual(theirs)
  })
})

/** `A1`, `B1` … `AA1` */
function address(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? `${last}1` : `${String.fromCharCode(64 + Math.floor(index / 26))}${last}1`
}
