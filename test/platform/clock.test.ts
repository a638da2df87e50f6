import { expect, it } from 'vitest'
import { monotonic } from '../../src/platform/clock.ts'

it('spans are measured on a clock that does not notice a wall clock that is set back', () => {
  const real = Date.now
  const before = monotonic()
  try {
    Date.now = () => real() - 600_000
    expect(monotonic()).toBeGreaterThanOrEqual(before)
  } finally {
    Date.now = real
  }
})
