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
  /** Columns with an "x" in them, as some lists have them instead of one that is written in. */
  readonly ticked?: readonly (Column<K> & { readonly instead: K })[]
}

const numberColumn = {
  key: 'number',
  title: 'Số đảng viên',
  also: ['Số ĐV', 'Mã đảng viên', 'Số thẻ đảng viên'],
  required: true,
} as const
const nameColumn = { key: 'fullName', title: 'Họ và tên', also: ['Họ tên', 'Họ và tên đảng viên'] } as const
const branchColumn = { key: 'branchCode', title: 'Mã chi bộ', also: ['Chi bộ', 'Mã số chi bộ'] } as const
const fromColumn = { key: 'from', title: 'Từ ngày', also: ['Ngày bắt đầu', 'Từ'] } as const
const toColumn = { key: 'to', title: 'Đến ngày', also: ['Ngày kết thúc', 'Ngày thôi', 'Đến'] } as const

export const branchSheet = {
  title: 'Chi bộ',
  also: ['Danh sách chi bộ', 'Các chi bộ', 'Danh mục chi bộ', 'Tổ chức đảng', 'Danh sách tổ chức đảng'],
  columns: [
    { key: 'code', title: 'Mã chi bộ', also: ['Mã', 'Mã số chi bộ'], required: true },
    { key: 'name', title: 'Tên chi bộ', also: ['Tên', 'Chi bộ'], required: true },
    { key: 'sector', title: 'Loại', also: ['Loại chi bộ', 'Loại hình'], required: true },
    { key: 'openedOn', title: 'Ngày thành lập', also: ['Thành lập'] },
    { key: 'openedBy', title: 'Số quyết định thành lập', also: ['Quyết định thành lập', 'QĐ thành lập'] },
    { key: 'kind', title: 'Loại tổ chức', also: ['Cấp tổ chức'] },
    { key: 'parentCode', title: 'Trực thuộc', also: ['Mã tổ chức cấp trên', 'Tổ chức cấp trên'] },
    { key: 'dissolvedOn', title: 'Ngày giải thể', also: ['Giải thể'] },
    { key: 'dissolvedBy', title: 'Số quyết định giải thể', also: ['Quyết định giải thể', 'QĐ giải thể'] },
  ],
} as const satisfies SheetLayout<string>

/** A ward's own names for kinds of organisations. */
export const kindSheet = {
  title: 'Loại tổ chức',
  also: ['Các loại tổ chức'],
  columns: [
    { key: 'name', title: 'Tên loại', also: ['Tên', 'Loại tổ chức'], required: true },
    { key: 'form', title: 'Tương đương', also: ['Là'], required: true },
  ],
} as const satisfies SheetLayout<string>

export const groupSheet = {
  title: 'Tổ dân phố',
  also: ['Danh sách tổ dân phố', 'Các tổ dân phố', 'Khu dân cư', 'Thôn'],
  columns: [
    { key: 'name', title: 'Tên tổ dân phố', also: ['Tổ dân phố', 'Tên tổ', 'Tên'], required: true },
    branchColumn,
    { key: 'households', title: 'Số hộ', also: ['Số hộ dân', 'Hộ'] },
    { key: 'residents', title: 'Số dân', also: ['Số nhân khẩu', 'Nhân khẩu', 'Dân số'] },
  ],
} as const satisfies SheetLayout<string>

export const memberSheet = {
  title: 'Đảng viên',
  also: ['Danh sách đảng viên', 'DS đảng viên', 'Các đảng viên'],
  columns: [
    numberColumn,
    { ...nameColumn, required: true },
    { key: 'birth', title: 'Ngày sinh', also: ['Năm sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh'] },
    { key: 'gender', title: 'Giới tính', also: ['Giới', 'Nam/Nữ', 'Giới tính (Nam/Nữ)'] },
    { key: 'phone', title: 'Điện thoại', also: ['Số điện thoại', 'SĐT', 'Di động', 'ĐT'] },
    { ...branchColumn, required: true },
    { key: 'status', title: 'Tình trạng', also: ['Tình trạng đảng viên', 'Diện đảng viên'], required: true },
    { key: 'admittedOn', title: 'Ngày vào Đảng', also: ['Ngày kết nạp', 'Ngày vào Đảng dự bị'] },
    { key: 'officialOn', title: 'Ngày chính thức', also: ['Ngày vào Đảng chính thức', 'Ngày công nhận chính thức'] },
    { key: 'joinedOn', title: 'Ngày về chi bộ', also: ['Ngày chuyển về', 'Ngày về sinh hoạt'] },
    { key: 'office', title: 'Cơ quan', also: ['Cơ quan công tác', 'Đơn vị công tác'] },
    { key: 'job', title: 'Chức danh', also: ['Chức danh công tác'] },
    { key: 'note', title: 'Ghi chú' },
  ],
  ticked: [
    { key: 'male', title: 'Nam', instead: 'gender' },
    { key: 'female', title: 'Nữ', instead: 'gender' },
    { key: 'official', title: 'Chính thức', also: ['Đảng viên chính thức'], instead: 'status' },
    { key: 'probationary', title: 'Dự bị', also: ['Đảng viên dự bị'], instead: 'status' },
    { key: 'exempt', title: 'Miễn sinh hoạt', also: ['Miễn công tác, sinh hoạt'], instead: 'status' },
    { key: 'suspended', title: 'Đình chỉ', also: ['Đình chỉ sinh hoạt'], instead: 'status' },
  ],
} as const satisfies SheetLayout<string>

