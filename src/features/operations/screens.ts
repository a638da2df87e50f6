import { formatDateTime, formatNumber } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import { restored } from '../../platform/outbox.ts'
import type { Texts } from '../../platform/texts.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { ParkedUpdate } from './index.ts'
import type { Operations, StuckDelivery } from './list-failures.ts'

/** The numbers, then every delivery and update that needs a decision, as a list to pick from. */
export async function operationsList(
  turn: Turn,
  operations: Operations,
  parked: readonly ParkedUpdate[],
): Promise<void> {
  const { texts } = turn
  const intro = texts('operations:numbers', {
    waiting: formatNumber(operations.waiting),
    sent: formatNumber(operations.sentToday),
    stuck: formatNumber(operations.stuck.length),
    parked: formatNumber(parked.length),
  })
  if (operations.stuck.length + parked.length === 0) {
    return turn.reply(titled(texts('operations:title'), '', intro, '', texts('operations:allWell')))
  }
  await showPickList(turn, {
    title: texts('operations:title'),
    intro: `\n${intro}`,
    items: [
      ...operations.stuck.map((delivery) => ({
        label: texts('operations:line', { what: whatOf(texts, delivery), at: formatDateTime(delivery.at) }),
        data: `od:${delivery.id}`,
      })),
      ...parked.map((update) => ({
        label: texts('operations:line', { what: texts('operations:parked'), at: formatDateTime(update.at) }),
        data: `op:${update.id}`,
      })),
    ],
  })
}

export function deliveryMessage(texts: Texts, delivery: StuckDelivery): Message {
  return {
    ...titled(
      texts('operations:deliveryTitle', { number: delivery.id }),
      '',
      whatOf(texts, delivery),
      texts('operations:reason', { reason: reasonOf(texts, delivery) }),
      '',
      texts(hintOf(delivery)),
    ),
    buttons: [
      [{ text: texts('operations:resend'), data: `or:${delivery.id}` }],
      [{ text: texts('operations:setAside'), data: `oa:${delivery.id}` }],
    ],
  }
}

export function parkedMessage(texts: Texts, update: ParkedUpdate): Message {
  return {
    ...titled(
      texts('operations:parked'),
      '',
      texts('operations:reason', { reason: update.error }),
      !update.hasContent && texts('operations:unreadable'),
    ),
    buttons: [
      ...(update.hasContent ? [[{ text: texts('operations:redrive'), data: `ou:${update.id}` }]] : []),
      [{ text: texts('operations:drop'), data: `ox:${update.id}` }],
    ],
  }
}

/** What the operator is asked to do first. */
function hintOf({ state, reason }: StuckDelivery) {
  return state === 'unknown' || reason === restored ? 'operations:unknownHint' : 'operations:failedHint'
}

/** Reasons come from Telegram, in its words, but for those of our own making. */
function reasonOf(texts: Texts, { reason }: StuckDelivery): string {
  return reason === restored ? texts('operations:restored') : reason
}

function whatOf(texts: Texts, { state, group }: StuckDelivery): string {
  const place = group ?? texts('operations:privateChat')
  return texts(state === 'unknown' ? 'operations:unknown' : 'operations:failed', { place })
}
