import { describe, expect, it } from 'vitest'
import { compareWithRegister } from '../../../src/features/registry/import/compare.ts'
import { readRegistry } from '../../../src/features/registry/import/read-registry.ts'
import { loadTexts } from '../../../src/platform/texts.ts'
import type { SheetRows } from '../../../src/platform/workbook.ts'
import { branchLine, type Line, memberLine, positionLine, smallWard, workbook } from './workbooks.ts'

const today = Temporal.PlainDate.from('2026-11-23')
const emptyRegister = {
  kinds: [],
  branches: new Map(),
  groups: [],
  people: new Map(),
  memberships: [],
  statuses: [],
  cadres: [],
  positions: [],
  liaisons: [],
}
const texts = loadTexts()

function read(sheets: SheetRows[]) {
  const result = readRegistry(sheets, today)
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

/** `sheet row column code` of each wrong cell, after reading and comparing with an empty register. */
function wrong(sheets: SheetRows[]): string[] {
  const { rows, problems } = read(sheets)
  const all = [...problems, ...compareWithRegister(rows, emptyRegister, today).problems]
  for (const { problem } of all) expect(texts.problem(problem)).toMatch(/[.]$/)
  return all.map(({ sheet, row, column, problem }) => `${sheet} ${row} ${column} ${problem.code}`)
}

function withMember(other: Line): SheetRows[] {
  return workbook({ branches: smallWard.branches, members: [memberLine(1, other)] })
}

describe('a workbook without the right sheets', () => {
  const failure = (sheets: SheetRows[]) => {
    const result = readRegistry(sheets, today)
    return result.ok ? null : result.problem
  }
  const rows = [['a'], ['b']]

  it('is refused where no sheet is known, naming those it has', () => {
    expect(failure([{ sheet: 'Sheet1', rows }])).toEqual({ code: 'registry.noSheet', params: { sheets: '«Sheet1»' } })
  })

  it('is refused where a sheet with rows would be left out', () => {
    expect(failure([...workbook(smallWard), { sheet: 'DS', rows }])?.code).toBe('registry.sheetUnknown')
  })

  it('is refused where two sheets mean the same', () => {
    const [branches] = workbook({ branches: smallWard.branches })
    const again = { sheet: 'CHI BO', rows: branches?.rows ?? [] }
    expect(failure([...workbook(smallWard), again])?.code).toBe('registry.sheetTwice')
  })

  it('is refused where it is the empty template', () => {
    expect(failure(workbook({ branches: [], members: [], positions: [] }))?.code).toBe('registry.noRows')
  })

  it('is read beside empty sheets and the sheet of notes', () => {
    expect(failure([...workbook(smallWard), { sheet: 'Sheet2', rows: [] }, { sheet: 'Hướng dẫn', rows }])).toBeNull()
  })
})

describe('columns', () => {
  const renamed = (change: (header: string) => string) =>
    workbook(smallWard).map(({ sheet, rows: [first = [], ...rest] }) => ({
      sheet,
      rows: [first.map((cell) => change(String(cell))), ...rest],
    }))

  it('are recognised in any case, without diacritics, with extra spaces and decomposed', () => {
    const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
    expect(wrong(renamed((text) => `  ${plain(text).toUpperCase().replace(' ', '  ')} `))).toEqual([])
    expect(wrong(renamed((text) => text.normalize('NFD')))).toEqual([])
  })

  it('are found under a heading', () => {
    const sheets = workbook(smallWard).map(({ sheet, rows }) => ({ sheet, rows: [['DANH SÁCH'], [], ...rows] }))
    expect(wrong(sheets)).toEqual([])
  })

  it('that are missing or stand twice are named, and nothing else is said of their rows', () => {
    expect(wrong(renamed((text) => (text === 'Tình trạng' ? 'Trạng thái' : text)))).toEqual([
      'Đảng viên 1 null registry.columnMissing',
      'Chức vụ 2 Số đảng viên registry.personUnknown',
    ])
    expect(wrong(renamed((text) => (text === 'Ghi chú' ? 'Họ tên' : text)))[0]).toBe(
      'Đảng viên 1 Họ tên registry.columnTwice',
    )
  })

  it('with citizen-ID numbers are refused', () => {
    for (const header of ['CCCD', 'Số CMND', 'Số căn cước công dân', 'Chứng minh nhân dân'])
      expect(wrong(renamed((text) => (text === 'Ghi chú' ? header : text)))[0]).toMatch(/citizenIdColumn/)
  })

  it('with the numbers of the lines are passed over, and so are lines that hold nothing else', () => {
    const sheets = workbook(smallWard).map(({ sheet, rows: [header = [], ...rest] }) => ({
      sheet,
      rows: [['STT', ...header], ...rest.map((row, index) => [index + 1, ...row]), [99], [100, null]],
    }))
    expect(wrong(sheets)).toEqual([])
    expect(read(sheets).notes).toEqual([])
  })

  it('that nothing is read from are said aloud', () => {
    const notes = read(renamed((text) => (text === 'Ghi chú' ? 'Quê quán' : text))).notes
    expect(notes).toContainEqual({ kind: 'ignoredColumns', sheet: 'Đảng viên', columns: 'Quê quán' })
  })
})

describe('cells of a branch', () => {
  it.each([
    [{ 'Mã chi bộ': null }, 'Chi bộ 2 Mã chi bộ registry.cellEmpty'],
    [{ 'Tên chi bộ': '' }, 'Chi bộ 2 Tên chi bộ registry.cellEmpty'],
    [{ Loại: 'Câu lạc bộ' }, 'Chi bộ 2 Loại registry.sectorUnknown'],
    [{ 'Ngày thành lập': '31/02/2004' }, 'Chi bộ 2 Ngày thành lập date.impossible'],
    [{ 'Ngày thành lập': '01/01/2030' }, 'Chi bộ 2 Ngày thành lập registry.dayAhead'],
  ])('%j', (other: Line, expected) => {
    expect(wrong(workbook({ branches: [branchLine(1, other)] }))).toEqual([expected])
  })

  it('a code or a name that stands twice is named with the first row', () => {
    const sameCode = workbook({ branches: [branchLine(1), branchLine(2, { 'Mã chi bộ': 'cb 1' })] })
    expect(wrong(sameCode)).toEqual(['Chi bộ 3 Mã chi bộ registry.branchTwice'])
    const sameName = workbook({ branches: [branchLine(1), branchLine(2, { 'Tên chi bộ': 'CHI BỘ tổ dân phố số 1' })] })
    expect(wrong(sameName)).toEqual(['Chi bộ 3 Tên chi bộ registry.branchNameTwice'])
  })
})

describe('cells of a member', () => {
  it.each([
    [{ 'Số đảng viên': null }, 'Số đảng viên registry.cellEmpty'],
    [{ 'Số đảng viên': '001080012345' }, 'Số đảng viên registry.citizenIdCell'],
    [{ 'Ghi chú': 'CC 0010 8001 2345' }, 'Ghi chú registry.citizenIdCell'],
    [{ 'Họ và tên': '' }, 'Họ và tên registry.cellEmpty'],
    [{ 'Họ và tên': 12345 }, 'Họ và tên registry.nameUnreadable'],
    [{ 'Mã chi bộ': null }, 'Mã chi bộ registry.cellEmpty'],
    [{ 'Mã chi bộ': 'CB9' }, 'Mã chi bộ registry.branchUnknown'],
    [{ 'Tình trạng': null }, 'Tình trạng registry.cellEmpty'],
    [{ 'Tình trạng': 'Nghỉ' }, 'Tình trạng registry.statusUnknown'],
    [{ 'Ngày sinh': '32/13/1980' }, 'Ngày sinh date.impossible'],
    [{ 'Ngày sinh': '1/5/80' }, 'Ngày sinh date.shortYear'],
    [{ 'Ngày sinh': '01/05/2020' }, 'Ngày sinh registry.tooYoung'],
    [{ 'Giới tính': 'Khác' }, 'Giới tính registry.genderUnknown'],
    [{ 'Điện thoại': '0912 345 678 / 0243 1' }, 'Điện thoại registry.phoneUnreadable'],
    [{ 'Ngày vào Đảng': '2005' }, 'Ngày vào Đảng registry.onlyYear'],
    [{ 'Ngày vào Đảng': '01/12/2026' }, 'Ngày vào Đảng registry.dayAhead'],
    [{ 'Ngày vào Đảng': '03/02/2006', 'Ngày chính thức': '03/02/2005' }, 'Ngày chính thức registry.officialTooEarly'],
    [{ 'Tình trạng': 'Dự bị', 'Ngày chính thức': '03/02/2005' }, 'Ngày chính thức registry.officialWhileProbationary'],
    [{ 'Ngày về chi bộ': 'hôm qua' }, 'Ngày về chi bộ date.unreadable'],
    [{ 'Ghi chú': 'a'.repeat(301) }, 'Ghi chú registry.textTooLong'],
  ])('%j', (other: Line, expected) => {
    expect(wrong(withMember(other))).toEqual([`Đảng viên 2 ${expected}`])
  })

  it('are read in the spellings of the field', () => {
    const { rows } = read(
      withMember({
        'Số đảng viên': ' đv 1',
        'Họ và tên': 'NGUYỄN  THỊ HOÀ'.normalize('NFD'),
        'Ngày sinh': 1954,
        'Giới tính': 'nữ',
        'Điện thoại': 912345678,
        'Mã chi bộ': 'cb1',
        'Tình trạng': 'Đảng viên chính thức',
        'Ngày vào Đảng': '3.2.2005',
        'Ngày chính thức': new Date(Date.UTC(2006, 1, 3)),
        'Ngày về chi bộ': 43831,
      }),
    )
    expect(rows.members.rows[0]).toMatchObject({
      number: 'ĐV1',
      fullName: 'Nguyễn Thị Hoà',
      birth: { on: null, year: 1954 },
      gender: 'female',
      phone: '0912345678',
      branchCode: 'CB1',
      status: 'official',
      admittedOn: '2005-02-03',
      officialOn: '2006-02-03',
      joinedOn: '2020-01-01',
    })
  })

  it.each(['+84 912 345 678', '0912.345.678', '912345678', '0912-345-678'])('read the telephone %s', (phone) => {
    expect(read(withMember({ 'Điện thoại': phone })).rows.members.rows[0]?.phone).toBe('0912345678')
  })

  it('a number that stands twice, in one branch or in two', () => {
    const twice = (branch: string) =>
      workbook({ ...smallWard, members: [memberLine(1), memberLine(1, { 'Mã chi bộ': branch })], positions: [] })
    expect(wrong(twice('CB1'))).toEqual(['Đảng viên 3 Số đảng viên registry.numberTwice'])
    expect(wrong(twice('CB2'))).toEqual(['Đảng viên 3 Số đảng viên registry.inTwoBranches'])
  })

  it('the same name and birth date under two numbers is a remark, not an error', () => {
    const { notes, problems } = read(
      workbook({ ...smallWard, members: [memberLine(1), memberLine(13, { 'Mã chi bộ': 'CB2' })] }),
    )
    expect(problems).toEqual([])
    expect(notes).toContainEqual({ kind: 'likelyTwins', number: 'ĐV1', other: 'ĐV13', fullName: 'Nguyễn Văn B' })
  })
})

describe('cells of a post', () => {
  it.each([
    [{ 'Số đảng viên': 'ĐV99' }, 'Số đảng viên registry.personUnknown'],
    [{ 'Họ và tên': 'Trần Thị Khác' }, 'Họ và tên registry.nameDiffers'],
    [{ 'Chức vụ': 'Trưởng ban' }, 'Chức vụ post.unknown'],
    [{ 'Chức vụ': 'Chi ủy viên', 'Mã chi bộ': null }, 'Chức vụ post.wrongPlace'],
    [{ 'Mã chi bộ': 'CB9' }, 'Mã chi bộ registry.branchUnknown'],
    [{ 'Từ ngày': '01/12/2026' }, 'Từ ngày registry.dayAhead'],
    [{ 'Đến ngày': '01/04/2025' }, 'Đến ngày registry.endBeforeStart'],
    [{ 'Từ ngày': null, 'Đến ngày': '01/04/2025' }, 'Từ ngày registry.startMissing'],
  ])('%j', (other: Line, expected) => {
    expect(wrong(workbook({ ...smallWard, positions: [positionLine(1, other)] }))).toEqual([`Chức vụ 2 ${expected}`])
  })

  it('may write the name without diacritics', () => {
    const positions = [positionLine(1, { 'Họ và tên': 'nguyen van b' })]
    expect(wrong(workbook({ ...smallWard, positions }))).toEqual([])
  })

  it('a branch has one secretary at a time, also in the past', () => {
    const both = (first: Line) => workbook({ ...smallWard, positions: [positionLine(1, first), positionLine(2)] })
    const past = { 'Từ ngày': '01/01/2020' }
    expect(wrong(both(past))).toEqual(['Chức vụ 3 Chức vụ registry.seatTaken'])
    expect(wrong(both({ ...past, 'Đến ngày': '15/04/2025' }))).toEqual(['Chức vụ 3 Chức vụ registry.seatTaken'])
    expect(wrong(both({ ...past, 'Đến ngày': '14/04/2025' }))).toEqual([])
  })

  it('one term of one person is written once', () => {
    const twice = (other: Line) => workbook({ ...smallWard, positions: [positionLine(1), positionLine(1, other)] })
    expect(wrong(twice({}))).toEqual(['Chức vụ 3 Chức vụ registry.positionTwice'])
    expect(wrong(twice({ 'Từ ngày': '01/06/2025' }))).toEqual(['Chức vụ 3 Từ ngày registry.positionOverlaps'])
    expect(wrong(twice({ 'Từ ngày': null }))).toEqual(['Chức vụ 3 Chức vụ registry.positionTwice'])
  })
})
