import { formatDate } from '../../domain/formats.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { daysLate, isOverdue, type TaskView } from './task-view.ts'

/** The due date, which stands first wherever a task is shown. */
export function dueLine(texts: Texts, dueOn: Temporal.PlainDate | null): string {
  return dueOn === null ? texts('tasks:noDueDate') : texts('tasks:dueOn', { date: formatDate(dueOn) })
}

export function reportButton(texts: Texts, taskId: number): Button {
  return { text: texts('tasks:reportButton'), data: `trep:${taskId}` }
}

/** What it follows from, where that was said. */
export function originLine(texts: Texts, { origin, originNote }: TaskView): string | false {
  if (origin === null) return originNote !== null && texts('tasks:originNote', { note: originNote })
  const named = texts(`tasks:origins.${origin}`)
  return texts('tasks:originNote', { note: originNote === null ? named : `${named}: ${originNote}` })
}

/** A task that ends with its branch. */
export function endedMessage(texts: Texts, task: TaskView): Message {
  return titled(texts('tasks:endedWithBranch', { number: task.number }), '', task.title)
}

/** Before, on or after the due day: to whoever owes. */
export function dueReminder(texts: Texts, task: TaskView, today: Temporal.PlainDate): Message {
  return {
    ...titled(...dueTitle(texts, task, today), '', task.title),
    buttons: [[reportButton(texts, task.id)]],
  }
}

/** The same to the secretary, of a member whom the bot cannot reach. */
export function dueReminderOf(texts: Texts, task: TaskView, today: Temporal.PlainDate): Message {
  return {
    ...titled(
      ...dueTitle(texts, task, today),
      texts('tasks:comrade', { name: task.assignee.name }),
      '',
      task.title,
      '',
      texts('tasks:tellByVoice', { name: task.assignee.name }),
    ),
    buttons: [[{ text: texts('tasks:reportFor'), data: `trep:${task.id}` }]],
  }
}

function dueTitle(texts: Texts, task: TaskView, today: Temporal.PlainDate): [string, ...string[]] {
  const days = daysLate(task, today)
  if (task.dueOn && Temporal.PlainDate.compare(today, task.dueOn) < 0) {
    return [texts('tasks:dueTomorrow', { number: task.number }), dueLine(texts, task.dueOn)]
  }
  if (days === 0) return [texts('tasks:dueToday', { number: task.number })]
  const late = [dueLine(texts, task.dueOn), texts('tasks:overdue', { days })].join(' – ')
  return [late, texts('tasks:number', { number: task.number })]
}

/** One task in a list: number, due date, work, and who where it is not the reader's own. */
export function listLine(texts: Texts, task: TaskView, today: Temporal.PlainDate, readerId: number | null): string {
  const late = isOverdue(task, today) && texts('tasks:overdue', { days: daysLate(task, today) })
  return lines(
    [texts('tasks:number', { number: task.number }), dueLine(texts, task.dueOn), late].filter(Boolean).join(' – '),
    task.assignee.id !== readerId && texts('tasks:comrade', { name: task.assignee.name }),
    shortened(task.title),
    texts('tasks:state', { state: texts(`tasks:states.${task.state}`) }),
  )
}

const shortTitle = 80

/** A task's work in a list, where all of it would take the whole screen. */
export function shortened(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ')
  return line.length <= shortTitle ? line : `${line.slice(0, shortTitle - 1).trimEnd()}…`
}
