import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAt } from '../../src/domain/dates.ts'
import { type DayOffSpan, isDayOff, publicHolidays } from '../../src/domain/days-off.ts'
import {
  nextScheduled,
  occurrences,
  parseRecurrence,
  type Recurrence,
  scheduledDays,
} from '../../src/domain/recurrence.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = (found: Temporal.PlainDate[]) => found.map(String)
const compare = Temporal.PlainDate.compare

const anyDay = fc.integer({ min: 0, max: 4000 }).map((count) => day('2026-01-01').add({ days: count }))
const anyRule: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({ every: fc.constant('week' as const), weekday: fc.integer({ min: 1, max: 7 }) }),
  fc.record({
    every: fc.constant('month' as const),
    day: fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const)),
  }),
)
const anyDaysOff = fc.array(
  fc
    .record({
      from: anyDay,
      length: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom<DayOffSpan['kind']>('off', 'working'),
    })
    .map(({ from, length, kind }): DayOffSpan => ({ from, to: from.add({ days: length }), kind })),
  { maxLength: 6 },
)

describe('how often something comes back', () => {
  test.each([
    ['mỗi thứ 7', { every: 'week', weekday: 6 }],
    ['sáng thứ Bảy hằng tuần', { every: 'week', weekday: 6 }],
    ['Chủ nhật', { every: 'week', weekday: 7 }],
    ['thu hai hang tuan', { every: 'week', weekday: 1 }],
    ['ngày 15 hằng tháng', { every: 'month', day: 15 }],
    ['hàng tháng ngày 3', { every: 'month', day: 3 }],
    ['mùng 5 hằng tháng', { every: 'month', day: 5 }],
    ['cuối tháng', { every: 'month', day: 'last' }],
    ['ngày cuối tháng', { every: 'month', day: 'last' }],
  ])('“%s”', (text, rule) => {
    expect(parseRecurrence(text)).toEqual({ ok: true, value: rule })
  })
  test.each([
    ['ngày 31 hằng tháng', 'recurrence.notEveryMonth'],
    ['ngày 29 hằng tháng', 'recurrence.notEveryMonth'],
    ['ngày 32', 'recurrence.unreadable'],
    ['khi nào rỗi', 'recurrence.unreadable'],
    ['7', 'recurrence.unreadable'],
    ['', 'recurrence.unreadable'],
  ])('“%s” is refused with %s', (text, code) => {
    expect(parseRecurrence(text)).toMatchObject({ ok: false, problem: { code } })
  })
})

describe('the days of a rule', () => {
  test('the end of each month, in a leap year too', () => {
    const rule = { every: 'month', day: 'last' } as const
    expect(days(occurrences(rule, day('2028-01-15'), day('2028-04-30')))).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ])
    expect(days(occurrences(rule, day('2027-02-01'), day('2027-02-28')))).toEqual(['2027-02-28'])
  })
  test('at Tết the clean-up falls out and what comes monthly moves behind it', () => {
    const tet = publicHolidays(2027)
    const saturday = { every: 'week', weekday: 6 } as const
    expect(days(scheduledDays(saturday, day('2027-01-30'), day('2027-02-13'), tet))).toEqual([
      '2027-01-30',
      '2027-02-13',
    ])
    const sixth = { every: 'month', day: 6 } as const
    expect(days(scheduledDays(sixth, day('2027-02-01'), day('2027-02-28'), tet))).toEqual(['2027-02-10'])
  })
  test('what the ward calls a working day is one', () => {
    const table: DayOffSpan[] = [
      ...publicHolidays(2027),
      { from: day('2027-02-06'), to: day('2027-02-06'), kind: 'working' },
    ]
    const saturday = { every: 'week', weekday: 6 } as const
    expect(nextScheduled(saturday, day('2027-02-01'), table)?.toString()).toBe('2027-02-06')
  })
  test('a day is the one on the clocks of Viet Nam', () => {
    expect(dayAt(new Date('2027-02-28T16:59:59Z')).toString()).toBe('2027-02-28')
    expect(dayAt(new Date('2027-02-28T17:00:00Z')).toString()).toBe('2027-03-01')
  })

  test('each week has one, each month has one, in order', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, from) => {
        const found = occurrences(rule, from, from.add({ years: 2 }))
        for (const [index, one] of found.entries()) {
          expect(compare(one, from)).toBeGreaterThanOrEqual(0)
          const before = found[index - 1]
          if (!before) continue
          if (rule.every === 'week') expect(before.until(one).days).toBe(7)
          else expect(before.toPlainYearMonth().add({ months: 1 }).toString()).toBe(one.toPlainYearMonth().toString())
        }
      }),
    )
  })
  test('none lies on a day off', () => {
    fc.assert(
      fc.property(anyRule, anyDay, anyDaysOff, (rule, from, off) => {
        for (const one of scheduledDays(rule, from, from.add({ months: 6 }), off))
          expect(isDayOff(one, off)).toBe(false)
      }),
    )
  })
  test('no day is lost or doubled where a time is asked for in two stretches', () => {
    fc.assert(
      fc.property(anyRule, anyDay, fc.nat(200), fc.nat(200), (rule, from, first, second) => {
        const middle = from.add({ days: first })
        const to = middle.add({ days: second })
        const off = [2026, 2027, 2028, 2029, 2030].flatMap(publicHolidays)
        expect(days(scheduledDays(rule, from, to, off))).toEqual([
          ...days(scheduledDays(rule, from, middle, off)),
          ...days(scheduledDays(rule, middle.add({ days: 1 }), to, off)),
        ])
      }),
    )
  })
  test('what comes monthly is never dropped for a holiday', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 6, 17, 28, 'last' as const), fc.integer({ min: 2026, max: 2030 }), (on, year) => {
        const off = [year - 1, year, year + 1].flatMap(publicHolidays)
        const found = scheduledDays({ every: 'month', day: on }, day(`${year}-01-01`), day(`${year}-12-31`), off)
        const months = new Set(occurrences({ every: 'month', day: on }, day(`${year}-01-01`), day(`${year}-12-31`)))
        expect(Math.abs(found.length - months.size)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
