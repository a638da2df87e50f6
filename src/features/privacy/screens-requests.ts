import type { RequestKind } from '../../domain/data-requests.ts'
import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { RequestView } from './requests.ts'

export const decisions = ['answer', 'extend', 'done', 'refused'] as const
export type Decision = (typeof decisions)[number]

interface Received {
  id: number
  kind: RequestKind
  answerDueOn: Temporal.PlainDate
  doneDueOn: Temporal.PlainDate
}

/** The days, and whose request it is to be read after a press: a name and a wish are not for a lock screen. */
export function officerNote(texts: Texts, { id, kind, answerDueOn, doneDueOn }: Received): Message {
  return {
    ...titled(
      texts('privacy:request.noteTitle', { number: id }),
      texts('privacy:request.days', { answer: formatDate(answerDueOn), done: formatDate(doneDueOn) }),
      texts(`privacy:request.${kind}`),
    ),
    buttons: [[{ text: texts('privacy:request.open'), data: `preq:${id}` }]],
  }
}

export function reminderNote(
  texts: Texts,
  due: { id: number; dueOn: Temporal.PlainDate; isForAnswer: boolean; today: Temporal.PlainDate },
): Message {
  const isLate = Temporal.PlainDate.compare(due.dueOn, due.today) < 0
  return {
    ...titled(
      texts(isLate ? 'privacy:request.lateTitle' : 'privacy:request.dueTitle', {
        number: due.id,
        on: formatDate(due.dueOn),
      }),
      texts(due.isForAnswer ? 'privacy:request.toAnswer' : 'privacy:request.toFinish'),
    ),
    buttons: [[{ text: texts('privacy:request.open'), data: `preq:${due.id}` }]],
  }
}

export function receiptMessage(texts: Texts, request: RequestView): Message {
  return titled(
    texts('privacy:request.receiptTitle', { number: request.id }),
    texts('privacy:request.days', {
      answer: formatDate(request.answerDueOn),
      done: formatDate(request.doneDueOn),
    }),
    '',
    texts('privacy:request.receipt'),
  )
}

export function requestList(texts: Texts, requests: readonly RequestView[]): PickList {
  return {
    title: texts('privacy:request.listTitle', { count: requests.length }),
    items: requests.map(({ id, fullName, kind, doneDueOn }) => ({
      label: texts('privacy:request.line', {
        on: formatDate(doneDueOn),
        name: fullName,
        kind: texts(`privacy:request.${kind}`),
      }),
      data: `preq:${id}`,
    })),
    more: [[{ text: texts('privacy:request.enter'), data: 'pfor' }]],
  }
}

export function requestMessage(texts: Texts, request: RequestView): Message {
  const { id, isAnswered, isExtended } = request
  return {
    ...titled(
      texts('privacy:request.title', { number: id, name: request.fullName }),
      texts('privacy:request.days', {
        answer: formatDate(request.answerDueOn),
        done: formatDate(request.doneDueOn),
      }),
      request.isEntered && texts('privacy:request.entered'),
      '',
      texts(`privacy:request.${request.kind}`),
      request.text,
      '',
      texts(`privacy:request.how.${request.kind}`),
    ),
    buttons: decisions
      .filter((one) => !(one === 'answer' && isAnswered) && !(one === 'extend' && isExtended))
      .map((one) => [{ text: texts(`privacy:request.decide.${one}`), data: `pdec:${id}:${one}` }]),
  }
}

/** What the person hears of a decision. */
export function decisionNote(texts: Texts, request: RequestView, decision: Decision, outcome: string): Message {
  return titled(
    texts('privacy:request.decidedTitle', { number: request.id }),
    texts(`privacy:request.decided.${decision}`, { on: formatDate(request.doneDueOn) }),
    outcome !== '' && outcome,
  )
}
