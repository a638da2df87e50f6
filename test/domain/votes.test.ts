import { describe, expect, test } from 'vitest'
import { type MembershipSpan, rollOn, type StatusSpan, type Voter } from '../../src/domain/eligibility.ts'
import { packFor } from '../../src/domain/packs/index.ts'
import { packSchema, type VotePack } from '../../src/domain/packs/schema.ts'
import { coversDay, overlap } from '../../src/domain/spans.ts'
import { type Choice, countChoices, rollCounts } from '../../src/domain/tally.ts'
import { type BallotCounts, checkCounts, secondRoundOf, verdictOf } from '../../src/domain/verdict.ts'

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
  test('where only those present vote, the absent stay in the base unless they are let off', () => {
    const people = [member(1), member(2), member(3), member(4)]
    const statuses = [status(1, 'official'), status(2, 'official'), status(3, 'exempt'), status(4, 'official')]
    const present = new Set([1])
    const input = { branchId: 1, on, memberships: people, statuses, present, excused: new Set([4]) }
    expect(rollOn(pack, input)).toEqual({
      voters: [{ personId: 1, counts: 'always' }],
      excluded: [
        { personId: 2, reason: 'absent', inBase: true },
        { personId: 3, reason: 'exempt', inBase: false },
        { personId: 4, reason: 'excused', inBase: false },
      ],
    })
  })
  test('on the day of a transfer one votes where one was received, and there only', () => {
    const memberships = [member(1, { to: on }), member(1, { branchId: 2, from: on })]
    const statuses = [status(1, 'official')]
    const in2 = rollOn(pack, { branchId: 2, on, memberships, statuses })
    expect(roll(memberships, statuses)).toEqual({ 1: 'movedOn' })
    expect(in2.voters).toEqual([{ personId: 1, counts: 'always' }])
  })
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

const voters = (count: number): Voter[] =>
  Array.from({ length: count }, (_, id) => ({ personId: id, counts: 'always' }))
const choose = (option: number, ...people: number[]): Choice[] =>
  people.map((personId) => ({ personId, question: 0, option }))
const judged = (rules: VotePack, people: Voter[], choices: Choice[], questions = [3]) =>
  verdictOf(rules, rollCounts(people, 0), countChoices(people, questions, choices))

describe('the verdict on an open vote', () => {
  test('of eleven members ten voted and five agreed: not carried, six were needed', () => {
    const verdict = judged(pack, voters(11), [...choose(0, 0, 1, 2, 3, 4), ...choose(2, 5, 6, 7, 8, 9)])
    expect(verdict).toMatchObject({ base: 11, voted: 10, majorityNeeded: 6, quorumNeeded: 8, quorum: true })
    expect(verdict.questions[0]).toMatchObject({ counts: [5, 0, 5], blank: 0, outcome: 'tie', carried: null })
  })
  test('exactly half does not carry', () => {
    const others = choose(1, 6, 7)
    expect(judged(pack, voters(10), [...choose(0, 0, 1, 2, 3, 4), ...others]).questions[0]?.outcome).toBe('undecided')
    expect(judged(pack, voters(10), [...choose(0, 0, 1, 2, 3, 4, 5), ...others]).questions[0]?.carried).toBe(0)
  })
  test('without a quorum nothing carries, whatever the votes', () => {
    const rules = { ...pack, majority: { ...pack.majority, of: 'ballots' as const } }
    expect(judged(rules, voters(10), choose(0, 0, 1, 2)).questions[0]?.outcome).toBe('noQuorum')
  })
  test('of one person the last choice on a question counts, and other questions stay blank', () => {
    const choices = [...choose(0, 0), ...choose(1, 0)]
    const verdict = judged(pack, voters(1), choices, [3, 2])
    expect(verdict.questions.map(({ counts, blank }) => [counts, blank])).toEqual([
      [[0, 1, 0], 0],
      [[0, 0], 1],
    ])
  })
  test('an empty roll carries nothing and has no quorum', () => {
    expect(judged(pack, [], choose(0, 1))).toMatchObject({ base: 0, voted: 0, quorum: false })
  })
  test('a second round asks the tied, or the first with all that share the second place', () => {
    const undecided = (counts: number[], outcome: 'tie' | 'undecided') =>
      secondRoundOf({ counts, blank: 0, outcome, carried: null })
    expect(undecided([4, 4, 1], 'tie')).toEqual([0, 1])
    expect(undecided([2, 5, 2, 1], 'undecided')).toEqual([0, 1, 2])
    expect(undecided([3, 0, 0], 'undecided')).toEqual([])
    expect(secondRoundOf({ counts: [5, 1], blank: 0, outcome: 'carried', carried: 0 })).toEqual([])
  })
})

describe('counts of slips', () => {
  const roll10 = { voters: 10, always: 9, whenVoting: 1 }
  const slips = (more: Partial<BallotCounts>): BallotCounts => ({
    issued: 9,
    returned: 8,
    invalid: 1,
    joined: 0,
    questions: [[4, 2]],
    ...more,
  })
  test('valid and invalid make the returned, which are no more than were issued, nor those than the roll', () => {
    const code = (more: Partial<BallotCounts>) => {
      const checked = checkCounts(slips(more), roll10)
      return checked.ok ? null : checked.problem.code
    }
    expect(code({})).toBeNull()
    expect(code({ issued: 11 })).toBe('count.issuedOverRoll')
    expect(code({ returned: 10 })).toBe('count.returnedOverIssued')
    expect(code({ invalid: 9, questions: [[0, 0]] })).toBe('count.invalidOverReturned')
    expect(code({ questions: [[6, 2]] })).toBe('count.votesOverValid')
    expect(code({ joined: 2 })).toBe('count.joinedOverRoll')
  })
  test('what is missing to the valid slips is blank', () => {
    expect(verdictOf(pack, roll10, slips({})).questions[0]).toMatchObject({ counts: [4, 2], blank: 1 })
  })
})
