import { formatDateTime } from '../../domain/formats.ts'
import { type Button, lines, type Message } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { correctedLine, noticeMessages } from './notice-messages.ts'
import type { PersonalView } from './personal-view.ts'

/** A plain notice in the private chat of whoever it is meant for; the last message carries the button. */
export function personalMessages(texts: Texts, view: PersonalView): [Message, ...Message[]] {
  const { personalId, confirmedAt, correctedBy } = view
  const isOpen = confirmedAt === null && correctedBy === null
  const buttons: Button[][] = isOpen
    ? [[{ text: texts('notices:acknowledgeButton'), data: `npack:${personalId}` }]]
    : []
  const under = lines(
    correctedLine(texts, view),
    confirmedAt !== null && texts('notices:youConfirmed', { at: formatDateTime(confirmedAt) }),
    isOpen && texts('notices:pressYourself'),
  )
  return noticeMessages(texts, view, under, buttons)
}