export const positionSheet = {
  title: 'Chức vụ',
  also: ['Danh sách chức vụ', 'Các chức vụ', 'Chức vụ Đảng'],
  columns: [
    numberColumn,
    nameColumn,
    { key: 'post', title: 'Chức vụ', also: ['Chức vụ Đảng'], required: true },
    { ...branchColumn, required: true },
    fromColumn,
    toColumn,
  ],
} as const satisfies SheetLayout<string>

/** Every membership from day to day; 'Đảng viên' says only where somebody is now. */
export const membershipSheet = {
  title: 'Sinh hoạt',
  also: ['Quá trình sinh hoạt', 'Quá trình sinh hoạt đảng'],
  columns: [
    numberColumn,
    nameColumn,
    { ...branchColumn, required: true },
    { key: 'kind', title: 'Hình thức', also: ['Hình thức sinh hoạt'] },
    { ...fromColumn, required: true },
    toColumn,
    { key: 'reason', title: 'Lý do' },
  ],
} as const satisfies SheetLayout<string>

export const statusSheet = {
  title: 'Tình trạng',
  also: ['Quá trình tình trạng', 'Tình trạng đảng viên'],
  columns: [
    numberColumn,
    nameColumn,
    { key: 'status', title: 'Tình trạng', also: ['Tình trạng đảng viên'], required: true },
    { ...fromColumn, required: true },
    toColumn,
  ],
} as const satisfies SheetLayout<string>

export const cadreSheet = {
  title: 'Công tác',
  also: ['Quá trình công tác', 'Cán bộ'],
  columns: [
    numberColumn,
    nameColumn,
    { key: 'office', title: 'Cơ quan', also: ['Cơ quan công tác', 'Đơn vị công tác'], required: true },
    { key: 'job', title: 'Chức danh', also: ['Chức danh công tác'] },
    { ...fromColumn, required: true },
    toColumn,
  ],
} as const satisfies SheetLayout<string>

/** Members of branches elsewhere who keep contact with the branch where they live (213-QĐ/TW 2020). */
export const liaisonSheet = {
  title: 'Cư trú',
  also: ['Đảng viên 213', 'Đảng viên nơi cư trú', 'Giữ mối liên hệ nơi cư trú'],
  columns: [
    numberColumn,
    nameColumn,
    { ...branchColumn, required: true },
    { key: 'workplace', title: 'Nơi công tác', also: ['Đơn vị công tác', 'Cơ quan'] },
    { key: 'exempt', title: 'Miễn nhận xét' },
    { ...fromColumn, required: true },
    toColumn,
  ],
} as const satisfies SheetLayout<string>

export const commentSheet = {
  title: 'Nhận xét cư trú',
  also: ['Nhận xét nơi cư trú'],
  columns: [
    numberColumn,
    nameColumn,
    { key: 'year', title: 'Năm', required: true },
    { key: 'text', title: 'Nhận xét', required: true },
  ],
} as const satisfies SheetLayout<string>

/** The sheets of the workbook in their order, by the part of the registry each holds. */
export const layouts = {
  branches: branchSheet,
  members: memberSheet,
  positions: positionSheet,
  groups: groupSheet,
  memberships: membershipSheet,
  statuses: statusSheet,
  cadres: cadreSheet,
  liaisons: liaisonSheet,
  comments: commentSheet,
  kinds: kindSheet,
} as const
export type Part = keyof typeof layouts
export const parts = [
  'branches',
  'members',
  'positions',
  'groups',
  'memberships',
  'statuses',
  'cadres',
  'liaisons',
  'comments',
  'kinds',
] as const satisfies readonly Part[]

/** The keys of a sheet's columns. */
export type ColumnOf<P extends Part> = KeysOf<(typeof layouts)[P]>
type KeysOf<L> = L extends { columns: readonly { key: infer K }[]; ticked: readonly { key: infer T }[] }
  ? K | T
  : L extends { columns: readonly { key: infer K }[] }
    ? K
    : never

/** The part of the registry that a sheet's name stands for: case, diacritics and extra spaces do not matter. */
export function partNamed(sheet: string): Part | undefined {
  const key = titleKey(sheet)
  return parts.find((part) => {
    const { title, also } = layouts[part]
    return [title, ...also].some((name) => titleKey(name) === key)
  })
}

/** The column a header cell stands for. */
export function columnNamed<K extends string>(layout: SheetLayout<K>, header: string): Column<K> | undefined {
  const key = titleKey(header)
  return [...layout.columns, ...(layout.ticked ?? [])].find(({ title, also = [] }) =>
    [title, ...also].some((name) => titleKey(name) === key),
  )
}

/** A header that announces citizen-ID numbers, which this register must not hold (Law 91/2025/QH15: no more than needed). */
export function isCitizenIdHeader(header: string): boolean {
  return /\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh ca nhan)\b/.test(titleKey(header))
}
