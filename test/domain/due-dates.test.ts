import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDueDate } from '../../src/domain/due-dates.ts'

// A Monday.
const today = Temporal.PlainDate.from('2026-11-23')
const due = (text: string, on = today) => {
  const result = parseDueDate(text, on)
  return result.ok ? result.value.toString() : result.problem.code
}

describe('due dates', () => {
  test.each([
    ['30/11', '2026-11-30'],
    ['ngày 30 tháng 11', '2026-11-30'],
    ['hạn 30/11/2026', '2026-11-30'],
    ['30/11/26', '2026-11-30'],
    ['trước ngày 30/11', '2026-11-30'],
    ['2026-12-01', '2026-12-01'],
    ['15/1', '2027-01-15'],
    ['ngày 30', '2026-11-30'],
    ['ngày 5', '2026-12-05'],
    ['hôm nay', '2026-11-23'],
    ['Ngày mai', '2026-11-24'],
    ['mai', '2026-11-24'],
    ['thứ 7', '2026-11-28'],
    ['thứ bảy', '2026-11-28'],
    ['thu 7 tuan nay', '2026-11-28'],
    ['T7', '2026-11-28'],
    ['thứ hai', '2026-11-23'],
    ['thứ 2 tuần sau', '2026-11-30'],
    ['thứ sáu tuần tới', '2026-12-04'],
    ['chủ nhật', '2026-11-29'],
    ['CN', '2026-11-29'],
    ['cuối tuần', '2026-11-29'],
    ['trong tuần này', '2026-11-29'],
    ['tuần sau', '2026-12-06'],
    ['cuối tháng', '2026-11-30'],
    ['cuối tháng sau', '2026-12-31'],
    ['cuối quý', '2026-12-31'],
    ['cuối năm', '2026-12-31'],
    ['3 ngày nữa', '2026-11-26'],
    ['2 tuần', '2026-12-07'],
  ])('“%s” is %s', (text, day) => {
    expect(due(text)).toBe(day)
  })
  test.each([
    ['20/11', 'dueDate.past'],
    ['20/11/2025', 'dueDate.past'],
    ['30/11/2062', 'dueDate.tooFar'],
    ['31/2', 'date.impossible'],
    ['ngày 31', 'date.impossible'],
    ['khi nào xong', 'date.unreadable'],
    ['constructor', 'date.unreadable'],
    ['2026', 'date.unreadable'],
    ['', 'date.empty'],
  ])('“%s” is refused with %s', (text, code) => {
    expect(due(text)).toBe(code)
  })
  test('a weekday of this week that is over is refused', () => {
    expect(due('thứ 2 tuần này', today.add({ days: 2 }))).toBe('dueDate.past')
  })
  test('whatever is accepted lies on or after today', () => {
    const words = fc.constantFrom('thứ', '7', 'tuần', 'này', 'sau', 'cuối', 'tháng', 'ngày', '30/11', 'mai', '5', 'nữa')
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), fc.integer({ min: 0, max: 3000 }), (text, days) => {
        const on = today.add({ days })
        const result = parseDueDate(text.join(' '), on)
        if (result.ok) expect(Temporal.PlainDate.compare(result.value, on)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a refusal names the day as people write it', () => {
    expect(parseDueDate('20/11', Temporal.PlainDate.from('2026-11-23'))).toMatchObject({
      problem: { params: { value: '20/11/2026' } },
    })
    expect(parseDueDate('sáng mốt', Temporal.PlainDate.from('2026-11-23'))).toMatchObject({
      problem: { params: { value: 'sáng mốt' } },
    })
  })
})
