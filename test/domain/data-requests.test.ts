import { expect, test } from 'vitest'
import { requestDays } from '../../src/domain/data-requests.ts'
import { type DaysOff, publicHolidays } from '../../src/domain/days-off.ts'
import { packFor } from '../../src/domain/packs/index.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test.each([
  ['2026-11-23', '2026-11-25'],
  ['2026-11-26', '2026-11-30'],
  ['2026-11-28', '2026-12-01'],
  // Tết, from the Monday before it to the Friday: the days that the law frees are no working days.
  ['2026-02-13', '2026-02-24'],
  // 30/4 and 1/5 fall on Thursday and Friday.
  ['2026-04-29', '2026-05-05'],
])('a request of %s is answered by %s: two working days', (received, answered) => {
  const pack = packFor('privacy', day(received))
  if (!pack.ok) throw new Error('no pack')
  const days = requestDays(pack.value, 'correction', day(received), publicHolidays(2026))
  expect(days.answerDueOn.toString()).toBe(answered)
  expect(days.doneDueOn.toString()).toBe(day(received).add({ days: 10 }).toString())
})

test('a Saturday that the ward works counts, a day that it has off does not, and the ten days run through both', () => {
  const on = (text: string, kind: 'off' | 'working') => ({ from: day(text), to: day(text), kind })
  const daysOff: DaysOff = [on('2026-11-27', 'off'), on('2026-11-28', 'working')]
  const pack = packFor('privacy', day('2026-11-26'))
  if (!pack.ok) throw new Error('no pack')
  const days = requestDays(pack.value, 'correction', day('2026-11-26'), daysOff)
  expect(days.answerDueOn.toString()).toBe('2026-11-30')
  expect(days.doneDueOn.toString()).toBe('2026-12-06')
})

test('before 2026 the law gave no days', () => {
  expect(packFor('privacy', day('2025-12-31')).ok).toBe(false)
})
