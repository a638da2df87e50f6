import type { Cell, SheetRows } from '../../../src/platform/workbook.ts'

/** Cells by column title; what is not named is empty. */
export type Line = Record<string, Cell>

const headers = {
  'Chi bộ': [
    'Mã chi bộ',
    'Tên chi bộ',
    'Loại',
    'Ngày thành lập',
    'Số quyết định thành lập',
    'Loại tổ chức',
    'Trực thuộc',
    'Ngày giải thể',
    'Số quyết định giải thể',
  ],
  'Đảng viên': [
    'Số đảng viên',
    'Họ và tên',
    'Ngày sinh',
    'Giới tính',
    'Điện thoại',
    'Mã chi bộ',
    'Tình trạng',
    'Ngày vào Đảng',
    'Ngày chính thức',
    'Ngày về chi bộ',
    'Cơ quan',
    'Chức danh',
    'Ghi chú',
  ],
  'Chức vụ': ['Số đảng viên', 'Họ và tên', 'Chức vụ', 'Mã chi bộ', 'Từ ngày', 'Đến ngày'],
  'Tổ dân phố': ['Tên tổ dân phố', 'Mã chi bộ', 'Số hộ', 'Số dân'],
  'Sinh hoạt': ['Số đảng viên', 'Họ và tên', 'Mã chi bộ', 'Hình thức', 'Từ ngày', 'Đến ngày', 'Lý do'],
  'Tình trạng': ['Số đảng viên', 'Họ và tên', 'Tình trạng', 'Từ ngày', 'Đến ngày'],
  'Công tác': ['Số đảng viên', 'Họ và tên', 'Cơ quan', 'Chức danh', 'Từ ngày', 'Đến ngày'],
  'Cư trú': ['Số đảng viên', 'Họ và tên', 'Mã chi bộ', 'Nơi công tác', 'Miễn nhận xét', 'Từ ngày', 'Đến ngày'],
  'Nhận xét cư trú': ['Số đảng viên', 'Họ và tên', 'Năm', 'Nhận xét'],
  'Loại tổ chức': ['Tên loại', 'Tương đương'],
}
type Sheet = keyof typeof headers

/** The sheets of a registry workbook; a sheet that is not given is left out. `more` holds further ones by their names. */
export function workbook(lines: {
  branches?: Line[]
  members?: Line[]
  positions?: Line[]
  more?: Partial<Record<Sheet, Line[]>>
}): SheetRows[] {
  const sheet = (name: Sheet, rows: Line[] | undefined): SheetRows[] =>
    rows
      ? [{ sheet: name, rows: [headers[name], ...rows.map((row) => headers[name].map((title) => row[title] ?? null))] }]
      : []
  return [
    ...sheet('Chi bộ', lines.branches),
    ...sheet('Đảng viên', lines.members),
    ...sheet('Chức vụ', lines.positions),
    ...sheet('Tổ dân phố', lines.more?.['Tổ dân phố']),
    ...sheet('Sinh hoạt', lines.more?.['Sinh hoạt']),
    ...sheet('Tình trạng', lines.more?.['Tình trạng']),
    ...sheet('Công tác', lines.more?.['Công tác']),
    ...sheet('Cư trú', lines.more?.['Cư trú']),
    ...sheet('Nhận xét cư trú', lines.more?.['Nhận xét cư trú']),
    ...sheet('Loại tổ chức', lines.more?.['Loại tổ chức']),
  ]
}

export function branchLine(number: number, other: Line = {}): Line {
  return { 'Mã chi bộ': `CB${number}`, 'Tên chi bộ': `Chi bộ tổ dân phố số ${number}`, Loại: 'Tổ dân phố', ...other }
}

export function memberLine(number: number, other: Line = {}): Line {
  return {
    'Số đảng viên': `ĐV${number}`,
    'Họ và tên': `Nguyễn Văn ${'ABCDEGHIKLMN'[number % 12]}`,
    'Ngày sinh': '01/05/1980',
    'Mã chi bộ': 'CB1',
    'Tình trạng': 'Chính thức',
    'Ngày về chi bộ': '01/01/2020',
    ...other,
  }
}

export function positionLine(number: number, other: Line = {}): Line {
  return {
    'Số đảng viên': `ĐV${number}`,
    'Chức vụ': 'Bí thư chi bộ',
    'Mã chi bộ': 'CB1',
    'Từ ngày': '15/04/2025',
    ...other,
  }
}

/** Two branches, three members, one secretary. */
export const smallWard = {
  branches: [branchLine(1), branchLine(2)],
  members: [memberLine(1), memberLine(2), memberLine(3, { 'Mã chi bộ': 'CB2' })],
  positions: [positionLine(1)],
}
