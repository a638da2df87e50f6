import { formatDate } from '../../domain/formats.ts'
import { formatPeriod, type Period } from '../../domain/period.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import { titleOfNotice } from './notice-messages.ts'
import type { NoticeView } from './notice-view.ts'
import type { PersonalView } from './personal-view.ts'

/** A notice that nobody has confirmed for its branch: to those who can, with the button; to the ward member in charge, without. */
export function reminderMessage(texts: Texts, view: NoticeView, to: 'secretary' | 'deputy' | 'supervisor'): Message {
  const number = printedNumber(texts, view.number)
  const title = texts('notices:reminderTitle', { branch: view.branchName })
  const acknowledge = { text: texts('notices:acknowledgeNumber', { number }), data: `nack:${view.noticeId}` }
  return {
    ...titled(
      title,
      view.kind === 'plain' && view.dueOn && texts('notices:dueLine', { date: formatDate(view.dueOn) }),
      about(texts, view),
      '',
      texts(`notices:reminderAsk.${to}`),
    ),
    ...(to === 'supervisor' ? {} : { buttons: [[acknowledge]] }),
  }
}

/** To a leader: the day has come, and so many cadres have no result of the month yet. */
export function entryMessage(texts: Texts, day: 'entryDay' | 'issueDay', period: Period, missing: number): Message {
  return {
    ...titled(
      texts(`notices:rhythmTitle.${day}`, { period: formatPeriod(period) }),
      day === 'entryDay'
        ? texts('entries:rhythmMissing', { count: missing })
        : texts('notices:rhythmMissing', { count: missing }),
    ),
    buttons: [
      [{ text: texts('entries:label'), data: `nel:${period}:0` }],
      [{ text: texts('notices:labelResults'), data: 'menu:ketqua' }],
    ],
  }
}

/** To a member who has not confirmed for themself what their branch was told. */
export function memberReminder(texts: Texts, view: NoticeView): Message {
  return ownReminder(texts, view, `nack:${view.noticeId}`)
}

/** To somebody who has not confirmed what was meant for them. */
export function personalReminder(texts: Texts, view: PersonalView): Message {
  return ownReminder(texts, view, `npack:${view.personalId}`)
}

/** To the ward member in charge of the branch of somebody who has not confirmed, without a button. */
export function personSilent(texts: Texts, view: PersonalView): Message {
  const title = texts('notices:personSilent', { name: view.fullName })
  return titled(title, about(texts, view), '', texts('notices:personSilentAsk'))
}

function ownReminder(texts: Texts, view: NoticeView | PersonalView, data: string): Message {
  return {
    ...titled(
      texts('notices:ownReminderTitle'),
      view.kind === 'plain' && view.dueOn && texts('notices:dueLine', { date: formatDate(view.dueOn) }),
      about(texts, view),
    ),
    buttons: [[{ text: texts('notices:acknowledgeNumber', { number: printedNumber(texts, view.number) }), data }]],
  }
}

function about(texts: Texts, view: NoticeView | PersonalView): string {
  const number = printedNumber(texts, view.number)
  return texts('notices:reminderAbout', { title: titleOfNotice(texts, view), number, date: formatDate(view.issuedOn) })
}
