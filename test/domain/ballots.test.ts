import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asBallotKind, asBallotState, type BallotState, mayMove } from '../../src/domain/ballots.ts'
import { classifiedOn } from '../../src/domain/classification.ts'
import { type MembershipSpan, rollOn, type StatusSpan, type Voter } from '../../src/domain/eligibility.ts'
import { packFor } from '../../src/domain/packs/index.ts'
import type { VotePack } from '../../src/domain/packs/schema.ts'
import { type Choice, countChoices, rollCounts } from '../../src/domain/tally.ts'
import { tellersAmong } from '../../src/domain/tellers.ts'
import { checkCounts, secondRoundOf, verdictOf } from '../../src/domain/verdict.ts'

const cases = { numRuns: 10_000 }
const firstDay = Temporal.PlainDate.from('2026-11-01')
const nthDay = (nth: number) => firstDay.add({ days: nth })
const found = packFor('vote', firstDay)
const classification = packFor('classification', firstDay)
if (!found.ok || !classification.ok) throw new Error('no pack holds')
const pack = found.value

const rule = fc.constantFrom('out' as const, 'whenVoting' as const, 'always' as const)
const share = (inclusive: boolean) =>
  fc.integer({ min: 2, max: 7 }).chain((denominator) =>
    fc.record({
      numerator: fc.integer({ min: 1, max: inclusive ? denominator : denominator - 1 }),
      denominator: fc.constant(denominator),
    }),
  )
const anyPack: fc.Arbitrary<VotePack> = fc
  .record({
    roll: fc.record({ suspended: rule, temporarilyElsewhere: rule, exempt: rule, excused: rule }),
    majority: fc.tuple(share(false), fc.constantFrom('members' as const, 'ballots' as const)),
    quorum: share(true),
  })
  .map(({ roll, majority: [fraction, of], quorum }) => ({ ...pack, roll, majority: { ...fraction, of }, quorum }))

const span = fc.record({ from: fc.nat(6), length: fc.option(fc.nat(4), { nil: undefined }) })
const days = ({ from, length }: { from: number; length: number | undefined }) => ({
  from: nthDay(from),
  to: length === undefined ? null : nthDay(from + length),
})
const people = [0, 1, 2, 3]
const personId = fc.constantFrom(...people)
const anyMembership: fc.Arbitrary<MembershipSpan> = fc
  .record({
    personId,
    branchId: fc.constantFrom(1, 2),
    kind: fc.constantFrom('official' as const, 'official' as const, 'temporary' as const),
    span,
  })
  .map(({ span: written, ...rest }) => ({ ...rest, ...days(written) }))
const anyStatus: fc.Arbitrary<StatusSpan> = fc
  .record({
    personId,
    status: fc.constantFrom(
      'official' as const,
      'official' as const,
      'probationary' as const,
      'exempt' as const,
      'suspended' as const,
    ),
    span,
  })
  .map(({ span: written, ...rest }) => ({ ...rest, ...days(written) }))

/** The days of a span as a list: slow, plain, and nothing like the comparison that the product makes. */
function holds(written: { from: Temporal.PlainDate; to: Temporal.PlainDate | null }, on: Temporal.PlainDate): boolean {
  for (let nth = 0; nth < 40; nth++) {
    const day = nthDay(nth)
    if (day.equals(on)) {
      const text = day.toString()
      return written.from.toString() <= text && (written.to === null || text <= written.to.toString())
    }
  }
  return false
}

