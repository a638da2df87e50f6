import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard } from '../../support/ward.ts'
import { newOfficer, reread, send, sendData } from './chat.ts'
import { memberLine, smallWard, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** The cells that are filled with the colour of what is wrong. */
function redCells(data: Uint8Array): string[] {
  const parts = unzipSync(data)
  const text = (path: string) => new TextDecoder().decode(parts[path])
  const fills = [...text('xl/styles.xml').matchAll(/<fill>.*?<\/fill>/g)].map(([fill]) => fill.includes('FFC7CE'))
  const styles = [
    ...(text('xl/styles.xml')
      .split('<cellXfs')[1]
      ?.matchAll(/<xf ([^>]*)>/g) ?? []),
  ]
  const red = new Set(
    styles.flatMap(([, style], index) => {
      const fill = /fillId="(\d+)"/.exec(style ?? '')?.[1]
      return fill && fills[Number(fill)] ? [String(index)] : []
    }),
  )
  const sheets = Object.keys(parts).filter((path) => /worksheets\/sheet\d+\.xml$/.test(path))
  return sheets.flatMap((path) =>
    [...text(path).matchAll(/<c r="(\w+)"[^>]* s="(\d+)"/g)].flatMap(([, cell, style]) =>
      cell && red.has(style ?? '') ? [cell] : [],
    ),
  )
}

const countPeople = (wardId: number) => test.app.services.database.person.count({ where: { wardId } })

describe('an officer', () => {
  it('gets the template, which is recognised when it comes back, filled in', async () => {
    const { account, wardId } = await newOfficer(test)
    const answer = await test.people.ask(account, '/mau')
    expect(answer.files[0]?.name).toBe('mau-so-dang-vien.xlsx')
    const template = await readWorkbook(await test.people.file(answer.files[0]?.url ?? ''))
    if (!template.ok) throw new Error(template.problem.code)
    const sheets = template.value.map(({ sheet }) => sheet)
    expect(sheets.slice(0, 3)).toEqual(['Chi bộ', 'Đảng viên', 'Chức vụ'])
    expect(sheets.at(-1)).toBe('Hướng dẫn')
    const guide = template.value.at(-1)?.rows ?? []
    expect(guide.filter(([sheet, , , how]) => sheet && !how)).toEqual([])
    const filled = workbook(smallWard)
    for (const [index, { rows }] of filled.entries())
      expect(template.value[index]?.rows[0]).toEqual(expect.arrayContaining(rows[0] ?? []))
    expect((await send(test, account, template.value)).text).toContain('chưa có dòng dữ liệu nào')
    const preview = await send(test, account, [...filled, ...template.value.slice(3)])
    expect(preview.text).toContain('Đảng viên: 3 mới')
    expect(await countPeople(wardId)).toBe(0)
  })

  it('sees what is new, presses once to write it, and the same file again changes 0 rows', async () => {
    const { account, wardId } = await newOfficer(test)
    const preview = await send(test, account, workbook(smallWard))
    expect(preview.text).toContain('Chi bộ: 2 mới, 0 thay đổi, 0 giữ nguyên')
    expect(buttonsOf(preview)).toEqual(['Nhập vào sổ', 'Thôi'])
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const written = await reread(test, account, preview)
    expect(written.text).toMatch(/^Đã nhập vào sổ/)
    expect(buttonsOf(written)).toEqual(['Mời bí thư chi bộ', 'Hoàn tác', 'Mở danh mục việc'])
    expect(await countPeople(wardId)).toBe(3)
    expect((await send(test, account, workbook(smallWard))).text).toContain('0 dòng thay đổi')
  })

  it('who taps twice hears that it is done', async () => {
    const { account, wardId } = await newOfficer(test)
    const preview = await send(test, account, workbook(smallWard))
    const before = (await test.people.calls()).at(-1)?.n ?? 0
    await Promise.all([
      test.people.press(account, account, preview, 'Nhập vào sổ'),
      test.people.press(account, account, preview, 'Nhập vào sổ'),
    ])
    await test.app.quiet()
    // Where the finger is, if its second press came before the first was done; else in the message.
    const said = (await test.people.calls(before)).map(({ params }) => `${params.text}`).join('\n')
    expect(said).toMatch(/Lần bấm trước đã được nhận|Tệp này đã được nhập vào sổ lúc 09:/)
    expect((await reread(test, account, preview)).text).toMatch(/^(Đã nhập vào sổ|Tệp này đã được nhập)/)
    expect(await countPeople(wardId)).toBe(3)
  })

  it('may drop it', async () => {
    const { account, wardId } = await newOfficer(test)
    const preview = await send(test, account, workbook(smallWard))
    await test.people.press(account, account, preview, 'Thôi')
    expect((await reread(test, account, preview)).text).toContain('Chưa có gì được ghi')
    expect(await countPeople(wardId)).toBe(0)
  })

  it('reads each wrong cell with its place and remedy, and no button to confirm', async () => {
    const { account } = await newOfficer(test)
    const members = [memberLine(1), memberLine(2, { 'Ngày sinh': '31/02/1980', 'Mã chi bộ': 'CB9' })]
    const answer = await send(test, account, workbook({ ...smallWard, members, positions: [] }))
    expect(answer.buttons).toEqual([])
    expect(answer.text).toMatch(/^Tệp có 1 chỗ cần sửa. Chưa có gì được ghi./)
    expect(answer.text).toContain('Trang Đảng viên, hàng 3, cột Ngày sinh: Không có ngày «31/02/1980» trong lịch.')
  })

  it('gets the workbook back with the wrong cells in red and what to mend in each row, and may send that one', async () => {
    const { account, wardId } = await newOfficer(test)
    const members = Array.from({ length: 40 }, (_, index) => memberLine(index, { 'Tình trạng': `=A${index}` }))
    const sent = workbook({ ...smallWard, members, positions: [] })
    const answer = await send(test, account, sent)
    expect(answer.text).toContain('15. Trang Đảng viên, hàng 16')
    expect(answer.text).toContain('và 25 mục nữa trong tệp gửi kèm')
    const file = await test.people.next(account, account)
    const data = await test.people.file(file.files[0]?.url ?? '')
    expect(redCells(data)).toHaveLength(40)
    const read = await readWorkbook(data)
    if (!read.ok) throw new Error(read.problem.code)
    expect(read.value.map(({ sheet }) => sheet)).toEqual(['Chi bộ', 'Đảng viên', 'Chức vụ'])
    const rows = read.value[1]?.rows ?? []
    expect(rows[0]?.at(-1)).toBe('Cần sửa')
    expect(rows[40]?.slice(0, -1)).toEqual(sent[1]?.rows[40])
    expect(rows[40]?.at(-1)).toContain('Tình trạng: Không rõ tình trạng «=A39». Đề nghị ghi một trong: Chính thức')
    const mended = read.value.map(({ sheet, rows }) => ({
      sheet,
      rows: rows.map((row) => row.map((cell) => (/^=A/.test(String(cell)) ? 'Chính thức' : cell))),
    }))
    const preview = await send(test, account, mended)
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    expect(await countPeople(wardId)).toBe(40)
  })

  it('gets a column of citizen-ID numbers back empty, with the reason', async () => {
    const { account } = await newOfficer(test)
    const [first = [], ...rest] = workbook(smallWard)[1]?.rows ?? []
    const rows = [[...first, 'Số CCCD'], ...rest.map((row) => [...row, '001080012345'])]
    const answer = await send(test, account, [{ sheet: 'Đảng viên', rows }])
    expect(answer.text).toContain('Sổ không giữ số căn cước, chứng minh nhân dân: công việc không cần')
    const file = await test.people.next(account, account)
    const read = await readWorkbook(await test.people.file(file.files[0]?.url ?? ''))
    expect(read.ok && JSON.stringify(read.value)).not.toContain('001080012345')
  })

  it('takes an import back with one tap', async () => {
    const { account, wardId } = await newOfficer(test)
    const preview = await send(test, account, workbook(smallWard))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const done = await reread(test, account, preview)
    await test.people.press(account, account, done, 'Hoàn tác')
    expect((await reread(test, account, preview)).text).toContain('Đã hoàn tác')
    expect(await countPeople(wardId)).toBe(0)
  })

  it('gets the whole register as a workbook that changes nothing when it comes back', async () => {
    const { account } = await newOfficer(test)
    expect((await test.people.ask(account, '/xuatso')).text).toContain('Sổ chưa có gì để xuất')
    const preview = await send(test, account, workbook(smallWard))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const answer = await test.people.ask(account, '/xuatso')
    expect(answer.files[0]?.name).toBe('so-dang-vien-23-11-2026.xlsx')
    expect(answer.text).toContain('3 người, 2 tổ chức')
    const data = await test.people.file(answer.files[0]?.url ?? '')
    expect((await sendData(test, account, data, 'so.xlsx')).text).toContain('0 dòng thay đổi')
  })

  it('gets one readable message, however much a cell holds', async () => {
    const { account } = await newOfficer(test)
    const long = 'Ồ'.repeat(3000)
    const members = Array.from({ length: 15 }, (_, index) =>
      memberLine(index, { 'Tình trạng': long, 'Giới tính': long }),
    )
    const answer = await send(test, account, workbook({ ...smallWard, members, positions: [] }))
    expect(answer.text).toMatch(/^Tệp có 30 chỗ cần sửa/)
    expect(answer.text).toContain('mục nữa trong tệp gửi kèm')
  })

  it('who sent the wrong file hears so after its first rows, and gets all of it back', async () => {
    const { account } = await newOfficer(test)
    const members = Array.from({ length: 6000 }, (_, index) => memberLine(index, { 'Ngày sinh': `sai ${index}` }))
    const answer = await send(test, account, workbook({ ...smallWard, members, positions: [] }))
    expect(answer.text).toMatch(/^Chỉ mới xem 2\.000 dòng đầu của mỗi trang đã thấy 1\.999 chỗ cần sửa/)
    const file = await test.people.next(account, account, ({ files }) => files[0]?.name === 'can-sua.xlsx')
    const read = await readWorkbook(await test.people.file(file.files[0]?.url ?? ''))
    const [, sheet] = read.ok ? read.value : []
    expect(sheet?.rows).toHaveLength(6001)
    expect(sheet?.rows[1999]?.at(-1)).toContain('sai 1998')
    expect(sheet?.rows[2000]?.at(-1)).toBeNull()
  })

  it.each([
    ['anh.docx', new TextEncoder().encode('không phải Excel'), 'không phải tệp Excel'],
    ['rong.xlsx', new Uint8Array(), 'Tệp rỗng'],
    ['cu.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), '.xls'],
    ['to.xlsx', new Uint8Array(20_000_001), 'lớn hơn 20 MB'],
  ])('who sends %s hears what is wrong with it', async (name, data, answer) => {
    const { account } = await newOfficer(test)
    expect((await sendData(test, account, data, name)).text).toContain(answer)
  })

  it('who lost the appointment cannot confirm with the old button', async () => {
    const { account, wardId } = await newOfficer(test)
    const preview = await send(test, account, workbook(smallWard))
    const { database, clock } = test.app.services
    await database.appointment.updateMany({ where: { wardId }, data: { to: clock.now() } })
    const answer = await test.people.press(account, account, preview, 'Nhập vào sổ')
    expect(answer.alert).toBe(true)
    expect(await countPeople(wardId)).toBe(0)
  })
})

describe('who keeps no register', () => {
  it('is refused a registry workbook and the template', async () => {
    const ward = await createTestWard(test)
    const secretary = ward.branches[0]?.secretary.account ?? 0
    expect((await send(test, secretary, workbook(smallWard))).text).toContain('chưa được giao')
    expect((await test.people.ask(secretary, '/mau')).text).toContain('chưa được giao')
  })
})
