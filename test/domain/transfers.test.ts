import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rollOn } from '../../src/domain/eligibility.ts'
import { packFor } from '../../src/domain/packs/index.ts'
import { coversDay } from '../../src/domain/spans.ts'
import {
  checkDays,
  checkStay,
  firstDayThere,
  mayFollow,
  openTransferStates,
  presentBy,
  startBy,
  transferStates,
} from '../../src/domain/transfers.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const pack = given(packFor('transfer', day('2026-11-23')))
const votePack = given(packFor('vote', day('2026-11-23')))
const somewhen = fc.integer({ min: 0, max: 400 }).map((days) => day('2026-01-01').add({ days }))

describe('the day of a move', () => {
  it('is the instrument’s, or the day after a later reception, and never a day that is past', () => {
    expect(firstDayThere(day('2026-12-01'), day('2026-11-25'))).toEqual(day('2026-12-01'))
    expect(firstDayThere(day('2026-12-01'), day('2026-12-01'))).toEqual(day('2026-12-02'))
    expect(firstDayThere(day('2026-12-01'), day('2026-12-05'))).toEqual(day('2026-12-06'))
    fc.assert(
      fc.property(somewhen, somewhen, (effectiveOn, receivedOn) => {
        const first = firstDayThere(effectiveOn, receivedOn)
        expect(Temporal.PlainDate.compare(first, effectiveOn)).toBeGreaterThanOrEqual(0)
        expect(Temporal.PlainDate.compare(first, receivedOn)).toBe(1)
      }),
    )
  })

  it('leaves everybody in one branch on every day, whatever is received when, and a roll finds them there', () => {
    const step = fc.record({
      effectiveOn: somewhen,
      wait: fc.integer({ min: 0, max: 60 }),
      to: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const memberships = [
          {
            personId: 1,
            branchId: 9,
            kind: 'official' as const,
            from: day('2025-01-01'),
            to: null as Temporal.PlainDate | null,
          },
        ]
        let today = day('2026-01-01')
        for (const { effectiveOn, wait, to } of steps) {
          const last = memberships.at(-1)
          today = today.add({ days: wait })
          const days = checkDays({ instrumentOn: day('2025-06-01'), effectiveOn, since: last?.from ?? null, today })
          if (!last || !days.ok || last.branchId === to) continue
          const first = firstDayThere(effectiveOn, today)
          last.to = first.subtract({ days: 1 })
          memberships.push({ personId: 1, branchId: to, kind: 'official', from: first, to: null })
          today = first
        }
        const statuses = [{ personId: 1, status: 'official' as const, from: day('2025-01-01'), to: null }]
        for (let on = day('2025-12-25'); on.year < 2028; on = on.add({ days: 7 })) {
          const there = memberships.filter((span) => coversDay(span, on)).map(({ branchId }) => branchId)
          expect(there).toHaveLength(1)
          for (const branchId of [1, 2, 3, 4, 9]) {
            const { voters } = rollOn(votePack, { branchId, on, memberships, statuses })
            expect(voters.length).toBe(there[0] === branchId ? 1 : 0)
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the days of an instrument', () => {
  const sound = {
    instrumentOn: day('2026-11-20'),
    effectiveOn: day('2026-12-01'),
    since: day('2024-01-01'),
    today: day('2026-11-23'),
  }
  const refusal = (change: Partial<typeof sound>) => {
    const checked = checkDays({ ...sound, ...change })
    return checked.ok ? null : checked.problem.code
  }

  it('are refused where one cannot stand beside another', () => {
    expect(refusal({})).toBeNull()
    expect(refusal({ instrumentOn: day('2026-11-24') })).toBe('transfer.instrumentInFuture')
    expect(refusal({ effectiveOn: day('2026-11-19') })).toBe('transfer.effectBeforeInstrument')
    expect(refusal({ effectiveOn: day('2027-11-24') })).toBe('transfer.effectTooFar')
    expect(refusal({ since: day('2026-12-01') })).toBe('transfer.beforePrevious')
  })
})

describe('the days of the rules', () => {
  it('give thirty days for the papers and sixty working days to begin', () => {
    expect(presentBy(pack, day('2026-11-23'))).toEqual(day('2026-12-23'))
    // Twelve weeks of five days from a Monday, and from a Saturday before it.
    expect(startBy(pack, day('2026-11-23'))).toEqual(day('2027-02-15'))
    expect(startBy(pack, day('2026-11-21'))).toEqual(day('2027-02-12'))
  })

  it('let a stay last from three months to less than twelve, in studies to twenty-four', () => {
    const stay = (until: string, study = false) => {
      const checked = checkStay(pack, { from: day('2026-12-01'), until: day(until), study })
      return checked.ok ? 'ok' : checked.problem.code
    }
    expect(stay('2027-02-27')).toBe('transfer.stayTooShort')
    expect(stay('2027-02-28')).toBe('ok')
    expect(stay('2027-11-29')).toBe('ok')
    expect(stay('2027-11-30')).toBe('transfer.stayTooLong')
    expect(stay('2028-11-30', true)).toBe('ok')
    expect(stay('2028-12-01', true)).toBe('transfer.studyTooLong')
  })
})

describe('the states', () => {
  it('go on from the request to the move, and what has ended goes nowhere', () => {
    const ended = transferStates.filter((state) => !openTransferStates.includes(state))
    for (const from of ended) for (const to of transferStates) expect(mayFollow(from, to)).toBe(false)
    expect(transferStates.filter((to) => mayFollow('introduced', to))).toEqual(['received', 'sentBack', 'cancelled'])
    expect(mayFollow('proposed', 'introduced')).toBe(false)
  })
})

function given<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}
