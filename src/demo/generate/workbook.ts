import { toUtcMidnight } from '../../domain/dates.ts'
import { levelTitles } from '../../domain/evaluation.ts'
import { genders, memberStatuses } from '../../domain/members.ts'
import { sectors } from '../../domain/organisations.ts'
import type { Period } from '../../domain/period.ts'
import type { Term } from '../../domain/vocabulary.ts'
import { titleOf } from './posts.ts'
import { cadreResults } from './results.ts'
import type { Ward } from './ward.ts'

export type Cell = string | number | Date | null

/** A sheet as rows of cells, the header row first; dates are UTC midnights. */
export interface Sheet {
  readonly sheet: string
  readonly rows: Cell[][]
}

/** The ward as the three sheets of the registry workbook. */
export function wardWorkbookRows(ward: Ward): Sheet[] {
  const date = (day: Temporal.PlainDate | null) => (day ? toUtcMidnight(day) : null)
  const branches = ward.branches.map((branch): Cell[] => [
    branch.code,
    branch.name,
    titleIn(sectors, branch.sector),
    date(branch.foundedOn),
  ])
  const members = ward.members.map((member): Cell[] => [
    member.number,
    member.name,
    date(member.birthDate),
    titleIn(genders, member.gender),
    member.phone,
    member.branchCode,
    titleIn(memberStatuses, member.status),
    date(member.admittedOn),
    date(member.officialOn),
    date(member.joinedBranchOn),
    member.cadre?.office ?? null,
    member.cadre?.job ?? null,
    member.hasSmartphone ? null : 'Không dùng điện thoại thông minh',
  ])
  const posts = ward.posts.map((held): Cell[] => [
    held.memberNumber,
    held.name,
    titleOf(held),
    held.branchCode,
    date(held.from),
    date(held.to),
  ])
  return [
    { sheet: 'Chi bộ', rows: [['Mã chi bộ', 'Tên chi bộ', 'Loại', 'Ngày thành lập'], ...branches] },
    { sheet: 'Đảng viên', rows: [memberHeaders, ...members] },
    {
      sheet: 'Chức vụ',
      rows: [['Số đảng viên', 'Họ và tên', 'Chức vụ', 'Mã chi bộ', 'Từ ngày', 'Đến ngày'], ...posts],
    },
  ]
}

const memberHeaders = [
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
]

/** A period's results of the cadres as the one sheet a leader sends. */
export function resultsWorkbookRows(ward: Ward, period: Period): Sheet[] {
  const results = cadreResults(ward, period).map((result): Cell[] => [
    result.memberNumber,
    result.name,
    result.branchName,
    result.score,
    result.grade,
    titleIn(levelTitles, result.level),
    result.remark,
  ])
  const headers = ['Số đảng viên', 'Họ và tên', 'Chi bộ', 'Điểm', 'Xếp loại', 'Mức xếp loại', 'Nhận xét']
  return [{ sheet: 'Kết quả', rows: [headers, ...results] }]
}

function titleIn<C extends string>(terms: readonly Term<C>[], code: C): string {
  return terms.find((term) => term.code === code)?.titles[0] ?? code
}
