import type { Term } from '../../domain/vocabulary.ts'
import { recogniser } from '../../domain/vocabulary.ts'

/** The sheet by which a workbook of results is known. */
export const resultSheet = 'Kết quả'

/** The columns of the sheet in their order; the first title is how the template writes it. */
export const resultColumns = [
  { code: 'number', titles: ['Số đảng viên', 'Số ĐV', 'Mã đảng viên'] },
  { code: 'name', titles: ['Họ và tên', 'Họ tên'] },
  { code: 'branch', titles: ['Chi bộ'] },
  { code: 'score', titles: ['Điểm'] },
  { code: 'grade', titles: ['Xếp loại'] },
  { code: 'level', titles: ['Mức xếp loại', 'Mức'] },
  { code: 'remark', titles: ['Nhận xét'] },
  { code: 'disqualifier', titles: ['Lý do xếp không hoàn thành', 'Lý do không hoàn thành', 'Trường hợp loại trừ'] },
] as const satisfies readonly Term<string>[]
export type ResultColumn = (typeof resultColumns)[number]['code']

export const recogniseColumn = recogniser<ResultColumn>(resultColumns)

export function columnTitle(column: ResultColumn): string {
  return resultColumns.find(({ code }) => code === column)?.titles[0] ?? column
}
