import { describe, expect, test } from 'vitest'
import { findPeriod } from '../../../src/features/notices/find-period.ts'

const today = Temporal.PlainDate.from('2026-11-23')

describe('the period a caption or file name speaks of', () => {
  test.each([
    ['tháng 11/2026', '2026-11'],
    ['Gửi kết quả 11/2026', '2026-11'],
    ['Kết quả tháng 11-2026.xlsx', '2026-11'],
    ['ket-qua-danh-gia-thang-10-2026 (1).xlsx', '2026-10'],
    ['KQ T9.2026.xlsx', '2026-09'],
    ['2026-11.xlsx', '2026-11'],
    ['Kết quả tháng 9', '2026-09'],
    ['quý IV/2026', '2026-Q4'],
    ['kết quả năm 2026', '2026'],
  ])('«%s» is %s', (text, period) => expect(findPeriod(text, today)).toEqual({ ok: true, value: period }))

  test.each(['Kết quả.xlsx', 'ket qua 23-11-2026.xlsx', 'Danh sách 30 đồng chí', 'Tổ 11.xlsx', ''])(
    '«%s» names none',
    (text) => expect(findPeriod(text, today)).toBeNull(),
  )

  test('tháng 13/2026 is refused as it was written', () => {
    expect(findPeriod('tháng 13/2026', today)).toMatchObject({ problem: { params: { value: 'tháng 13/2026' } } })
  })
})