/** `vote`, `joins` (in the base by voting), `base` (absent, in it all the same), `out` or `nobody` (not of this branch). */
function oracle(
  rules: VotePack,
  branch: number,
  on: Temporal.PlainDate,
  memberships: readonly MembershipSpan[],
  statuses: readonly StatusSpan[],
  excused: ReadonlySet<number>,
  present: ReadonlySet<number> | undefined,
  person: number,
): string {
  const own = memberships.filter((one) => one.personId === person && holds(one, on))
  if (own.filter((one) => one.branchId === branch).length === 0) return 'nobody'
  let newest: MembershipSpan | undefined
  for (const one of own) {
    if (one.kind !== 'official') continue
    const isNewer =
      newest === undefined ||
      one.from.toString() > newest.from.toString() ||
      (one.from.equals(newest.from) && one.branchId > newest.branchId)
    if (isNewer) newest = one
  }
  if (newest?.branchId !== branch) return 'out'
  const held = statuses.filter((one) => one.personId === person && holds(one, on)).map((one) => one.status)
  if (held.length === 0 || held.includes('probationary')) return 'out'
  const rulings: string[] = []
  if (held.includes('suspended')) rulings.push(rules.roll.suspended)
  if (held.includes('exempt')) rulings.push(rules.roll.exempt)
  if (excused.has(person)) rulings.push(rules.roll.excused)
  if (own.some((one) => one.kind === 'temporary' && one.branchId !== branch))
    rulings.push(rules.roll.temporarilyElsewhere)
  if (rulings.includes('out')) return 'out'
  const joins = rulings.includes('whenVoting')
  if (present === undefined || present.has(person)) return joins ? 'joins' : 'vote'
  return joins ? 'out' : 'base'
}

