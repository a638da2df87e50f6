import { titleKey } from '../../../domain/vocabulary.ts'

/** A column of a sheet: our title for it, other titles it is known by, and whether the sheet is unreadable without it. */
export interface Column<K extends string> {
  readonly key: K
  readonly title: string
  readonly also?: readonly string[]
  readonly required?: true
}

/** A sheet of the registry workbook. */
export interface SheetLayout<K extends string> {
  readonly title: string
  readonly also: readonly string[]
  readonly columns: readonly Column<K>[]
}

export const branchSheet = {
  title: 'Chi bộ',
  also: ['Danh sách chi bộ', 'Các chi bộ', 'Danh mục chi bộ'],
  columns: [
    { key: 'code', title: 'Mã chi bộ', also: ['Mã', 'Mã số chi bộ'], required: true },
    { key: 'name', title: 'Tên chi bộ', also: ['Tên', 'Chi bộ'], required: true },
    { key: 'sector', title: 'Loại', also: ['Loại chi bộ', 'Loại hình'], required: true },
    { key: 'openedOn', title: 'Ngày thành lập', also: ['Thành lập'] },
  ],
} as const satisfies SheetLayout<string>

export const memberSheet = {
  title: 'Đảng viên',
  also: ['Danh sách đảng viên', 'DS đảng viên', 'Các đảng viên'],
  columns: [
    { key: 'number', title: 'Số đảng viên', also: ['Số ĐV', 'Mã đảng viên', 'Số thẻ đảng viên'], required: true },
    { key: 'fullName', title: 'Họ và tên', also: ['Họ tên', 'Họ và tên đảng viên'], required: true },
    { key: 'birth', title: 'Ngày sinh', also: ['Năm sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh'] },
    { key: 'gender', title: 'Giới tính', also: ['Giới'] },
    { key: 'phone', title: 'Điện thoại', also: ['Số điện thoại', 'SĐT', 'Di động', 'ĐT'] },
    { key: 'branchCode', title: 'Mã chi bộ', also: ['Chi bộ', 'Mã số chi bộ'], required: true },
    { key: 'status', title: 'Tình trạng', also: ['Tình trạng đảng viên', 'Diện đảng viên'], required: true },
    { key: 'admittedOn', title: 'Ngày vào Đảng', also: ['Ngày kết nạp', 'Ngày vào Đảng dự bị'] },
    { key: 'officialOn', title: 'Ngày chính thức', also: ['Ngày vào Đảng chính thức', 'Ngày công nhận chính thức'] },
    { key: 'joinedOn', title: 'Ngày về chi bộ', also: ['Ngày chuyển về', 'Ngày về sinh hoạt'] },
    { key: 'office', title: 'Cơ quan', also: ['Cơ quan công tác', 'Đơn vị công tác'] },
    { key: 'job', title: 'Chức danh', also: ['Chức danh công tác'] },
    { key: 'note', title: 'Ghi chú' },
  ],
} as const satisfies SheetLayout<string>

export const positionSheet = {
  title: 'Chức vụ',
  also: ['Danh sách chức vụ', 'Các chức vụ', 'Chức vụ Đảng'],
  columns: [
    { key: 'number', title: 'Số đảng viên', also: ['Số ĐV', 'Mã đảng viên', 'Số thẻ đảng viên'], required: true },
    { key: 'fullName', title: 'Họ và tên', also: ['Họ tên', 'Họ và tên đảng viên'] },
    { key: 'post', title: 'Chức vụ', also: ['Chức vụ Đảng'], required: true },
    { key: 'branchCode', title: 'Mã chi bộ', also: ['Chi bộ', 'Mã số chi bộ'], required: true },
    { key: 'from', title: 'Từ ngày', also: ['Ngày bắt đầu', 'Từ'] },
    { key: 'to', title: 'Đến ngày', also: ['Ngày kết thúc', 'Ngày thôi', 'Đến'] },
  ],
} as const satisfies SheetLayout<string>

export type BranchColumn = (typeof branchSheet.columns)[number]['key']
export type MemberColumn = (typeof memberSheet.columns)[number]['key']
export type PositionColumn = (typeof positionSheet.columns)[number]['key']

export const layouts: readonly SheetLayout<string>[] = [branchSheet, memberSheet, positionSheet]

/** The layout that a sheet's name stands for: case, diacritics and extra spaces do not matter. */
export function layoutNamed(sheet: string): SheetLayout<string> | undefined {
  const key = titleKey(sheet)
  return layouts.find(({ title, also }) => [title, ...also].some((name) => titleKey(name) === key))
}

/** The column a header cell stands for. */
export function columnNamed<K extends string>(layout: SheetLayout<K>, header: string): Column<K> | undefined {
  const key = titleKey(header)
  return layout.columns.find(({ title, also = [] }) => [title, ...also].some((name) => titleKey(name) === key))
}

/** A header that announces citizen-ID numbers, which this register must not hold (Law 91/2025/QH15: no more than needed). */
export function isCitizenIdHeader(header: string): boolean {
  return /\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh ca nhan)\b/.test(titleKey(header))
}
