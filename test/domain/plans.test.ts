import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstDay, monthOf, previous } from '../../src/domain/period.ts'
import { isYearOpen, monthToReport, needsReport, standsAs } from '../../src/domain/plans.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('the month of which members say how their items stand', () => {
  test.each([
    ['2026-11-20', '2026-11'],
    ['2026-11-30', '2026-11'],
    ['2026-12-10', '2026-11'],
    ['2026-12-11', null],
    ['2026-12-19', null],
    ['2027-01-05', '2026-12'],
    ['2028-02-29', '2028-02'],
  ])('on %s it is %s', (on, month) => {
    expect(monthToReport(day(on))).toBe(month)
  })
  test('is always this one or the one before, and every month has its days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (days) => {
        const on = day('2026-01-01').add({ days })
        const month = monthToReport(on)
        if (month !== null) expect([monthOf(on), previous(monthOf(on))]).toContain(month)
        const here = monthOf(on)
        expect(monthToReport(firstDay(here).with({ day: 20 }))).toBe(here)
      }),
    )
  })
})

describe('an item', () => {
  const said = (month: string, status: 'done' | 'doing' | 'notDone') => ({ month, status })
  test('needs a word each month until it is fulfilled', () => {
    const november = monthOf(day('2026-11-23'))
    expect(needsReport({ progress: [] }, november)).toBe(true)
    expect(needsReport({ progress: [said('2026-10', 'doing')] }, november)).toBe(true)
    expect(needsReport({ progress: [said('2026-11', 'notDone')] }, november)).toBe(false)
    expect(needsReport({ progress: [said('2026-06', 'done')] }, november)).toBe(false)
  })
  test('stands as was said last', () => {
    expect(standsAs({ progress: [said('2026-11', 'done'), said('2026-10', 'notDone')] })).toBe('done')
    expect(standsAs({ progress: [] })).toBeNull()
  })
})

test('the years that are over are closed, the next one may be begun', () => {
  expect([2025, 2026, 2027, 2028].map((year) => isYearOpen(year, day('2026-11-23')))).toEqual([
    false,
    true,
    true,
    false,
  ])
})
