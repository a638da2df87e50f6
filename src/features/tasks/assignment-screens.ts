import { formatDate } from '../../domain/formats.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { AssignedTask } from './assign-task.ts'
import { dueLine } from './screens.ts'

export function titleQuestion(texts: Texts, name: string): Message {
  return { ...titled(texts('tasks:askTitle', { name }), '', texts('tasks:askTitleHint')) }
}

/** Asks for the due date: by a button with the day it means, or typed. */
export function dueQuestion(
  texts: Texts,
  { key, today, inGroup }: { key: string; today: Temporal.PlainDate; inGroup: boolean },
): Message {
  const saturday = today.add({ days: 6 - (today.dayOfWeek % 7) })
  const monthEnd = today.with({ day: today.daysInMonth })
  const button = (label: string, day: Temporal.PlainDate): Button => ({
    text: `${label} (${formatDate(day)})`,
    data: `tdue:${key}.${day.toString()}`,
  })
  const saturdayLabel = texts(today.dayOfWeek === 7 ? 'tasks:nextSaturday' : 'tasks:thisSaturday')
  return {
    ...titled(texts('tasks:askDue'), '', texts(inGroup ? 'tasks:askDueHintInGroup' : 'tasks:askDueHint')),
    buttons: [
      [button(saturdayLabel, saturday)],
      [button(texts('tasks:endOfMonth'), monthEnd)],
      [{ text: texts('tasks:withoutDueDate'), data: `tdue:${key}.none` }],
      // In a group anybody may tap it.
      ...(inGroup ? [] : [[{ text: texts('common:cancel'), data: 'cancel' }]]),
    ],
  }
}

/** What is about to be written, before it is. */
export function assignmentPreview(
  texts: Texts,
  draft: { key: string; name: string; title: string; dueOn: Temporal.PlainDate | null },
): Message {
  return {
    ...titled(
      dueLine(texts, draft.dueOn),
      texts('tasks:comrade', { name: draft.name }),
      '',
      draft.title,
      '',
      texts('tasks:assignQuestion'),
    ),
    buttons: [
      [{ text: texts('tasks:assign'), data: `tok:${draft.key}` }],
      [{ text: texts('common:cancel'), data: `tdrop:${draft.key}` }],
    ],
  }
}

export function assignmentDone(texts: Texts, { task, toldGroup, toldAssignee }: AssignedTask): Message {
  return titled(
    texts('tasks:assigned', { number: task.number, name: task.assignee.name }),
    !toldGroup && texts('tasks:groupMissing'),
    !toldAssignee && texts('tasks:tellByVoice', { name: task.assignee.name }),
  )
}
