import { formatDate } from '../../domain/formats.ts'
import { formatPeriod, isPeriod, lastDay, type Period } from '../../domain/period.ts'
import { lastDayOfReport, needsReport, standsAs } from '../../domain/plans.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PlanItemView, PlanView } from './plan-view.ts'

export interface PlanReader {
  isOwn: boolean
  mayWrite: boolean
  mayDecide: boolean
  /** The month of which something is said now. */
  month: Period | null
}

/** A plan with its items, numbered, and what the reader may do. */
export function planCard(texts: Texts, plan: PlanView, reader: PlanReader): Message {
  const last = plan.remarks.at(-1)
  return {
    ...titled(
      texts('plans:title', { year: plan.year }),
      texts('plans:whose', { name: plan.person.name }),
      texts('plans:stateLine', { state: texts(`plans:states.${plan.state}`) }),
      plan.remark !== null && texts('plans:remarkLine', { text: plan.remark }),
      '',
      ...plan.items.map((item, index) => itemLine(texts, item, index)),
      last !== undefined && `\n${monthRemark(texts, last)}`,
      plan.summary !== null && `\n${texts('plans:summaryLine', { text: plan.summary })}`,
    ),
    buttons: buttonsOf(texts, plan, reader),
  }
}

function buttonsOf(texts: Texts, plan: PlanView, { mayWrite, mayDecide, month, isOwn }: PlanReader): Button[][] {
  const row = (text: string, data: string) => [{ text, data }]
  const isWritten = plan.state === 'draft' || plan.state === 'returned'
  const isOpen = plan.state === 'approved' && month?.startsWith(String(plan.year))
  return [
    ...(isWritten && mayWrite
      ? [
          row(texts('plans:editItem'), `pedit:${plan.id}`),
          row(texts('plans:addItem'), `padd:${plan.id}`),
          row(texts('plans:submit'), `psub:${plan.id}`),
        ]
      : []),
    ...(plan.state === 'submitted' && mayDecide ? decideButtons(texts, plan.id) : []),
    ...(isOpen && mayWrite
      ? [row(texts(isOwn ? 'plans:reportMonth' : 'plans:reportMonthFor'), `pmon:${plan.id}`)]
      : []),
    ...(isOpen && mayDecide ? [row(texts('plans:remarkMonth'), `prem:${plan.id}`)] : []),
    ...(plan.state === 'approved' && mayWrite ? [row(texts('plans:summarise'), `pend:${plan.id}`)] : []),
    row(texts('plans:export'), `pdoc:${plan.id}`),
  ]
}

export function decideButtons(texts: Texts, planId: number): Button[][] {
  return [
    [{ text: texts('plans:approve'), data: `pyes:${planId}` }],
    [{ text: texts('plans:return'), data: `pback:${planId}` }],
  ]
}

/** The next item that needs a word for the month, with its three answers; null where none does. */
export function monthQuestion(texts: Texts, plan: PlanView, month: Period): Message | null {
  const open = plan.items.filter((item) => needsReport(item, month))
  const [item] = open
  if (!item) return null
  const row = (status: 'done' | 'doing' | 'notDone') => [
    { text: texts(`plans:statuses.${status}`), data: `psay:${item.id}.${status}` },
  ]
  return {
    ...titled(
      texts('plans:monthTitle', { month: formatPeriod(month), count: open.length }),
      texts('plans:whose', { name: plan.person.name }),
      '',
      item.text,
      texts('plans:measureLine', { measure: item.measure }),
    ),
    buttons: [row('done'), row('doing'), row('notDone')],
  }
}

export function submittedMessage(texts: Texts, plan: PlanView): Message {
  return {
    ...titled(
      texts('plans:submittedTitle', { year: plan.year }),
      texts('plans:whose', { name: plan.person.name }),
      '',
      ...plan.items.map((item, index) => itemLine(texts, item, index)),
    ),
    buttons: decideButtons(texts, plan.id),
  }
}

export function decidedMessage(texts: Texts, plan: PlanView): Message {
  const isApproved = plan.state === 'approved'
  return {
    ...titled(
      texts(isApproved ? 'plans:approvedTitle' : 'plans:returnedTitle', { year: plan.year }),
      plan.remark !== null && texts('plans:remarkLine', { text: plan.remark }),
      texts(isApproved ? 'plans:approvedHint' : 'plans:returnedHint'),
    ),
    buttons: [[{ text: texts('plans:view'), data: `pview:${plan.id}` }]],
  }
}

export function remarkMessage(texts: Texts, month: Period, text: string): Message {
  return titled(texts('plans:remarkTitle', { month: formatPeriod(month) }), '', text)
}

/** To a member who has not yet said how their plan stands in the month. */
export function monthReminder(texts: Texts, plan: PlanView, month: Period): Message {
  return {
    ...titled(
      texts('plans:remindTitle', { date: closesOn(month) }),
      texts('plans:remindMonth', { month: formatPeriod(month) }),
    ),
    buttons: [[{ text: texts('plans:reportMonth'), data: `pmon:${plan.id}` }]],
  }
}

/** The same to those who decide, of members whom the bot cannot reach. */
export function monthReminderOf(
  texts: Texts,
  branch: { branchId: number; year: number },
  month: Period,
  names: readonly string[],
): Message {
  return {
    ...titled(
      texts('plans:remindTitle', { date: closesOn(month) }),
      texts('plans:remindOthers', { month: formatPeriod(month) }),
      '',
      ...names.map((name, index) => `${index + 1}. ${name}`),
    ),
    buttons: [[{ text: texts('plans:viewBranch'), data: `pbra:${branch.branchId}.${branch.year}` }]],
  }
}

function closesOn(month: Period): string {
  return formatDate(lastDay(month).add({ days: lastDayOfReport }))
}

export function itemLine(texts: Texts, item: PlanItemView, index: number): string {
  const stands = standsAs(item)
  return [
    `${index + 1}. ${texts(`plans:groups.${item.group}`)}: ${item.text}`,
    `   ${texts('plans:measureAndMonth', { measure: item.measure, month: item.dueMonth })}`,
    ...(stands === null ? [] : [`   ${texts('plans:standsLine', { status: texts(`plans:statuses.${stands}`) })}`]),
  ].join('\n')
}

function monthRemark(texts: Texts, { month, text }: PlanView['remarks'][number]): string {
  return texts('plans:monthRemark', { month: isPeriod(month) ? formatPeriod(month) : month, text })
}
