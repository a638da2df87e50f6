import { strToU8, zipSync } from 'fflate'

const schema = 'http://schemas.openxmlformats.org'
const relation = `${schema}/officeDocument/2006/relationships`

/** A workbook of one sheet «Đảng viên» whose parts are these. */
export function packed(sheet: string, more: Record<string, string> = {}, level: 1 | 9 = 9): Uint8Array {
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="${relation}"><sheets><sheet name="Đảng viên" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])), { level })
}

export function sheetOf(rows: string, after = ''): string {
  return `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`
}

const oneRow = '<row r="1"><c r="A1"><v>1</v></c></row>'

/** Writes these sizes over what the archive says of its part number so-and-so, at both places. */
function withDeclaredSize(archive: Uint8Array, name: string, size: number): Uint8Array {
  const bytes = Buffer.from(archive)
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) {
    if (bytes.readUInt32LE(Math.max(0, at - 46)) === 0x02014b50) bytes.writeUInt32LE(size, at - 46 + 24)
    if (bytes.readUInt32LE(Math.max(0, at - 30)) === 0x04034b50) bytes.writeUInt32LE(size, at - 30 + 22)
  }
  return new Uint8Array(bytes)
}

function rowsOf(count: number): string {
  let rows = ''
  for (let row = 1; row <= count; row++) rows += `<row r="${row}"><c r="A${row}"><v>${row}</v></c></row>`
  return rows
}

function bomb(megabytes: number): Uint8Array {
  return packed(sheetOf(`<row r="1"><c r="A1" t="str"><v>${'0'.repeat(megabytes * 1e6)}</v></c></row>`))
}

const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')

/** How much of its full size a file is built with: a tenth shows the same to a quick test. */
type Build = (share?: number) => Uint8Array

/** Workbooks made to hold up whoever reads them; most are a few kilobytes, none is a workbook that people work with. */
export const hostileWorkbooks: Readonly<Record<string, Build>> = {
  'a million openings of a cell': (share = 1) => packed(sheetOf('<c '.repeat(1_000_000 * share))),
  'a million openings of a cell that name no place': (share = 1) =>
    packed(sheetOf('<c t="e" '.repeat(1_000_000 * share))),
  '80,000 openings of merged cells': () => packed(sheetOf('', '<mergeCell '.repeat(80_000))),
  'a million rows': (share = 1) => packed(sheetOf(rowsOf(1_000_000 * share)), {}, 1),
  'a bomb of 200 MB that says it is ten bytes': (share = 1) =>
    withDeclaredSize(bomb(200 * share), 'xl/worksheets/sheet1.xml', 10),
  'a row that says it is four gigabytes': () =>
    withDeclaredSize(packed(sheetOf(`${oneRow}<row`)), 'xl/worksheets/sheet1.xml', 0xffff_fffe),
  '50 MB of blanks': (share = 1) => packed(sheetOf(' '.repeat(50_000_000 * share))),
  '50 MB of blanks in a tag': (share = 1) => packed(sheetOf(`<row ${' '.repeat(50_000_000 * share)}r="1"/>`)),
  'tags a million deep': (share = 1) => packed(sheetOf('<a>'.repeat(1_000_000 * share))),
  'entities that laugh a billion times': () =>
    packed(`<!DOCTYPE w [<!ENTITY l0 "ha">${laughs}]>${sheetOf('<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>')}`),
  'an entity that is a file of the machine': () =>
    packed(
      `<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheetOf('<row r="1"><c r="A1" t="str"><v>&f;</v></c></row>')}`,
    ),
  'a million shared texts': (share = 1) => {
    const texts = '<si><t>x</t></si>'.repeat(Math.max(450_000, 1_000_000 * share))
    return packed(sheetOf(oneRow), { 'xl/sharedStrings.xml': `<sst>${texts}</sst>` }, 1)
  },
  'one long text in 20,000 cells': () => {
    const rows = rowsOf(20_000).replaceAll('><v>', ' t="s"><v>0</v><v>')
    return packed(sheetOf(rows.replaceAll(/<v>\d+<\/v><\/c>/g, '</c>')), {
      'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(300_000)}</t></si></sst>`,
    })
  },
  'a tag of a hundred thousand attributes': () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')
    return packed(sheetOf(`<row ${attributes}/>`))
  },
  'a remark of 60 MB': (share = 1) => packed(`<!--${'x'.repeat(60_000_000 * share)}-->${sheetOf(oneRow)}`),
  '100,000 sheets': (share = 1) => {
    const sheets = '<sheet name="x" id="rId1"/>'.repeat(100_000 * share)
    return packed(sheetOf(oneRow), { 'xl/workbook.xml': `<workbook><sheets>${sheets}</sheets></workbook>` })
  },
  '65,000 entries': (share = 1) => {
    const entries = Object.fromEntries(
      Array.from({ length: 65_000 * share }, (_, index) => [`x${index}`, new Uint8Array()]),
    )
    return zipSync({ ...entries, 'xl/workbook.xml': strToU8('<workbook/>') }, { level: 0 })
  },
  'one name twice': () => {
    const bytes = Buffer.from(packed(sheetOf(oneRow), { 'xl/worksheets/sheet2.xml': '<worksheet/>' }))
    for (let at = bytes.indexOf('sheet2.xml'); at >= 0; at = bytes.indexOf('sheet2.xml')) bytes.write('sheet1.xml', at)
    return new Uint8Array(bytes)
  },
  'cut off in the middle': () => {
    const whole = packed(sheetOf(rowsOf(5000)))
    return whole.subarray(0, whole.length / 2)
  },
  'cut off in the middle of a part': () => {
    const bytes = Buffer.from(packed(sheetOf(rowsOf(5000))))
    const entry = bytes.indexOf('xl/worksheets/sheet1.xml', bytes.lastIndexOf('PK\u0001\u0002') - 200) - 46
    if (entry > 0) bytes.writeUInt32LE(Math.floor(bytes.readUInt32LE(entry + 20) / 2), entry + 20)
    return new Uint8Array(bytes)
  },
}

/** JSON documents of the same intent. */
export const hostileDocuments: Readonly<Record<string, () => Uint8Array>> = {
  'lists 49,000 deep': () => strToU8('['.repeat(49_000) + ']'.repeat(49_000)),
  'records without an end': () => strToU8('{"a":'.repeat(19_000)),
  'lists 100,000 deep, too long to be fetched': () => strToU8('['.repeat(100_000) + ']'.repeat(100_000)),
}