describe('against a slow plain oracle', () => {
  test('the roll is what each rule says of each person, on the day of a transfer too', () => {
    const some = fc.uniqueArray(personId).map((ids) => new Set(ids))
    fc.assert(
      fc.property(
        anyPack,
        fc.array(anyMembership, { maxLength: 8 }),
        fc.array(anyStatus, { maxLength: 8 }),
        some,
        fc.option(some, { nil: undefined }),
        fc.nat(10),
        (rules, memberships, statuses, excused, present, nth) => {
          const on = nthDay(nth)
          const votesIn = new Map<number, number>()
          for (const branchId of [1, 2]) {
            const input = { branchId, on, memberships, statuses, excused, ...(present ? { present } : {}) }
            const { voters, excluded } = rollOn(rules, input)
            const said = new Map<number, string>()
            for (const voter of voters) said.set(voter.personId, voter.counts === 'always' ? 'vote' : 'joins')
            for (const one of excluded) said.set(one.personId, one.inBase ? 'base' : 'out')
            expect(said.size).toBe(voters.length + excluded.length)
            for (const person of people) {
              const wanted = oracle(rules, branchId, on, memberships, statuses, excused, present, person)
              expect(said.get(person) ?? 'nobody').toBe(wanted)
            }
            for (const voter of voters) votesIn.set(voter.personId, (votesIn.get(voter.personId) ?? 0) + 1)
          }
          // Nobody votes in two branches, whatever the register says of that day.
          expect([...votesIn.values()].every((branches) => branches === 1)).toBe(true)
        },
      ),
      cases,
    )
  }, 120_000)

  test('base, quorum, majority, ties and blanks of an open vote are those of counting by hand', () => {
    const anyRoll = fc.uniqueArray(
      fc.record({ personId: fc.nat(9), counts: fc.constantFrom<Voter['counts']>('always', 'whenVoting') }),
      { selector: (voter) => voter.personId },
    )
    const anyChoice = fc.record({ personId: fc.nat(11), question: fc.nat(2), option: fc.integer({ min: -1, max: 3 }) })
    fc.assert(
      fc.property(
        anyPack,
        anyRoll,
        fc.nat(3),
        fc.array(anyChoice, { maxLength: 40 }),
        (rules, voters, absent, choices) => {
          const questions = [3, 2]
          const counts = countChoices(voters, questions, choices)
          const roll = rollCounts(voters, absent)
          expect(checkCounts(counts, roll).ok).toBe(true)
          const verdict = verdictOf(rules, roll, counts)
          let base = absent
          let voted = 0
          const tallies = questions.map((count) => Array.from({ length: count }, () => 0))
          for (const { personId: person, counts: how } of voters) {
            const answers = questions.map((count, question) => lastOf(choices, person, question, count))
            const hasVoted = answers.some((answer) => answer !== undefined)
            if (hasVoted) voted += 1
            if (hasVoted || how === 'always') base += 1
            for (const [question, answer] of answers.entries()) {
              const row = tallies[question]
              if (row && answer !== undefined) row[answer] = (row[answer] ?? 0) + 1
            }
          }
          expect([verdict.voted, verdict.valid, verdict.invalid, verdict.base]).toEqual([voted, voted, 0, base])
          for (const [question, row] of tallies.entries())
            expectVerdict(rules, verdict, question, row, base, voted, voted)
        },
      ),
      cases,
    )
  }, 120_000)

  test('slips, one by one, come to the counts and the verdict, or are refused with what does not agree', () => {
    // A slip: its marks a question (an option, or nothing), or an invalid one.
    const anySlip = fc.option(fc.tuple(fc.option(fc.nat(3)), fc.option(fc.nat(3))), { nil: 'invalid' as const })
    fc.assert(
      fc.property(
        anyPack,
        fc.array(anySlip, { maxLength: 25 }),
        fc.nat(5),
        fc.nat(5),
        fc.nat(3),
        fc.nat(3),
        (rules, slips, lost, unissued, whenVoting, absent) => {
          const returned = slips.length
          const issued = returned + lost
          const voters = issued + unissued
          const invalid = slips.filter((slip) => slip === 'invalid').length
          const valid = slips.flatMap((slip) => (slip === 'invalid' ? [] : [slip]))
          const joining = Math.min(whenVoting, voters)
          const roll = { voters, always: voters - joining + absent, whenVoting: joining }
          const joined = Math.min(joining, returned)
          const questions = [0, 1].map((question) =>
            [0, 1, 2, 3].map((option) => valid.filter((slip) => slip[question] === option).length),
          )
          const counts = { issued, returned, invalid, joined, questions }
          expect(checkCounts(counts, roll).ok).toBe(true)
          const verdict = verdictOf(rules, roll, counts)
          const base = roll.always + joined
          expect([verdict.issued, verdict.voted, verdict.valid, verdict.invalid, verdict.base]).toEqual([
            issued,
            returned,
            valid.length,
            invalid,
            base,
          ])
          for (const [question, row] of questions.entries()) {
            expectVerdict(rules, verdict, question, row, base, returned, valid.length)
          }
          const refused = (change: object) => !checkCounts({ ...counts, ...change }, roll).ok
          expect(refused({ issued: voters + 1 })).toBe(true)
          expect(refused({ returned: issued + 1 })).toBe(true)
          expect(refused({ invalid: returned + 1 })).toBe(true)
          expect(refused({ joined: joining + 1 })).toBe(true)
          expect(refused({ questions: [[valid.length + 1, 0, 0, 0]] })).toBe(true)
        },
      ),
      cases,
    )
  }, 120_000)
})

function lastOf(choices: readonly Choice[], person: number, question: number, options: number): number | undefined {
  let last: number | undefined
  for (const choice of choices) {
    const isOurs = choice.personId === person && choice.question === question
    if (isOurs && choice.option >= 0 && choice.option < options) last = choice.option
  }
  return last
}

