import { formatDate } from '../../domain/formats.ts'
import type { Recurrence } from '../../domain/recurrence.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import { recurrenceWords } from '../../platform/recurrence-text.ts'
import type { Texts } from '../../platform/texts.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Assigned } from './assign-task.ts'
import type { AssignmentDraft } from './assignment-draft.ts'
import { dueLine } from './screens.ts'
import type { Suggestion } from './suggestions.ts'
import { taskOrigins } from './task-view.ts'

const mostNames = 10
const mostUntold = 20

/** Asks for the work; for one person with what could be asked of their post, numbered. */
export function titleQuestion(
  texts: Texts,
  asked: { key: string; names: readonly string[]; suggested: readonly Suggestion[]; inGroup: boolean },
): { message: Message; items: string[] } {
  const { key, names, suggested, inGroup } = asked
  const [only, other] = names
  const title = other
    ? texts('tasks:askTitleOfSeveral', { count: names.length })
    : texts('tasks:askTitle', { name: only ?? '' })
  if (suggested.length === 0) return { message: titled(title, '', texts('tasks:askTitleHint')), items: [] }
  const items = suggested.map((one, index) => ({ label: one.title, data: `tsug:${key}.${index}` }))
  const message = pickMessage(texts, { title, intro: texts('tasks:askTitleOrPick'), items, inGroup })
  return { message, items: items.map(({ data }) => data) }
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
  draft: Omit<AssignmentDraft, 'title'> & {
    names: readonly string[]
    title: string
    dueOn: Temporal.PlainDate | null
  },
): Message {
  return {
    ...titled(
      dueLine(texts, draft.dueOn),
      draft.rule && recurrenceLine(texts, draft.rule),
      ...nameLines(texts, draft.names),
      '',
      draft.title,
      (draft.origin ?? draft.originNote) !== null && texts('tasks:originNote', { note: originWords(texts, draft) }),
      draft.files.length > 0 && texts('tasks:filesOnly', { count: draft.files.length }),
      '',
      texts('tasks:assignQuestion'),
    ),
    buttons: [
      [{ text: texts('tasks:assign'), data: `tok:${draft.key}` }],
      [{ text: texts('tasks:assignMore'), data: `tmore:${draft.key}.who` }],
      [{ text: texts('tasks:details'), data: `tmore:${draft.key}.details` }],
      [{ text: texts('common:cancel'), data: `tdrop:${draft.key}` }],
    ],
  }
}

/** What a task may have beside the necessary. */
export function detailsMenu(texts: Texts, draft: AssignmentDraft): Message {
  const row = (text: string, what: string) => [{ text, data: `tmore:${draft.key}.${what}` }]
  return {
    ...titled(
      texts('tasks:detailsTitle'),
      '',
      texts('tasks:kindLine', { kind: texts(`tasks:kinds.${draft.kind}`) }),
      (draft.origin ?? draft.originNote) !== null && texts('tasks:originNote', { note: originWords(texts, draft) }),
      draft.files.length > 0 && texts('tasks:filesOnly', { count: draft.files.length }),
      draft.rule && recurrenceLine(texts, draft.rule),
    ),
    buttons: [
      row(texts(draft.kind === 'office' ? 'tasks:makeNeighbourhood' : 'tasks:makeOffice'), 'kind'),
      row(texts('tasks:setOrigin'), 'origin'),
      row(texts('tasks:addFile'), 'file'),
      row(texts('tasks:setRecurrence'), 'rule'),
      row(texts('tasks:backToAssign'), 'back'),
    ],
  }
}

export function originQuestion(texts: Texts, key: string): Message {
  return {
    ...titled(texts('tasks:askOrigin'), '', texts('tasks:askOriginHint')),
    buttons: [
      ...taskOrigins.map((origin) => [{ text: texts(`tasks:origins.${origin}`), data: `torig:${key}.${origin}` }]),
      [{ text: texts('tasks:back'), data: `tmore:${key}.details` }],
    ],
  }
}

export function fileQuestion(texts: Texts, { key, files }: AssignmentDraft): Message {
  return {
    ...titled(
      texts('tasks:askFile'),
      '',
      files.length > 0 && texts('tasks:filesOnly', { count: files.length }),
      texts('tasks:askFileHint'),
    ),
    buttons: [[{ text: texts('tasks:done'), data: `tmore:${key}.back` }]],
  }
}

export function recurrenceQuestion(texts: Texts, key: string): Message {
  const row = (text: string, what: string) => [{ text, data: `trule:${key}.${what}` }]
  return {
    ...titled(texts('tasks:askRecurrence'), '', texts('tasks:askRecurrenceHint')),
    buttons: [
      row(texts('tasks:everySaturday'), 'saturday'),
      row(texts('tasks:everyMonthEnd'), 'last'),
      row(texts('tasks:notRecurring'), 'none'),
    ],
  }
}

/** Whoever assigned reads what became of it, and whom to tell by voice. */
export function assignmentDone(texts: Texts, { tasks, toldGroup, untold }: Assigned): Message {
  const [task, other] = tasks
  const number = task?.number ?? 0
  const done = other
    ? texts('tasks:assignedToSeveral', { number, count: tasks.length })
    : texts('tasks:assigned', { number, name: task?.assignee.name ?? '' })
  const [first, second] = untold
  const more = untold.length - mostUntold
  return titled(
    done,
    !toldGroup && texts('tasks:groupMissing'),
    first !== undefined && second === undefined && texts('tasks:tellByVoice', { name: first }),
    second !== undefined && texts('tasks:tellTheseByVoice'),
    ...(second === undefined ? [] : untold.slice(0, mostUntold).map((name, index) => `${index + 1}. ${name}`)),
    more > 0 && texts('tasks:andMore', { count: more }),
  )
}

/** `Lặp lại: thứ 7 hằng tuần`. */
export function recurrenceLine(texts: Texts, rule: Recurrence): string {
  return texts('tasks:recurs', { when: recurrenceWords(texts, rule) })
}

function originWords(texts: Texts, { origin, originNote }: Pick<AssignmentDraft, 'origin' | 'originNote'>): string {
  const named = origin === null ? null : texts(`tasks:origins.${origin}`)
  return [named, originNote].filter((part) => part !== null).join(': ')
}

function nameLines(texts: Texts, names: readonly string[]): string[] {
  const [only, other] = names
  if (other === undefined) return [texts('tasks:comrade', { name: only ?? '' })]
  const counted = texts('tasks:comrades', { count: names.length })
  if (names.length > mostNames) return [counted]
  return [counted, ...names.map((name, index) => `${index + 1}. ${texts('tasks:comrade', { name })}`)]
}
