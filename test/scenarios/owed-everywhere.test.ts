import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerCall } from '../../src/features/activities/answer-call.ts'
import { cancelActivity } from '../../src/features/activities/cancel-activity.ts'
import { createActivity } from '../../src/features/activities/create-activity.ts'
import { acknowledgeNotice } from '../../src/features/notices/acknowledge-notice.ts'
import { chooseBranches } from '../../src/features/notices/choose-branches.ts'
import { draftPlain } from '../../src/features/notices/draft-plain.ts'
import { issuePlain } from '../../src/features/notices/issue-plain.ts'
import { decidePlan } from '../../src/features/plans/decide-plan.ts'
import { remarkMonth } from '../../src/features/plans/remark-month.ts'
import { reportItem } from '../../src/features/plans/report-item.ts'
import { startPlan } from '../../src/features/plans/start-plan.ts'
import { submitPlan } from '../../src/features/plans/submit-plan.ts'
import { castChoice } from '../../src/features/votes/cast-choice.ts'
import { castOnBehalf } from '../../src/features/votes/cast-on-behalf.ts'
import { closeVote } from '../../src/features/votes/close-vote.ts'
import { openVote } from '../../src/features/votes/open-vote.ts'
import { contextOf, orThrow } from '../features/linking/support.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  // On the 23rd: the month of the plans is open until the 10th of the next.
  test = await startTestApp()
})
afterAll(() => test.stop())

let sources = 0
const source = () => `everywhere:${++sources}`
const as = ({ account }: TestPerson) => contextOf(test, account, source())
const today = () => test.app.context().today()

/** The month that plans are asked about, by the words of the rule: from its 20th to the 10th of the next. */
function openMonth(): string | null {
  const { day } = today()
  if (day > 10 && day < 20) return null
  return (day >= 20 ? today() : today().subtract({ months: 1 })).toPlainYearMonth().toString()
}

interface BelievedPlan {
  id: number
  state: 'draft' | 'submitted' | 'returned' | 'approved'
  items: Map<number, Map<string, string>>
  remarked: Set<string>
}

/** What everybody is believed to owe: kept beside the product, by the words of the rules alone. */
class Belief {
  readonly votes = new Map<number, Set<number>>()
  readonly notices = new Set<number>()
  readonly plans = new Map<number, BelievedPlan>()
  readonly activities = new Map<number, { startsAt: Date; open: Set<number> }>()

  of(person: TestPerson, branch: TestBranch): string[] {
    const leads = [branch.secretary.id, branch.deputy.id].includes(person.id)
    const month = openMonth()
    const owed: string[] = []
    for (const [id, open] of this.votes) if (open.has(person.id)) owed.push(`vview:${id}`)
    if (leads) for (const id of this.notices) owed.push(`nack:${id}`)
    for (const [id, { startsAt, open }] of this.activities) {
      if (open.has(person.id) && startsAt > test.sandbox.clock.now()) owed.push(`aview:${id}`)
    }
    for (const [owner, plan] of this.plans) {
      if (owner === person.id && plan.state === 'returned') owed.push(`pview:${plan.id}`)
      if (owner === person.id && plan.state === 'approved' && month !== null && needsWord(plan, month)) {
        owed.push(`pmon:${plan.id}`)
      }
      if (leads && plan.state === 'submitted') owed.push(`pview:${plan.id}`)
      // Of the heads of the ward (here the first member) the branch says its word each month.
      const isHead = owner === branch.members[0]?.id
      if (leads && isHead && plan.state === 'approved' && month !== null && !plan.remarked.has(month)) {
        owed.push(`prem:${plan.id}`)
      }
    }
    return owed.sort()
  }
}

function needsWord({ items }: BelievedPlan, month: string): boolean {
  return [...items.values()].some(
    (said) => !said.has(month) && ![...said].some(([earlier, status]) => earlier < month && status === 'done'),
  )
}