/** Judges one question with whole numbers only: `count · denominator` against `base · numerator`. */
function expectVerdict(
  rules: VotePack,
  verdict: ReturnType<typeof verdictOf>,
  question: number,
  row: readonly number[],
  base: number,
  voted: number,
  valid: number,
): void {
  const quorum = base > 0 && voted * rules.quorum.denominator >= base * rules.quorum.numerator
  expect(verdict.quorum).toBe(quorum)
  const of = rules.majority.of === 'members' ? base : voted
  const carries = (count: number) => count * rules.majority.denominator > of * rules.majority.numerator
  let top = 0
  for (const count of row) if (count > top) top = count
  const tops = row.flatMap((count, option) => (count === top ? [option] : []))
  let outcome = 'undecided'
  if (!quorum) outcome = 'noQuorum'
  else if (top > 0 && tops.length > 1) outcome = 'tie'
  else if (top > 0 && carries(top)) outcome = 'carried'
  const judged = verdict.questions[question]
  if (!judged) throw new Error('a question without a verdict')
  expect(judged).toEqual({
    counts: row,
    blank: valid - row.reduce((sum, count) => sum + count, 0),
    outcome,
    carried: outcome === 'carried' ? tops[0] : null,
  })
  const again = secondRoundOf(judged)
  if (outcome === 'carried' || outcome === 'noQuorum') expect(again).toEqual([])
  if (outcome === 'tie') expect(again).toEqual(tops)
  if (outcome === 'undecided' && again.length > 0) {
    // Whoever is asked again has more votes than whoever is not, and nobody is asked alone.
    const least = Math.min(...again.map((option) => row[option] ?? 0))
    expect(again.length).toBeGreaterThan(1)
    expect(row.every((count, option) => again.includes(option) || count < least)).toBe(true)
  }
}

describe('the states of a ballot', () => {
  test('it only goes forward: no way leads back to where it takes choices, and a result is never void', () => {
    const states: BallotState[] = ['draft', 'open', 'closed', 'opened', 'published', 'void']
    const ways = states.flatMap((from) => states.flatMap((to) => (mayMove(from, to) ? [`${from} ${to}`] : [])))
    expect(ways).toEqual([
      'draft open',
      'draft void',
      'open closed',
      'open void',
      'closed opened',
      'closed void',
      'opened published',
    ])
    expect(() => asBallotState('reopened')).toThrow()
    expect(() => asBallotKind('raised')).toThrow()
  })
})

describe('the tally team', () => {
  test('is chosen beside the paper, from those on it only where too few are left, and not at all in a tiny branch', () => {
    expect(tellersAmong([1, 2, 3, 4], new Set([4]))).toEqual({
      ok: true,
      value: { candidates: [1, 2, 3], onBallot: false },
    })
    expect(tellersAmong([1, 2, 3, 4], new Set([3, 4]))).toMatchObject({ value: { onBallot: true } })
    expect(tellersAmong([1, 2], new Set())).toMatchObject({ problem: { code: 'tellers.tooFew' } })
  })
})

describe('who is classified', () => {
  const always = { from: firstDay, to: null }
  const member = (person: number, kind: MembershipSpan['kind'] = 'official'): MembershipSpan => ({
    personId: person,
    branchId: 1,
    kind,
    ...always,
  })
  test('everybody of the branch, on probation too, but the exempt, the suspended, guests and those admitted lately', () => {
    const memberships = [member(1), member(2), member(3), member(4), member(5), member(6, 'temporary'), member(7)]
    const status = (person: number, kind: StatusSpan['status']): StatusSpan => ({
      personId: person,
      status: kind,
      ...always,
    })
    const statuses = [
      status(1, 'official'),
      status(2, 'probationary'),
      status(3, 'exempt'),
      status(4, 'suspended'),
      status(5, 'probationary'),
      status(6, 'official'),
    ]
    const admittedOn = new Map([
      [2, Temporal.PlainDate.from('2026-05-30')],
      [5, Temporal.PlainDate.from('2026-05-31')],
    ])
    const on = Temporal.PlainDate.from('2026-11-30')
    expect(classifiedOn(classification.value, 1, on, { memberships, statuses, admittedOn })).toEqual({
      classified: [1, 2, 5],
      left: [
        { personId: 3, reason: 'exempt' },
        { personId: 4, reason: 'suspended' },
        { personId: 6, reason: 'temporaryHere' },
        { personId: 7, reason: 'statusUnknown' },
      ],
    })
    const dayBefore = Temporal.PlainDate.from('2026-11-29')
    const { left } = classifiedOn(classification.value, 1, dayBefore, { memberships, statuses, admittedOn })
    expect(left).toContainEqual({ personId: 5, reason: 'admittedLately' })
  })
})
