import { formatDate } from '../../domain/formats.ts'
import type { Problem } from '../../domain/result.ts'
import { transferStates } from '../../domain/transfers.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { Branch } from '../registry/index.ts'
import type { CheckedPlan } from './check-plan.ts'
import type { TransferView } from './find-transfers.ts'
import type { LeavingMember } from './leaving-members.ts'
import { listed } from './messages.ts'
import type { OpenBusiness } from './open-business.ts'
import type { SheetProblem } from './plan-workbook.ts'
import type { Plan } from './plans.ts'

const problemsShown = 15
const namesShown = 10

/** The draft stands: its rows come from a workbook or are chosen here. */
export function draftMessage(texts: Texts, planId: number): Message {
  return {
    text: texts('transfers:draftReady'),
    buttons: [
      [{ text: texts('transfers:byFile'), data: `xfile:${planId}` }],
      [{ text: texts('transfers:byHand'), data: `xpick:${planId}.0` }],
      [{ text: texts('transfers:drop'), data: `xdrop:${planId}` }],
    ],
  }
}

/** The leaving branch's people with where each goes; picking a line asks where to. */
export function placingList(
  texts: Texts,
  {
    plan,
    members,
    branches,
    page,
  }: { plan: Plan; members: readonly LeavingMember[]; branches: readonly Branch[]; page: number },
): PickList {
  const receivers = new Map(branches.map(({ id, name }) => [id, name]))
  const rowOf = new Map(plan.rows.map((row) => [row.personId, row]))
  return {
    title: texts('transfers:pickPerson', { branch: plan.from.name }),
    intro: texts('transfers:pickPersonIntro', { done: plan.rows.length, all: members.length }),
    items: members.map((member) => ({
      label: texts('transfers:personTo', {
        person: memberName(texts, member),
        branch: receivers.get(rowOf.get(member.id)?.toId ?? 0) ?? texts('transfers:notPlaced'),
      }),
      data: `xper:${plan.id}.${member.id}`,
    })),
    page,
    pageData: (other) => `xpick:${plan.id}.${other}`,
    more: [
      [{ text: texts('transfers:toPreview'), data: `xprev:${plan.id}` }],
      [{ text: texts('transfers:drop'), data: `xdrop:${plan.id}` }],
    ],
  }
}

/** Everything that will happen, to be confirmed; with problems there is nothing to confirm. */
export function previewMessage(texts: Texts, { plan, groups, staying, problems, business }: CheckedPlan): Message {
  const count = groups.reduce((sum, { people }) => sum + people.length, 0)
  const lines = groups.flatMap(({ branch, people }) => [
    '',
    texts('transfers:groupLine', { branch: branch.name, count: people.length }),
    ...listed(texts, people, (person) => memberName(texts, person)),
  ])
  const names = staying.slice(0, namesShown).map(({ fullName }) => fullName)
  const stays = { count: staying.length, names: names.join(', ') + (staying.length > namesShown ? ', …' : '') }
  return {
    ...titled(
      texts('transfers:previewTitle', { date: formatDate(plan.effectiveOn), count, branch: plan.from.name }),
      texts('transfers:underInstrument', { number: plan.instrument.number, date: formatDate(plan.instrument.on) }),
      ...lines,
      '',
      staying.length > 0 && texts('transfers:stayingLine', stays),
      plan.dissolves && texts('transfers:willDissolve', { branch: plan.from.name }),
      plan.dissolves && staying.length > 0 && texts('transfers:cannotDissolveYet'),
      ...businessLines(texts, business),
      ...problemLines(texts, problems),
      texts('transfers:official'),
    ),
    buttons: [
      ...(problems.length === 0 ? [[{ text: texts('transfers:confirm'), data: `xconf:${plan.id}` }]] : []),
      [{ text: texts('transfers:change'), data: `xpick:${plan.id}.0` }],
      [{ text: texts('transfers:drop'), data: `xdrop:${plan.id}` }],
    ],
  }
}

export function sheetProblemsMessage(texts: Texts, problems: readonly SheetProblem[]): Message {
  const shown = problems
    .slice(0, problemsShown)
    .map(({ row, column, problem }) =>
      texts('transfers:sheetProblem', { row, column, problem: texts.problem(problem) }),
    )
  const left = problems.length - shown.length
  return titled(
    texts('transfers:sheetProblems', { count: problems.length }),
    '',
    ...shown,
    left > 0 && texts('transfers:sheetMore', { count: left }),
  )
}

/** How far a confirmed plan has come, and what keeps its branch from being dissolved. */
export function progressMessage(
  texts: Texts,
  progress: {
    plan: Plan
    transfers: readonly TransferView[]
    dissolvedOn: Temporal.PlainDate | null
    business: OpenBusiness
  },
): Message {
  const { plan, transfers, dissolvedOn, business } = progress
  const branch = plan.from.name
  const counts = transferStates.flatMap((state) => {
    const count = transfers.filter((one) => one.state === state).length
    return count === 0 ? [] : [texts('transfers:planCount', { state: texts(`transfers:states.${state}`), count })]
  })
  const isOpen = plan.dissolves && dissolvedOn === null
  return {
    ...titled(
      texts('transfers:planTitle', { number: plan.instrument.number, date: formatDate(plan.instrument.on) }),
      texts('transfers:planFrom', { branch, date: formatDate(plan.effectiveOn) }),
      '',
      ...counts,
      dissolvedOn && texts('transfers:dissolvedOn', { branch, date: formatDate(dissolvedOn) }),
      ...(isOpen ? businessLines(texts, business) : []),
    ),
    buttons: isOpen ? finishingButtons(texts, plan, business) : [],
  }
}

/** What must be ended first, and the dissolution itself. */
export function finishingButtons(texts: Texts, plan: Plan, business: OpenBusiness): Button[][] {
  const isEmpty = business.members.length === 0
  return [
    ...(isEmpty && business.tasks.length + business.votes.length > 0
      ? [[{ text: texts('transfers:endBusiness'), data: `xrest:${plan.id}` }]]
      : []),
    [{ text: texts('transfers:dissolve', { branch: plan.from.name }), data: `xend:${plan.id}` }],
  ]
}

export function memberName(
  texts: Texts,
  { fullName, birthYear }: { fullName: string; birthYear: number | null },
): string {
  return birthYear === null ? fullName : texts('transfers:person', { name: fullName, year: birthYear })
}

function businessLines(texts: Texts, business: OpenBusiness | null): string[] {
  if (!business) return []
  const votes = business.votes.map(({ number }) => number).join(', ')
  return [
    ...(business.tasks.length > 0 ? [texts('transfers:businessTasks', { numbers: business.tasks.join(', ') })] : []),
    ...(votes === '' ? [] : [texts('transfers:businessVotes', { numbers: votes })]),
    ...(business.liaisons.length > 0 ? [texts('transfers:businessLiaisons', { count: business.liaisons.length })] : []),
  ]
}

function problemLines(texts: Texts, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return []
  const shown = problems.slice(0, problemsShown)
  return [
    '',
    texts('transfers:previewProblems'),
    ...shown.map((problem) => texts('transfers:problemLine', { problem: texts.problem(problem) })),
  ]
}
