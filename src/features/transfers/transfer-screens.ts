import { formatDate } from '../../domain/formats.ts'
import { formatPeriod, isPeriod } from '../../domain/period.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickItem, PickList } from '../../telegram/pick-list.ts'
import type { Branch } from '../registry/index.ts'
import type { TransferView } from './find-transfers.ts'
import type { TransferCard, TransfersHome } from './list-transfers.ts'
import { nameOf } from './messages.ts'

/** What there is to do with transfers, one line a thing. */
export function homeList(texts: Texts, home: TransfersHome): PickList {
  const item = (label: string, data: string): PickItem => ({ label, button: label, data })
  return {
    title: texts('transfers:homeTitle'),
    intro: texts('transfers:official'),
    items: [
      ...home.receiving.map(({ branch, count }) =>
        item(texts('transfers:homeReceive', { branch: branch.name, count }), `xrecv:${branch.id}`),
      ),
      ...(home.draft
        ? [item(texts('transfers:homeDraft', { branch: home.draft.from.name }), `xplan:${home.draft.id}`)]
        : []),
      ...home.plans.map(({ id, number, branch }) =>
        item(texts('transfers:homePlan', { number, branch }), `xplan:${id}`),
      ),
      ...(home.openCount > 0 ? [item(texts('transfers:homeOpen', { count: home.openCount }), 'xopen:0')] : []),
      ...(home.mayPlan ? [item(texts('transfers:homeNewPlan'), 'xnew:0')] : []),
      ...(home.mayPropose ? [item(texts('transfers:homeOne'), 'xone:find')] : []),
      ...(home.mayProposeSelf ? [item(texts('transfers:homeOwn'), 'xone:self')] : []),
    ],
  }
}

export function openList(texts: Texts, transfers: readonly TransferView[], page: number): PickList {
  return {
    title: texts('transfers:openTitle'),
    items: transfers.map((transfer) => ({
      label: texts('transfers:openLine', {
        name: nameOf(texts, transfer),
        place: transfer.to.name,
        state: texts(`transfers:states.${transfer.state}`),
      }),
      data: `xcard:${transfer.id}`,
    })),
    page,
    pageData: (other) => `xopen:${other}`,
  }
}

export function waitingList(
  texts: Texts,
  { branch, waiting }: { branch: Branch; waiting: readonly TransferView[] },
): PickList {
  return {
    title: texts('transfers:waitingTitle', { branch: branch.name }),
    items: waiting.map((transfer) => ({ label: nameOf(texts, transfer), data: `xcard:${transfer.id}` })),
    linesPerPage: 90,
    more: [[{ text: texts('transfers:receiveAll'), data: `xall:${branch.id}` }]],
  }
}

/** One transfer: what is to be done next stands first, then how it came so far. */
export function transferCard(texts: Texts, card: TransferCard): Message {
  const { transfer } = card
  const { instrument, feesPaidThrough, reason } = transfer
  const dated = (
    key:
      | 'effectiveOn'
      | 'movesOn'
      | 'until'
      | 'presentBy'
      | 'proposedOn'
      | 'reviewedOn'
      | 'receivedOn'
      | 'receivedOnBehalf',
    day: Temporal.PlainDate | null,
  ) => day && texts(`transfers:card.${key}`, { value: formatDate(day) })
  const isWaiting = transfer.state === 'introduced'
  return {
    ...titled(
      nameOf(texts, transfer),
      texts('transfers:card.state', { value: texts(`transfers:states.${transfer.state}`) }),
      isWaiting && dated('presentBy', transfer.presentBy),
      texts(`transfers:kinds.${transfer.kind}`),
      texts('transfers:card.from', { value: transfer.from.name }),
      texts('transfers:card.to', { value: transfer.to.name }),
      instrument && texts('transfers:card.instrument', { number: instrument.number, date: formatDate(instrument.on) }),
      dated('effectiveOn', transfer.effectiveOn),
      dated('until', transfer.until),
      feesPaidThrough !== null &&
        isPeriod(feesPaidThrough) &&
        texts('transfers:feesThrough', { month: formatPeriod(feesPaidThrough) }),
      dated('proposedOn', transfer.proposedOn),
      dated('reviewedOn', transfer.reviewedOn),
      dated(transfer.receivedOnBehalf ? 'receivedOnBehalf' : 'receivedOn', transfer.receivedOn),
      dated('movesOn', transfer.movesOn),
      reason !== null && texts('transfers:reasonLine', { reason }),
      '',
      texts('transfers:official'),
    ),
    buttons: cardButtons(texts, card),
  }
}

function cardButtons(texts: Texts, card: TransferCard): Button[][] {
  const { id } = card.transfer
  const row = (isShown: boolean, text: string, word: string): Button[][] =>
    isShown ? [[{ text, data: `${word}:${id}` }]] : []
  return [
    ...row(card.mayReview, texts('transfers:reviewed'), 'xrev'),
    ...row(card.mayIntroduce, texts('transfers:introduce'), 'xint'),
    ...row(card.mayReceive, texts('transfers:receive'), 'xok'),
    ...row(card.maySendBack, texts('transfers:sendBack'), 'xback'),
    ...row(card.mayRedirect, texts('transfers:chooseAgain'), 'xagain'),
    ...row(card.mayCancel, texts('transfers:cancelTransfer'), 'xcancel'),
  ]
}
