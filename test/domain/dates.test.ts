import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarDay, dayAt, fromUtcMidnight, parseDate, toUtcMidnight } from '../../src/domain/dates.ts'
import {
  formatDate,
  formatDateTime,
  formatLongDate,
  formatNumber,
  formatPercent,
  formatTime,
} from '../../src/domain/formats.ts'

const read = (input: string | number | Date) => {
  const result = parseDate(input)
  if (!result.ok) return result.problem.code
  return result.value.kind === 'day' ? result.value.date.toString() : result.value.year
}
const anyDay = fc
  .integer({ min: 0, max: 73_000 })
  .map((days) => Temporal.PlainDate.from('1900-01-01').add({ days }))
  .filter((day) => day.year <= 2099)

describe('dates people write', () => {
  test.each([
    ['1/5/1980', '1980-05-01'],
    ['01.05.1980', '1980-05-01'],
    ['1-5-1980', '1980-05-01'],
    [' 1 / 5 / 1980 ', '1980-05-01'],
    ["'01/05/1980", '1980-05-01'],
    ['1980-05-01', '1980-05-01'],
    ['1980-05-01T00:00:00.000Z', '1980-05-01'],
    ['ngày 05 tháng 02 năm 2021', '2021-02-05'],
    [29342, '1980-05-01'],
    ['29342', '1980-05-01'],
    [29342.5, '1980-05-01'],
    [new Date(Date.UTC(1980, 4, 1)), '1980-05-01'],
    ['1980', 1980],
    [1980, 1980],
  ])('%s is understood', (written, meant) => {
    expect(read(written)).toBe(meant)
  })
  test.each([
    ['', 'date.empty'],
    ['31/02/1980', 'date.impossible'],
    ['29/02/2023', 'date.impossible'],
    ['5/13/1980', 'date.impossible'],
    ['1/5/80', 'date.shortYear'],
    ['1/5/1880', 'date.outOfRange'],
    ['hôm qua', 'date.unreadable'],
    ['1.5', 'date.unreadable'],
    [-3, 'date.unreadable'],
    [Number.NaN, 'date.unreadable'],
    [new Date(Number.NaN), 'date.unreadable'],
  ])('%s is refused with %s', (written, code) => {
    expect(read(written)).toBe(code)
  })
  test('every day is read back from the form it is shown in, and from UTC midnight', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(read(formatDate(day))).toBe(day.toString())
        expect(read(formatLongDate(day))).toBe(day.toString())
        expect(fromUtcMidnight(toUtcMidnight(day)).equals(day)).toBe(true)
      }),
    )
  })
  test('no text makes reading a date throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.double()), (text) => void parseDate(text)))
  })
  test('the calendar has no 30 February', () => {
    expect(calendarDay(2024, 2, 29)?.toString()).toBe('2024-02-29')
    expect(calendarDay(2024, 2, 30)).toBeUndefined()
    expect(calendarDay(2024, 0, 3)).toBeUndefined()
  })
})

describe('dates, times and numbers as shown', () => {
  const moment = Temporal.Instant.from('2021-02-05T17:30:00Z')
  test('times and days are those of Viet Nam', () => {
    expect(formatTime(moment)).toBe('00:30')
    expect(formatDateTime(moment)).toBe('00:30 06/02/2021')
    expect(dayAt(new Date('2021-02-05T17:30:00Z')).toString()).toBe('2021-02-06')
  })
  test('dot for thousands, comma for decimals', () => {
    expect(formatNumber(13874)).toBe('13.874')
    expect(formatNumber(1234)).toBe('1.234')
    expect(formatNumber(92.5)).toBe('92,5')
    expect(formatPercent(0.969)).toBe('96,9%')
    expect(formatPercent(1)).toBe('100%')
  })
})
