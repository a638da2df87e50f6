import type { Cell, SheetRows } from '../../../src/platform/workbook.ts'

/** Cells by column title; what is not named is empty. */
export type Line = Record<string, Cell>

const headers = {
  'Chi bộ': ['Mã chi bộ', 'Tên chi bộ', 'Loại', 'Ngày thành lập'],
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
}

/** The sheets of a registry workbook; a sheet that is not given is left out. */
export function workbook(lines: { branches?: Line[]; members?: Line[]; positions?: Line[] }): SheetRows[] {
  const sheet = (name: keyof typeof headers, rows: Line[] | undefined): SheetRows[] =>
    rows
      ? [{ sheet: name, rows: [headers[name], ...rows.map((row) => headers[name].map((title) => row[title] ?? null))] }]
      : []
  return [
    ...sheet('Chi bộ', lines.branches),
    ...sheet('Đảng viên', lines.members),
    ...sheet('Chức vụ', lines.positions),
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
