import { formatDate } from '../../domain/formats.ts'
import { formatPeriod, isPeriod } from '../../domain/period.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { TransferView } from './find-transfers.ts'

/** More lines than this do not fit a telephone, nor a message. */
export const longestList = 50

interface Place {
  id: number
  name: string
}

/** To a receiving branch: who is introduced to it. */
export function receivingMessage(texts: Texts, branch: Place, coming: readonly TransferView[]): Message {
  return {
    ...titled(
      texts('transfers:newTitle', {
        date: dateOf(coming[0]?.effectiveOn),
        count: coming.length,
        branch: branch.name,
      }),
      instrumentLine(texts, coming[0]),
      '',
      ...listed(texts, coming, (transfer) => personLine(texts, transfer)),
      '',
      texts('transfers:receiveHint'),
      texts('transfers:official'),
    ),
    buttons: receivingButtons(texts, branch.id),
  }
}

/** To the ward's office, where the bot reaches nobody who leads the receiving branch. */
export function unreachableMessage(texts: Texts, branch: Place, coming: readonly TransferView[]): Message {
  const message = receivingMessage(texts, branch, coming)
  return { ...message, text: `${message.text}\n\n${texts('transfers:unreachable', { branch: branch.name })}` }
}

/** To the branch that is left: who goes where. */
export function leavingMessage(texts: Texts, from: Place, leaving: readonly TransferView[]): Message {
  return titled(
    texts('transfers:leavingTitle', {
      date: dateOf(leaving[0]?.effectiveOn),
      count: leaving.length,
      branch: from.name,
    }),
    instrumentLine(texts, leaving[0]),
    '',
    ...listed(texts, leaving, (transfer) =>
      texts('transfers:personTo', { person: nameOf(texts, transfer), branch: transfer.to.name }),
    ),
    '',
    texts('transfers:leavingHint'),
    texts('transfers:official'),
  )
}

/** To the person: where to, from when, and until when the papers are to be handed in. */
export function introducedMessage(texts: Texts, transfer: TransferView): Message {
  const { to, from, effectiveOn, presentBy, until, feesPaidThrough } = transfer
  const isMonth = feesPaidThrough !== null && isPeriod(feesPaidThrough)
  return titled(
    texts('transfers:papersBy', { date: dateOf(presentBy) }),
    texts('transfers:introducedTitle', { branch: to.name }),
    texts('transfers:fromDay', { date: dateOf(effectiveOn) }),
    until && texts('transfers:untilDay', { date: formatDate(until), branch: from.name }),
    instrumentLine(texts, transfer),
    isMonth && texts('transfers:feesThrough', { month: formatPeriod(feesPaidThrough) }),
    '',
    texts('transfers:official'),
  )
}

/** To the branch that is left: somebody asks to be transferred. */
export function proposedMessage(texts: Texts, transfer: TransferView): Message {
  return {
    ...titled(
      texts('transfers:proposedTitle', { name: transfer.person.name }),
      texts(`transfers:kinds.${transfer.kind}`),
      texts('transfers:toPlace', { place: transfer.to.name }),
      '',
      texts('transfers:proposedHint'),
      texts('transfers:official'),
    ),
    buttons: [[{ text: texts('transfers:reviewed'), data: `xrev:${transfer.id}` }]],
  }
}

export function receivedMessage(texts: Texts, { to, movesOn, until }: TransferView): Message {
  const values = { branch: to.name, date: dateOf(movesOn) }
  const text = until
    ? texts('transfers:receivedOwnTemporary', { ...values, until: formatDate(until) })
    : texts('transfers:receivedOwn', values)
  return { text }
}

/** To everybody concerned: it was sent back or given up, and why. The office may choose another branch at once. */
export function endedMessage(texts: Texts, transfer: TransferView, forOffice: boolean): Message {
  const { person, to, from, reason, state } = transfer
  const values = { name: person.name, place: to.name }
  const isSentBack = state === 'sentBack'
  return {
    ...titled(
      isSentBack ? texts('transfers:sentBackTitle', values) : texts('transfers:cancelledTitle', { name: person.name }),
      texts('transfers:reasonLine', { reason: reason ?? '' }),
      texts('transfers:staysAt', { branch: from.name }),
    ),
    ...(isSentBack && forOffice
      ? { buttons: [[{ text: texts('transfers:chooseAgain'), data: `xagain:${transfer.id}` }]] }
      : {}),
  }
}

export function receivingButtons(texts: Texts, branchId: number): Button[][] {
  return [
    [{ text: texts('transfers:receiveAll'), data: `xall:${branchId}` }],
    [{ text: texts('transfers:seeList'), data: `xrecv:${branchId}` }],
  ]
}

/** Numbered lines, cut where there are too many. */
export function listed<T>(texts: Texts, items: readonly T[], line: (item: T) => string): string[] {
  const shown = items
    .slice(0, longestList)
    .map((item, index) => texts('transfers:numbered', { number: index + 1, line: line(item) }))
  const left = items.length - shown.length
  return left > 0 ? [...shown, texts('transfers:andMore', { count: left })] : shown
}

/** A name with the year of birth, which tells namesakes apart. */
export function nameOf(texts: Texts, { person }: Pick<TransferView, 'person'>): string {
  return person.birthYear === null
    ? person.name
    : texts('transfers:person', { name: person.name, year: person.birthYear })
}

export function dateOf(day: Temporal.PlainDate | null | undefined): string {
  return day ? formatDate(day) : ''
}

function personLine(texts: Texts, transfer: TransferView): string {
  const person = nameOf(texts, transfer)
  return transfer.until ? texts('transfers:personUntil', { person, date: formatDate(transfer.until) }) : person
}

function instrumentLine(texts: Texts, transfer: TransferView | undefined): string | null {
  const instrument = transfer?.instrument
  if (!instrument) return null
  return texts('transfers:underInstrument', { number: instrument.number, date: formatDate(instrument.on) })
}
