import { formatDateTime } from '../../domain/formats.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import { isAwaited, needsHand, type PersonStatus } from './view-people-status.ts'
import type { Reader, Readers } from './view-readers.ts'

/** How far those are whom a plain notice was meant for themselves; numbered on from `before`. */
export function peopleLines(texts: Texts, people: readonly PersonStatus[], before: number): string[] {
  if (people.length === 0) return []
  const awaited = people.filter(isAwaited)
  const confirmed = people.filter(({ confirmedAt }) => confirmedAt !== null)
  const rest = people.filter((person) => person.confirmedAt === null && !isAwaited(person))
  const replaced = rest.filter(({ handed }) => handed === null)
  let index = before
  const line = (person: PersonStatus) => `${++index}. ${personLine(texts, person)}`
  return [
    '',
    texts('notices:peopleCount', { count: confirmed.length, of: people.length - replaced.length }),
    ...awaited.map(line),
    ...rest.filter(({ handed }) => handed !== null).map(line),
    ...confirmed.map(line),
    ...replaced.map(line),
  ]
}

/** `chưa xem`, or when it was opened. */
export function seenSay(texts: Texts, seenAt: Date | null): string {
  return seenAt === null ? texts('notices:unread') : texts('notices:seenAt', { at: formatDateTime(seenAt) })
}

function personLine(texts: Texts, person: PersonStatus): string {
  const { fullName: name, confirmedAt, handed, seenAt, replaced } = person
  const say = (reason: string) => texts('notices:copyLine', { name: texts('notices:comrade', { name }), reason })
  if (confirmedAt) return say(texts('notices:confirmedAt', { at: formatDateTime(confirmedAt) }))
  if (handed) return say(texts('notices:handedTo', { to: handed.toName, at: formatDateTime(handed.at) }))
  if (replaced) return say(texts('notices:replacedShort'))
  return say(needsHand(person) ? texts('notices:paperReason.noChat') : seenSay(texts, seenAt))
}

/** Member by member, who has confirmed; for the secretary with the way to enter it for those without an account. */
export function readersMessage(texts: Texts, { noticeId, number, branchName, readers, mayEnter }: Readers): Message {
  const confirmed = readers.filter(({ confirmedAt }) => confirmedAt !== null)
  const seen = readers.filter(({ confirmedAt, seenAt }) => confirmedAt === null && seenAt !== null)
  const unread = readers.filter(({ confirmedAt, seenAt }) => confirmedAt === null && seenAt === null)
  let index = 0
  const section = (title: string, members: readonly Reader[], say: (reader: Reader) => string) =>
    members.length > 0 && lines('', title, ...members.map((reader) => `${++index}. ${say(reader)}`))
  const without = readers.filter(({ confirmedAt, hasAccount }) => confirmedAt === null && !hasAccount)
  const enter: Button[][] =
    mayEnter && without.length > 0
      ? [[{ text: texts('notices:enterButton', { count: without.length }), data: `nenter:${noticeId}` }]]
      : []
  return {
    ...titled(
      texts('notices:readersTitle', { number: printedNumber(texts, number) }),
      branchName,
      texts('notices:readersCount', { count: confirmed.length, of: readers.length }),
      section(texts('notices:unreadTitle', { count: unread.length }), unread, ({ fullName, hasAccount }) =>
        hasAccount ? fullName : texts('notices:copyLine', { name: fullName, reason: texts('notices:noAccount') }),
      ),
      section(texts('notices:seenTitle', { count: seen.length }), seen, ({ fullName, seenAt }) =>
        texts('notices:copyLine', { name: fullName, reason: seenSay(texts, seenAt) }),
      ),
      section(texts('notices:readersConfirmed', { count: confirmed.length }), confirmed, (reader) =>
        readerConfirmed(texts, reader),
      ),
    ),
    ...(enter.length > 0 ? { buttons: enter } : {}),
  }
}

function readerConfirmed(texts: Texts, { fullName, confirmedAt, onBehalf }: Reader): string {
  const at = confirmedAt ? formatDateTime(confirmedAt) : ''
  return texts(onBehalf ? 'notices:confirmedOnBehalf' : 'notices:confirmedThemself', { name: fullName, at })
}
