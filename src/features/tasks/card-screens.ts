import type { Button, Message } from '../../platform/messages.ts'
import { titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { TaskDetail } from './list-tasks.ts'
import { partLine, verdictButtons } from './report-screens.ts'
import { dueLine, reportButton } from './screens.ts'
import { daysLate, isOverdue } from './task-view.ts'

/** One task with its last report and what the reader may do about it. */
export function taskCard(texts: Texts, detail: TaskDetail, today: Temporal.PlainDate): Message {
  const { task, report, isOwn } = detail
  const parts = report?.parts ?? []
  return {
    ...titled(
      dueLine(texts, task.dueOn),
      isOverdue(task, today) && texts('tasks:overdue', { days: daysLate(task, today) }),
      texts('tasks:number', { number: task.number }),
      texts('tasks:comrade', { name: task.assignee.name }),
      texts('tasks:state', { state: texts(`tasks:states.${task.state}`) }),
      '',
      task.title,
      parts.length > 0 && `\n${texts('tasks:lastReport')}`,
      ...parts
        .filter(({ text, file }) => text !== '' || file === null)
        .map(({ text, onBehalf, on }) => partLine(texts, { text, onBehalf, on, fileCount: 0 })),
      parts.some(({ file }) => file) &&
        texts('tasks:filesOnly', { count: parts.filter(({ file }) => file !== null).length }),
      task.state === 'returned' && isOwn && report?.note && `\n${texts('tasks:reason', { reason: report.note })}`,
    ),
    buttons: buttons(texts, detail),
  }
}

function buttons(texts: Texts, { task, report, mayReport, mayReview, isOwn }: TaskDetail): Button[][] {
  const rows: Button[][] = []
  if (mayReview && report) rows.push(...verdictButtons(texts, report.id))
  if (mayReport) {
    rows.push([isOwn ? reportButton(texts, task.id) : { text: texts('tasks:reportFor'), data: `trep:${task.id}` }])
  }
  if (report?.parts.some(({ file }) => file)) {
    rows.push([{ text: texts('tasks:showFiles'), data: `tfiles:${task.id}` }])
  }
  return rows
}
