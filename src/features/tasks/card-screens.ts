import type { Button, Message } from '../../platform/messages.ts'
import { titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { TaskDetail } from './list-tasks.ts'
import { commentButton, partLine, verdictButtons } from './report-screens.ts'
import { declinedButtons } from './response-screens.ts'
import { dueLine, originLine, reportButton } from './screens.ts'
import { daysLate, isOverdue, owedStates } from './task-view.ts'

/** One task with its last report and what the reader may do about it. */
export function taskCard(texts: Texts, detail: TaskDetail, today: Temporal.PlainDate): Message {
  const { task, report, isOwn, comments } = detail
  const parts = report?.parts ?? []
  return {
    ...titled(
      dueLine(texts, task.dueOn),
      isOverdue(task, today) && texts('tasks:overdue', { days: daysLate(task, today) }),
      texts('tasks:number', { number: task.number }),
      texts('tasks:comrade', { name: task.assignee.name }),
      texts('tasks:state', { state: texts(`tasks:states.${task.state}`) }),
      task.progress !== null && owedStates.includes(task.state) && texts('tasks:doneShare', { percent: task.progress }),
      '',
      task.title,
      originLine(texts, task),
      task.reason !== null && texts('tasks:reason', { reason: task.reason }),
      parts.length > 0 && `\n${texts('tasks:lastReport')}`,
      report !== null && report.lateDays > 0 && texts('tasks:late', { days: report.lateDays }),
      report?.corrects && texts('tasks:corrects'),
      ...parts
        .filter(({ text, file }) => text !== '' || file === null)
        .map(({ text, onBehalf, on }) => partLine(texts, { text, onBehalf, on, fileCount: 0 })),
      parts.some(({ file }) => file) &&
        texts('tasks:filesOnly', { count: parts.filter(({ file }) => file !== null).length }),
      task.state === 'returned' && isOwn && report?.note && `\n${texts('tasks:reason', { reason: report.note })}`,
      comments.length > 0 && `\n${texts('tasks:comments')}`,
      ...comments.map(({ text, on }) => partLine(texts, { text, onBehalf: false, on, fileCount: 0 })),
    ),
    buttons: buttons(texts, detail),
  }
}

function buttons(texts: Texts, detail: TaskDetail): Button[][] {
  const { task, report, files, mayReport, mayReview, mayAssign, mayComment, isOwn } = detail
  const rows: Button[][] = []
  if (mayReview && report) rows.push(...verdictButtons(texts, report.id))
  if (mayReport) {
    rows.push([isOwn ? reportButton(texts, task.id) : { text: texts('tasks:reportFor'), data: `trep:${task.id}` }])
    if (owedStates.includes(task.state) && !task.isUndertaken && isOwn) {
      rows.push([
        { text: texts('tasks:undertake'), data: `ttake:${task.id}` },
        { text: texts('tasks:decline'), data: `tno:${task.id}` },
      ])
    }
  }
  if (files.length > 0 || report?.parts.some(({ file }) => file)) {
    rows.push([{ text: texts('tasks:showFiles'), data: `tfiles:${task.id}` }])
  }
  if (mayComment && !isOwn) rows.push(commentButton(texts, task.id))
  if (mayAssign && task.state === 'declined') rows.push(...declinedButtons(texts, task))
  else if (mayAssign) {
    rows.push([{ text: texts('tasks:giveToAnother'), data: `tmove:${task.id}` }])
    rows.push([{ text: texts('tasks:cancelTask'), data: `tcancel:${task.id}` }])
  }
  if (mayAssign && task.seriesId !== null) {
    rows.push([{ text: texts('tasks:endSeries'), data: `tstop:${task.seriesId}` }])
  }
  return rows
}
