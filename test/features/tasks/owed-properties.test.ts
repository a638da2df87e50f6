import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assignTask } from '../../../src/features/tasks/assign-task.ts'
import { cancelTasks } from '../../../src/features/tasks/cancel-tasks.ts'
import { insistOnTask } from '../../../src/features/tasks/insist-on-task.ts'
import { judgeReport } from '../../../src/features/tasks/judge-report.ts'
import { reassignTask } from '../../../src/features/tasks/reassign-task.ts'
import { reportTask } from '../../../src/features/tasks/report-task.ts'
import { respondToTask } from '../../../src/features/tasks/respond-to-task.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { contextOf } from '../linking/support.ts'
import { oneBranch } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

let sources = 0
const as = (person: TestPerson) => contextOf(test, person.account)

/** What each person is believed to owe: kept beside the product, by the words of the rule alone. */
class Belief {
  readonly #owes = new Map<number, number>()
  readonly #waits = new Set<number>()
  owe(task: number, person: number) {
    this.#owes.set(task, person)
    this.#waits.delete(task)
  }
  /** Done, or no longer theirs; `waits` where the branch now owes a word. */
  settle(task: number, waits: boolean) {
    this.#owes.delete(task)
    if (waits) this.#waits.add(task)
    else this.#waits.delete(task)
  }
  of(person: number, isSecretary: boolean): string[] {
    const own = [...this.#owes].flatMap(([task, owner]) => (owner === person ? [task] : []))
    return [...own, ...(isSecretary ? this.#waits : [])].map((task) => `tview:${task}`).sort()
  }
}

const step = fc.record({
  what: fc.constantFrom('assign', 'report', 'share', 'accept', 'return', 'decline', 'insist', 'cancel', 'pass on'),
  /** Which of the open tasks, which of the members. */
  task: fc.nat(50),
  who: fc.nat(50),
})

it('nothing owed is ever missing from the list of what is not done, and nothing done is ever in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const branch = await oneBranch(test)
      const belief = new Belief()
      for (const one of steps) {
        await play(branch, belief, one)
        await compare(branch, belief)
      }
    }),
    { numRuns: 8 },
  )
}, 240_000)

async function play(
  branch: TestBranch,
  belief: Belief,
  { what, task: nth, who }: { what: string; task: number; who: number },
) {
  const db = test.app.services.database
  const secretary = await as(branch.secretary)
  const people = branch.members.filter(({ account }) => account !== 0)
  const person = people[who % people.length]
  const open = await db.task.findMany({
    where: { branchId: branch.id },
    include: { reports: true },
    orderBy: { id: 'asc' },
  })
  const task = open[nth % Math.max(1, open.length)]
  if (!person) throw new Error('a branch without members')
  if (what === 'assign' || !task) {
    const ids = [...new Set([person.id, people[nth % people.length]?.id ?? person.id])]
    const done = await assignTask(secretary, {
      key: `property:${++sources}`,
      branchId: branch.id,
      assigneeIds: ids,
      title: 'Dọn ngõ',
      kind: 'neighbourhood',
      origin: null,
      originNote: null,
      files: [],
      dueOn: null,
      rule: null,
    })
    if (done.ok) for (const { id, assignee } of done.value.tasks) belief.owe(id, assignee.id)
    return
  }
  const owner = people.find(({ id }) => id === task.assigneeId)
  if (!owner) throw new Error('a task of nobody')
  const waiting = task.reports.find(({ verdict }) => verdict === 'waiting')
  const own = await as(owner)
  const report = (text: string) =>
    reportTask(own, {
      key: `property:${++sources}`,
      taskId: task.id,
      contents: [{ text, file: null, albumId: null }],
      saidIn: null,
    })
  if (what === 'report' && (await report('Xong')).ok) belief.settle(task.id, true)
  if (what === 'share' && (await report('Được 40%')).ok && waiting === undefined && task.state !== 'declined') {
    belief.owe(task.id, owner.id)
  }
  if (what === 'accept' && waiting) {
    const done = await judgeReport(secretary, { reportId: waiting.id, verdict: 'accepted', reason: null })
    if (done.ok && !done.value.before) belief.settle(task.id, false)
  }
  if (what === 'return' && waiting) {
    const done = await judgeReport(secretary, { reportId: waiting.id, verdict: 'returned', reason: 'Thiếu ảnh' })
    if (done.ok && !done.value.before) belief.owe(task.id, owner.id)
  }
  if (what === 'decline' && (await respondToTask(own, { taskId: task.id, response: 'declined', reason: 'Ốm' })).ok) {
    belief.settle(task.id, true)
  }
  if (what === 'insist' && task.state === 'declined' && (await insistOnTask(secretary, task.id)).ok) {
    belief.owe(task.id, owner.id)
  }
  if (what === 'cancel') {
    const done = await cancelTasks(secretary, { taskId: task.id, all: false, reason: 'Thôi' })
    if (done.ok && done.value.length > 0) belief.settle(task.id, false)
  }
  if (what === 'pass on' && task.state !== 'reassigned') {
    const done = await reassignTask(secretary, { taskId: task.id, toId: person.id })
    if (done.ok) {
      belief.settle(task.id, false)
      belief.owe(done.value.id, done.value.assignee.id)
    }
  }
}

async function compare(branch: TestBranch, belief: Belief): Promise<void> {
  for (const person of [branch.secretary, ...branch.members.filter(({ account }) => account !== 0)]) {
    const context = await as(person)
    const shown: string[] = []
    for (const { owed } of test.app.features) {
      shown.push(...((await owed?.(context, person.id)) ?? []).map(({ data }) => data))
    }
    expect(shown.sort()).toEqual(belief.of(person.id, person.id === branch.secretary.id))
  }
}
