import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MembershipSpan, rollOn, type StatusSpan, type Voter } from '../../src/domain/eligibility.ts'
import { packFor } from '../../src/domain/packs/index.ts'
import { packSchema, type VotePack } from '../../src/domain/packs/schema.ts'
import { coversDay, overlap } from '../../src/domain/spans.ts'
import { type Choice, tally } from '../../src/domain/tally.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const on = day('2026-11-23')
const always = { from: day('2020-01-01'), to: null }
const found = packFor('vote', on)
if (!found.ok) throw new Error(found.problem.code)
const pack = found.value

const member = (personId: number, more: Partial<MembershipSpan> = {}): MembershipSpan => ({
  personId,
  branchId: 1,
  kind: 'official',
  ...always,
  ...more,
})
const status = (personId: number, kind: StatusSpan['status'], more: Partial<StatusSpan> = {}): StatusSpan => ({
  personId,
  status: kind,
  ...always,
  ...more,
})
const roll = (
  memberships: MembershipSpan[],
  statuses: StatusSpan[],
  excused: number[] = [],
  rules: VotePack = pack,
) => {
  const { voters, excluded } = rollOn(rules, { branchId: 1, on, memberships, statuses, excused: new Set(excused) })
  return Object.fromEntries([
    ...voters.map((voter) => [voter.personId, voter.counts]),
    ...excluded.map((one) => [one.personId, one.reason]),
  ])
}

describe('the roll of a vote', () => {
  test('official members vote', () => {
    expect(roll([member(1)], [status(1, 'official')])).toEqual({ 1: 'always' })
  })
  test('a probationary member may follow and not vote', () => {
    expect(roll([member(1)], [status(1, 'probationary')])).toEqual({ 1: 'probationary' })
  })
  test('a suspended member does not vote', () => {
    expect(roll([member(1)], [status(1, 'suspended')])).toEqual({ 1: 'suspended' })
  })
  test('one who is temporarily elsewhere votes in neither branch', () => {
    const memberships = [member(1), member(1, { branchId: 2, kind: 'temporary' }), member(2, { kind: 'temporary' })]
    expect(roll(memberships, [status(1, 'official'), status(2, 'official')])).toEqual({
      1: 'temporarilyElsewhere',
      2: 'temporaryHere',
    })
  })
  test('exempt and excused members count once they vote', () => {
    expect(roll([member(1), member(2)], [status(1, 'exempt'), status(2, 'official')], [2])).toEqual({
      1: 'whenVoting',
      2: 'whenVoting',
    })
  })
  test('a pack may keep the exempt out or in', () => {
    const rules = (exempt: string) => {
      const changed = packSchema.parse({ ...pack, roll: { ...pack.roll, exempt } })
      return changed.kind === 'vote' ? changed : pack
    }
    expect(roll([member(1)], [status(1, 'exempt')], [], rules('out'))).toEqual({ 1: 'exempt' })
    expect(roll([member(1)], [status(1, 'exempt')], [], rules('always'))).toEqual({ 1: 'always' })
  })
  test('only the day counts: those who left, came later or were recognised since are judged by their dates', () => {
    const memberships = [
      member(1, { to: day('2026-11-22') }),
      member(2, { to: on }),
      member(3, { from: on }),
      member(4),
    ]
    const statuses = [
      status(1, 'official'),
      status(2, 'official'),
      status(3, 'official'),
      status(4, 'probationary', { to: day('2026-11-22') }),
      status(4, 'official', { from: on }),
    ]
    expect(roll(memberships, statuses)).toEqual({ 2: 'always', 3: 'always', 4: 'always' })
  })
  test('one without a status on that day is left out by name', () => {
    expect(roll([member(1)], [])).toEqual({ 1: 'statusUnknown' })
  })
  test('spans hold on both their ends, and overlap where they share a day', () => {
    const span = { from: day('2026-01-01'), to: day('2026-01-31') }
    expect([coversDay(span, span.from), coversDay(span, span.to), coversDay(span, day('2026-02-01'))]).toEqual([
      true,
      true,
      false,
    ])
    expect(overlap(span, { from: span.to, to: null })).toBe(true)
    expect(overlap({ from: day('2026-02-01'), to: null }, span)).toBe(false)
  })
})

const options = ['agree', 'disagree', 'other']
const voters = (count: number): Voter[] =>
  Array.from({ length: count }, (_, id) => ({ personId: id, counts: 'always' }))
const choose = (option: string, ...people: number[]): Choice[] => people.map((personId) => ({ personId, option }))

describe('the tally of an open vote', () => {
  test('of eleven members ten voted and five agreed: not carried, six were needed', () => {
    const result = tally(pack, voters(11), options, [
      ...choose('agree', 0, 1, 2, 3, 4),
      ...choose('other', 5, 6, 7, 8, 9),
    ])
    expect(result).toMatchObject({ base: 11, voted: 10, majorityNeeded: 6, quorumNeeded: 8, quorum: true })
    expect(result.options.map((option) => option.majority)).toEqual([false, false, false])
  })
  test('exactly half does not carry', () => {
    const half = tally(pack, voters(10), options, choose('agree', 0, 1, 2, 3, 4))
    expect(half.options[0]).toEqual({ option: 'agree', count: 5, majority: false })
    expect(tally(pack, voters(10), options, choose('agree', 0, 1, 2, 3, 4, 5)).options[0]?.majority).toBe(true)
  })
  test('of one person the last choice counts', () => {
    const result = tally(pack, voters(1), options, [...choose('agree', 0), ...choose('disagree', 0)])
    expect(result.options.map((option) => option.count)).toEqual([0, 1, 0])
  })
  test('an empty roll carries nothing and has no quorum', () => {
    expect(tally(pack, [], options, choose('agree', 1))).toMatchObject({ base: 0, voted: 0, quorum: false })
  })
  test('the tally agrees with counting by hand', () => {
    const anyRoll = fc.uniqueArray(
      fc.record({ personId: fc.nat(30), counts: fc.constantFrom<Voter['counts']>('always', 'whenVoting') }),
      { selector: (voter) => voter.personId },
    )
    const anyChoice = fc.record({ personId: fc.nat(35), option: fc.constantFrom(...options, 'unknown') })
    fc.assert(
      fc.property(anyRoll, fc.array(anyChoice, { maxLength: 80 }), (people, choices) => {
        const result = tally(pack, people, options, choices)
        let voted = 0
        let base = 0
        const counts: Record<string, number> = { agree: 0, disagree: 0, other: 0 }
        for (const { personId, counts: rule } of people) {
          const own = choices.filter((choice) => choice.personId === personId && choice.option !== 'unknown').at(-1)
          if (own) counts[own.option] = (counts[own.option] ?? 0) + 1
          if (own) voted += 1
          if (own || rule === 'always') base += 1
        }
        expect([result.voted, result.base]).toEqual([voted, base])
        for (const { option, count, majority } of result.options) {
          expect(count).toBe(counts[option])
          expect(majority).toBe(2 * count > base)
        }
        expect(result.quorum).toBe(base > 0 && 3 * voted >= 2 * base)
        expect(result.options.filter((option) => option.majority).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})
