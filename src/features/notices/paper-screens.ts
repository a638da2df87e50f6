import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import { type IssueNumber, printedNumber } from './issue-number.ts'
import type { PaperCopy } from './list-paper.ts'
import type { PaperOf } from './paper-copy.ts'

const shownCopies = 20

/** A copy in a button's data: `0:12` is a branch's, `1:12` a person's. */
export function copyData({ kind, id }: PaperOf): string {
  return `${kind === 'branch' ? 0 : 1}:${id}`
}

/** To the ward's officers: what is to be printed and handed over. */
export function paperToHandMessage(
  texts: Texts,
  { issueId, number, copies }: { issueId: number; number: IssueNumber; copies: readonly PaperCopy[] },
): Message {
  const more = copies.length - shownCopies
  return {
    ...titled(
      texts('notices:paperToHand', { count: copies.length, number: printedNumber(texts, number) }),
      '',
      ...copies.slice(0, shownCopies).map((copy, index) => `${index + 1}. ${copyLine(texts, copy)}`),
      more > 0 && texts('notices:moreProblems', { count: more }),
    ),
    buttons: [[{ text: texts('notices:paperButton'), data: `npaperof:${issueId}` }]],
  }
}

/** The copies of an issue that are still to be handed over. */
export function paperList(
  texts: Texts,
  { issueId, number, copies }: { issueId: number; number: IssueNumber; copies: readonly PaperCopy[] },
  page: number,
): PickList {
  return {
    title: texts('notices:paperListTitle', { number: printedNumber(texts, number), count: copies.length }),
    intro: texts('notices:paperListIntro'),
    items: copies.map((copy) => ({ label: copyLine(texts, copy), data: `npaper:${copyData(copy)}` })),
    page,
    pageData: (next) => `npaperof:${issueId}:${next}`,
  }
}

export function askReceiverMessage(
  texts: Texts,
  copy: PaperOf,
  people: readonly { id: number; fullName: string }[],
): Message {
  const buttons = people.map(({ id, fullName }): Button[] => [
    { text: texts('notices:comrade', { name: fullName }), data: `nhand:${copyData(copy)}:${id}` },
  ])
  return {
    text: texts('notices:askReceiver'),
    buttons: [...buttons, [{ text: texts('common:cancel'), data: 'cancel' }]],
  }
}

function copyLine(texts: Texts, { kind, name, reason }: PaperCopy): string {
  const who = kind === 'person' ? texts('notices:comrade', { name }) : name
  return texts('notices:copyLine', { name: who, reason: texts(`notices:paperReason.${reason ?? 'noChat'}`) })
}
