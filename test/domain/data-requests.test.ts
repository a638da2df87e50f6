import { expect, test } from 'vitest'
import { requestDays } from '../../src/domain/data-requests.ts'
import { packFor } from '../../src/domain/packs/index.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test.each([
  ['2026-11-23', '2026-11-25'],
  ['2026-11-26', '2026-11-30'],
  ['2026-11-28', '2026-12-01'],
])('a request of %s is answered by %s: two working days', (received, answered) => {
  const pack = packFor('privacy', day(received))
  if (!pack.ok) throw new Error('no pack')
  const days = requestDays(pack.value, 'correction', day(received))
  expect(days.answerDueOn.toString()).toBe(answered)
  expect(days.doneDueOn.toString()).toBe(day(received).add({ days: 10 }).toString())
})

test('before 2026 the law gave no days', () => {
  expect(packFor('privacy', day('2025-12-31')).ok).toBe(false)
})
