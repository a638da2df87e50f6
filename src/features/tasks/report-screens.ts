import { formatDate } from '../../domain/formats.ts'
import type { SentFile } from '../../platform/kept-files.ts'
import { longestCaption } from '../../platform/long-text.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { ReportContent } from './report-content.ts'
import type { FiledReport } from './report-task.ts'
import { dueLine, shortened } from './screens.ts'

/** What the branch's group reads of a report. `seenThere`: it was said in that very group and is only pointed at. */
export function reportForGroup(
  texts: Texts,
  report: FiledReport,
  content: ReportContent,
  seenThere: number | null,
): Message[] {
  const head = headline(texts, report)
  if (seenThere !== null) {
    if (report.sameAlbum) return []
    return [{ ...titled(head, whose(texts, report)), replyToMessageId: seenThere }]
  }
  if (report.sameAlbum) return withFile(null, content.file, texts('tasks:number', { number: report.task.number }))
  const work = texts('tasks:work', { title: shortened(report.task.title) })
  const message = titled(
    head,
    whose(texts, report),
    work,
    content.text && `\n${texts('tasks:result', { text: content.text })}`,
  )
  return withFile(message, content.file, texts('tasks:number', { number: report.task.number }))
}

/** The same where not everybody in the group is known: that it was given, and neither by whom nor what it says or shows. */
export function reportForMixedGroup(texts: Texts, report: FiledReport, seenThere: number | null): Message[] {
  if (report.sameAlbum) return []
  return [{ text: headline(texts, report), ...(seenThere === null ? {} : { replyToMessageId: seenThere }) }]
}

/** What the secretary reads of it, to accept or return it. */
export function reportForReview(texts: Texts, report: FiledReport, content: ReportContent): Message[] {
  const { task, reportId, lateDays, corrects, progress } = report
  if (report.sameAlbum) return withFile(null, content.file, texts('tasks:number', { number: task.number }))
  const message = {
    ...titled(
      headline(texts, report),
      whose(texts, report),
      dueLine(texts, task.dueOn),
      lateDays > 0 && texts('tasks:late', { days: lateDays }),
      corrects && texts('tasks:corrects'),
      '',
      texts('tasks:work', { title: task.title }),
      content.text && `\n${texts('tasks:result', { text: content.text })}`,
    ),
    buttons: progress === null ? verdictButtons(texts, reportId) : [commentButton(texts, task.id)],
  }
  return withFile(message, content.file, texts('tasks:number', { number: task.number }))
}

export function commentButton(texts: Texts, taskId: number): Button[] {
  return [{ text: texts('tasks:comment'), data: `tnote:${taskId}` }]
}

export function verdictButtons(texts: Texts, reportId: number) {
  return [
    [{ text: texts('tasks:accept'), data: `tyes:${reportId}` }],
    [{ text: texts('tasks:return'), data: `tback:${reportId}` }],
  ]
}

/** The report's sender reads that it has arrived. */
export function reportReceived(texts: Texts, { task, added, onBehalf, progress }: FiledReport): string {
  if (progress !== null) return texts('tasks:progressNoted', { number: task.number, percent: progress })
  if (added) return texts('tasks:addedToReport', { number: task.number })
  if (onBehalf) return texts('tasks:reportedFor', { number: task.number, name: task.assignee.name })
  return texts('tasks:reported', { number: task.number })
}

/** Which task is this for? */
export function whatWasDone(texts: Texts, task: { number: number; title: string; dueOn: Temporal.PlainDate | null }) {
  return titled(texts('tasks:askResult', { number: task.number }), '', task.title, '', texts('tasks:askResultHint'))
}

/** A part of a report with its date, as it is shown again later. */
export function partLine(
  texts: Texts,
  part: { text: string; onBehalf: boolean; on: Temporal.PlainDate; fileCount: number },
): string {
  const said = part.text || texts('tasks:filesOnly', { count: part.fileCount })
  const line = texts('tasks:partLine', { date: formatDate(part.on), text: said })
  return part.onBehalf ? `${line} ${texts('tasks:enteredFor')}` : line
}

/** A file goes with its message where the words fit under it, and after it where they do not. */
export function withFile(message: Message | null, file: SentFile | null, caption: string): Message[] {
  if (file === null) return message === null ? [] : [message]
  const attached = { fileId: file.fileId, name: file.name, kind: file.kind }
  if (message === null) return [{ text: caption, file: attached }]
  if (message.text.length <= longestCaption) return [{ ...message, file: attached }]
  return [message, { text: caption, file: attached }]
}

function headline(texts: Texts, { task, added, progress }: FiledReport): string {
  if (progress !== null) return texts('tasks:newsProgress', { number: task.number, percent: progress })
  return texts(added ? 'tasks:newsAdded' : 'tasks:newsReported', { number: task.number })
}

function whose(texts: Texts, { task, onBehalf }: FiledReport): string {
  const line = texts('tasks:comrade', { name: task.assignee.name })
  return onBehalf ? `${line} ${texts('tasks:enteredFor')}` : line
}
