import { formatDate, formatNumber } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PlannedDeletion } from './retain.ts'

/** What is to go, when, and the button that keeps it. */
export function announcement(texts: Texts, planned: PlannedDeletion): Message {
  return {
    ...titled(
      texts('privacy:retention.title', { on: formatDate(planned.deleteOn) }),
      line(texts, planned),
      '',
      texts('privacy:retention.how'),
    ),
    buttons: [[{ text: texts('privacy:retention.hold'), data: `phold:${planned.id}` }]],
  }
}

export function deletionList(texts: Texts, planned: readonly PlannedDeletion[]): Message {
  if (planned.length === 0) return { text: texts('privacy:retention.none') }
  const lines = planned.map((one, index) =>
    texts('privacy:retention.line', { number: index + 1, what: line(texts, one), on: formatDate(one.deleteOn) }),
  )
  return {
    ...titled(texts('privacy:retention.listTitle'), ...lines),
    buttons: planned.map(({ id }, index) => [
      { text: texts('privacy:retention.holdNumber', { number: index + 1 }), data: `phold:${id}` },
    ]),
  }
}

function line(texts: Texts, { name, count, before }: PlannedDeletion): string {
  return texts('privacy:retention.what', { what: texts(name), count: formatNumber(count), before: formatDate(before) })
}
