import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { TransferView } from './find-transfers.ts'
import { listed, longestList, nameOf, receivingButtons } from './messages.ts'

interface Place {
  id: number
  name: string
}

/** A task by its number in the old branch and whose it is. */
export interface LeftTask {
  number: number
  personId: number
  name: string
}

/** To a receiving branch on the first day: who is new, and a button each to give them a task. */
export function arrivedMessage(
  texts: Texts,
  branch: Place,
  arrived: readonly TransferView[],
  days: { on: Temporal.PlainDate; today: Temporal.PlainDate },
): Message {
  const values = { count: arrived.length, branch: branch.name }
  return {
    ...titled(
      days.on.equals(days.today)
        ? texts('transfers:arrivedTitle', values)
        : texts('transfers:arrivedTitleLate', { ...values, date: formatDate(days.on) }),
      '',
      ...listed(texts, arrived, (transfer) => nameOf(texts, transfer)),
      '',
      texts('transfers:arrivedHint'),
    ),
    buttons: arrived
      .slice(0, longestList)
      .map(({ person }) => [
        { text: texts('transfers:assignTo', { name: person.name }), data: `tnew:${branch.id}.${person.id}` },
      ]),
  }
}

/** To the person on the first day. */
export function welcomeMessage(
  texts: Texts,
  transfer: TransferView,
  { on, secretary, tasks }: { on: Temporal.PlainDate; secretary: string | null; tasks: readonly LeftTask[] },
): Message {
  const date = formatDate(on)
  const { from, to } = transfer
  if (to.id === null)
    return titled(texts('transfers:goneAway', { date, branch: from.name }), texts('transfers:official'))
  return titled(
    texts('transfers:welcome', { date, branch: to.name }),
    secretary !== null && texts('transfers:welcomeSecretary', { name: secretary }),
    texts('transfers:welcomeGroup'),
    tasks.length > 0 && texts('transfers:oldTasks', { numbers: tasks.map(({ number }) => number).join(', ') }),
  )
}

/** To the branch that was left: who is gone, and what they have not finished there. */
export function leftMessage(
  texts: Texts,
  branch: Place,
  left: readonly TransferView[],
  { on, tasks }: { on: Temporal.PlainDate; tasks: readonly LeftTask[] },
): Message {
  const numbers = tasks.map(({ number, name }) => texts('transfers:taskOf', { number, name })).join(', ')
  return titled(
    texts('transfers:leftTitle', { count: left.length, branch: branch.name, date: formatDate(on) }),
    '',
    ...listed(texts, left, (transfer) => nameOf(texts, transfer)),
    '',
    texts('transfers:leftHint'),
    tasks.length > 0 && texts('transfers:leftTasks', { numbers }),
  )
}

/** To a receiving branch and the office on the day of effect: who is not received yet. */
export function lateMessage(texts: Texts, to: TransferView['to'], late: readonly TransferView[]): Message {
  const [first] = late
  return {
    ...titled(
      texts('transfers:lateTitle', {
        date: first?.effectiveOn ? formatDate(first.effectiveOn) : '',
        count: late.length,
        branch: to.name,
      }),
      '',
      ...listed(texts, late, (transfer) => nameOf(texts, transfer)),
      '',
      texts('transfers:lateHint'),
    ),
    ...(to.id === null ? {} : { buttons: receivingButtons(texts, to.id) }),
  }
}

export function papersMessage(texts: Texts, transfer: TransferView, by: Temporal.PlainDate): Message {
  return titled(
    texts('transfers:papersTitle', { date: formatDate(by), branch: transfer.to.name }),
    texts('transfers:papersOf', { name: transfer.person.name }),
    texts('transfers:papersHint'),
    texts('transfers:official'),
  )
}

export function overdueMessage(texts: Texts, transfer: TransferView, by: Temporal.PlainDate): Message {
  return {
    ...titled(
      texts('transfers:overdueTitle', { date: formatDate(by), name: transfer.person.name }),
      texts('transfers:overdueHint', { branch: transfer.to.name }),
    ),
    buttons: [[{ text: texts('transfers:seeList'), data: `xcard:${transfer.id}` }]],
  }
}

export function startMessage(texts: Texts, transfer: TransferView, by: Temporal.PlainDate): Message {
  return {
    ...titled(
      texts('transfers:startTitle', { date: formatDate(by), name: transfer.person.name, place: transfer.to.name }),
      texts('transfers:startHint'),
      texts('transfers:official'),
    ),
    buttons: [[{ text: texts('transfers:path.open'), data: `xcard:${transfer.id}` }]],
  }
}

export function stayEndsMessage(texts: Texts, { person, from, to }: TransferView, on: Temporal.PlainDate): Message {
  return titled(
    texts('transfers:stayEndsTitle', { date: formatDate(on), name: person.name, place: to.name }),
    texts('transfers:stayEndsHint', { branch: from.name }),
  )
}

/** To the office: everybody of a plan has arrived, and the empty branch may be dissolved. */
export function planDoneMessage(
  texts: Texts,
  plan: { id: number; instrument: { number: string }; from: Place },
): Message {
  const branch = plan.from.name
  return {
    ...titled(
      texts('transfers:planDoneTitle', { number: plan.instrument.number }),
      texts('transfers:dissolveHint', { branch }),
    ),
    buttons: [[{ text: texts('transfers:dissolve', { branch }), data: `xend:${plan.id}` }]],
  }
}
