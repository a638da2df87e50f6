import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  firstDay,
  formatPeriod,
  isFuture,
  isPeriod,
  lastDay,
  monthOf,
  parsePeriod,
  periodKind,
  previous,
} from '../../src/domain/period.ts'

const today = Temporal.PlainDate.from('2026-11-23')
const read = (text: string, on = today) => {
  const result = parsePeriod(text, on)
  return result.ok ? result.value : result.problem.code
}
const anyPeriod = fc
  .tuple(fc.integer({ min: 1901, max: 2098 }), fc.constantFrom('', '-Q1', '-Q4', '-01', '-07', '-12'))
  .map(([year, tail]) => `${year}${tail}`)
  .filter(isPeriod)

describe('periods', () => {
  test.each([
    ['11/2026', '2026-11'],
    ['tháng 11/2026', '2026-11'],
    ['Thang 11 nam 2026', '2026-11'],
    ['T11-2026', '2026-11'],
    ['2026-11', '2026-11'],
    ['2026-7', '2026-07'],
    ['tháng 11', '2026-11'],
    ['T9', '2026-09'],
    ['quý IV/2026', '2026-Q4'],
    ['Q4-2026', '2026-Q4'],
    ['2026-Q4', '2026-Q4'],
    ['quý 3', '2026-Q3'],
    ['năm 2026', '2026'],
    ['2026', '2026'],
  ])('“%s” is %s', (text, period) => {
    expect(read(text)).toBe(period)
  })
  test.each(['13/2026', '0/2026', 'quý V/2026', 'tháng', '', '11/26', '3026'])('“%s” is refused', (text) => {
    expect(read(text)).toBe('period.unreadable')
  })
  test('in January “tháng 12” is last month', () => {
    expect(read('tháng 12', Temporal.PlainDate.from('2027-01-05'))).toBe('2026-12')
    expect(read('tháng 1', Temporal.PlainDate.from('2026-12-28'))).toBe('2027-01')
  })
  test('the running month is not in the future, the next one is', () => {
    expect(isFuture(monthOf(today), today)).toBe(false)
    expect(isFuture(monthOf(today.add({ months: 1 })), today)).toBe(true)
  })
  test('a period is read back from the form it is shown in', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        expect(read(formatPeriod(period))).toBe(period)
      }),
    )
  })
  test('the one before ends the day before this one begins, and is of the same kind', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        expect(lastDay(previous(period)).add({ days: 1 }).equals(firstDay(period))).toBe(true)
        expect(periodKind(previous(period))).toBe(periodKind(period))
      }),
    )
  })
  test('periods are shown in Vietnamese', () => {
    expect(['2026-11', '2026-Q4', '2026'].filter(isPeriod).map(formatPeriod)).toEqual([
      'tháng 11/2026',
      'quý IV/2026',
      'năm 2026',
    ])
  })
})
