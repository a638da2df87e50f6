import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayOfMonth, morningOf, morningsIn } from '../../src/domain/mornings.ts'

it('is at seven in Viet Nam, which is midnight of UTC', () => {
  expect(morningOf(Temporal.PlainDate.from('2026-11-25')).toISOString()).toBe('2026-11-25T00:00:00.000Z')
})

it('every morning lies in exactly one of the spans that follow one another', () => {
  const moment = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => new Date(Date.UTC(2028, 1, 1, 0, minutes)))
  fc.assert(
    fc.property(fc.array(moment, { minLength: 2, maxLength: 8 }), (moments) => {
      const sorted = moments.toSorted((a, b) => a.getTime() - b.getTime())
      const [first, last] = [sorted[0], sorted.at(-1)]
      if (!first || !last) return
      const parts = sorted.slice(1).flatMap((until, index) => morningsIn({ since: sorted[index] ?? first, until }))
      expect(parts.map(String)).toEqual(morningsIn({ since: first, until: last }).map(String))
    }),
  )
})

it.each([
  ['2026-02', 31, '2026-02-28'],
  ['2028-02', 30, '2028-02-29'],
  ['2026-11', 31, '2026-11-30'],
  ['2026-11', 25, '2026-11-25'],
])('of %s the day %d is %s', (month, day, expected) => {
  expect(dayOfMonth(Temporal.PlainYearMonth.from(month), day).toString()).toBe(expected)
})