const step = fc.record({
  what: fc.constantFrom(
    'open vote',
    'cast',
    'cast for',
    'close vote',
    'notice',
    'acknowledge',
    'start plan',
    'submit',
    'approve',
    'return',
    'say',
    'remark',
    'activity',
    'answer',
    'answer for',
    'cancel',
    'days pass',
  ),
  /** Which of the things, which of the people. */
  nth: fc.nat(50),
  who: fc.nat(50),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

it('of votes, notices, plans and activities nothing owed is ever missing from /viecchuaxong, and nothing done is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
      const ward = await createTestWard(test, { branches: 1, members: 4 })
      const [branch] = ward.branches
      if (!branch) throw new Error('a ward without a branch')
      const belief = new Belief()
      const people = [branch.secretary, branch.deputy, ...branch.members, branch.probationary]
      for (const one of steps) {
        await play(branch, people, belief, one)
        await compare(branch, people, belief)
      }
      for (const person of people.filter(({ account }) => account !== 0)) {
        const { length } = belief.of(person, branch)
        const { text } = await test.people.ask(person.account, '/viecchuaxong')
        expect(text).toContain(length === 0 ? 'không còn việc nào' : `Việc chưa xong: ${length}`)
      }
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 240_000)

async function play(branch: TestBranch, people: TestPerson[], belief: Belief, { what, nth, who }: Step): Promise<void> {
  const secretary = await as(branch.secretary)
  const withPhone = people.filter(({ account }) => account !== 0)
  const person = withPhone[who % withPhone.length] ?? branch.secretary
  const [head = person, silent = person] = [branch.members[0], branch.members[3]]
  const pick = <T>(all: Iterable<T>): T | undefined => {
    const list = [...all]
    return list[nth % Math.max(1, list.length)]
  }
  const vote = pick(belief.votes.keys()) ?? -1
  const activity = pick(belief.activities.keys()) ?? -1
  const plan = pick(belief.plans)
  switch (what) {
    case 'open vote': {
      const questions = [{ text: 'Nhất trí?', options: ['Nhất trí', 'Không nhất trí'] }]
      const opened = orThrow(await openVote(secretary, { key: source(), branchId: branch.id, questions }))
      // Probationary members may speak and may not vote.
      const voters = people.filter(({ id }) => id !== branch.probationary.id)
      belief.votes.set(opened.id, new Set(voters.map(({ id }) => id)))
      return
    }
    case 'cast': {
      const done = await castChoice(await as(person), { voteId: vote, question: 0, optionIndex: nth % 2 })
      if (done.ok) belief.votes.get(vote)?.delete(person.id)
      return
    }
    case 'cast for': {
      const done = await castOnBehalf(secretary, { voteId: vote, personId: silent.id, question: 0, optionIndex: 0 })
      if (done.ok) belief.votes.get(vote)?.delete(silent.id)
      return
    }
    case 'close vote':
      if ((await closeVote(secretary, vote)).ok) belief.votes.delete(vote)
      return
    case 'notice': {
      const leader = await as(head)
      const { issueId } = orThrow(await draftPlain(leader, { text: 'Mời họp giao ban', file: null }))
      orThrow(await chooseBranches(leader, { issueId, branchIds: [branch.id], chosen: true }))
      orThrow(await issuePlain(leader, { issueId }))
      const notice = await leader.db.notice.findFirstOrThrow({ where: { issueId, branchId: branch.id } })
      belief.notices.add(notice.id)
      return
    }
    case 'acknowledge': {
      const noticeId = pick(belief.notices) ?? -1
      if ((await acknowledgeNotice(await as(person), { noticeId })).ok) belief.notices.delete(noticeId)
      return
    }
    case 'start plan': {
      const done = orThrow(await startPlan(await as(person), { personId: person.id, year: today().year }))
      if (belief.plans.has(person.id)) return
      const items = new Map(done.items.map(({ id }) => [id, new Map<string, string>()]))
      belief.plans.set(person.id, { id: done.id, state: 'draft', items, remarked: new Set() })
      return
    }
    case 'submit': {
      const own = belief.plans.get(person.id)
      if (own && (await submitPlan(await as(person), own.id)).ok) own.state = 'submitted'
      return
    }
    case 'approve':
    case 'return': {
      if (!plan) return
      const approved = what === 'approve'
      const remark = approved ? null : 'Thêm việc cụ thể'
      const done = await decidePlan(secretary, { planId: plan[1].id, approved, remark })
      if (done.ok) plan[1].state = approved ? 'approved' : 'returned'
      return
    }
    case 'say': {
      const own = belief.plans.get(person.id)
      const item = own && pick(own.items)
      if (!item) return
      const status = (['done', 'doing', 'notDone'] as const)[who % 3] ?? 'done'
      const done = await reportItem(await as(person), { itemId: item[0], status, note: null })
      const month = openMonth()
      if (done.ok && month !== null) item[1].set(month, status)
      return
    }
    case 'remark': {
      const month = openMonth()
      const done = plan && (await remarkMonth(secretary, { planId: plan[1].id, text: 'Gương mẫu' }))
      if (done?.ok && month !== null) plan?.[1].remarked.add(month)
      return
    }
    case 'activity': {
      const when = { on: today().add({ days: 1 + (nth % 5) }) }
      const made = orThrow(
        await createActivity(secretary, {
          key: source(),
          branchId: branch.id,
          kind: 'cleanup',
          title: 'Dọn vệ sinh',
          theme: null,
          place: 'Nhà văn hóa',
          time: { at: new Temporal.PlainTime(7), when },
        }),
      )
      belief.activities.set(made.id, { startsAt: made.startsAt, open: new Set(people.map(({ id }) => id)) })
      return
    }
    case 'answer':
    case 'answer for': {
      const whose = what === 'answer' ? person : silent
      const by = what === 'answer' ? await as(person) : secretary
      const done = await answerCall(by, { activityId: activity, personId: whose.id, joins: nth % 2 === 0 })
      if (done.ok) belief.activities.get(activity)?.open.delete(whose.id)
      return
    }
    case 'cancel': {
      const done = await cancelActivity(secretary, { activityId: activity, reason: 'Mưa', series: false })
      if (done.ok) belief.activities.delete(activity)
      return
    }
    case 'days pass':
      return test.people.advance('P2D')
  }
}

async function compare(branch: TestBranch, people: TestPerson[], belief: Belief): Promise<void> {
  for (const person of people.filter(({ account }) => account !== 0)) {
    const context = await as(person)
    const shown: string[] = []
    for (const { owed } of test.app.features) {
      shown.push(...((await owed?.(context, person.id)) ?? []).map(({ data }) => data))
    }
    expect(shown.sort()).toEqual(belief.of(person, branch))
  }
}
