import type { Message as TelegramMessage } from 'grammy/types'
import { may } from '../../domain/access.ts'
import { keyOfPosted } from '../../platform/posted.ts'
import type { Turn } from '../../telegram/turn.ts'
import { ownOpenTasks } from './find-owed.ts'
import { isAcknowledgement, reportContent } from './report-content.ts'
import { newDraft } from './report-draft.ts'
import { askWhetherForOther, askWhich, file } from './report-flow.ts'
import { respondToTask } from './respond-to-task.ts'
import { findTask, ownShare } from './task-view.ts'

/** An answer to a message that told of a task, or a further picture of an album. */
export async function reportByReply(turn: Turn, message: TelegramMessage): Promise<boolean> {
  if (await reportAlbumPicture(turn, message)) return true
  const answered = await taskAnswered(turn, message)
  if (!answered) return false
  const task = await ownShare(turn.context.db, answered, turn.context.actor.personId)
  const content = reportContent(message)
  if (!content.ok) {
    await turn.refuse(content.problem)
  } else if (content.value.file === null && isAcknowledgement(content.value.text)) {
    const isOwn = task.assignee.id === turn.context.actor.personId
    if (isOwn) await respondToTask(turn.context, { taskId: task.id, response: 'received', reason: null })
    await turn.reply({ text: turn.texts('tasks:understood') })
  } else if (task.assignee.id === turn.context.actor.personId) {
    await file(turn, newDraft(turn, task.id, [content.value]), task.id)
  } else if (may(turn.context.actor, 'task.report', { wardId: task.wardId, branchId: task.branchId }).ok) {
    await askWhetherForOther(turn, task, [content.value])
  } else {
    await turn.refuse({ code: 'tasks.notYours', params: { number: task.number } })
  }
  return true
}

/** A picture or paper sent in private without a word where to: the sender's open tasks are offered. */
export async function reportByFile(turn: Turn, message: TelegramMessage): Promise<boolean> {
  if (await reportAlbumPicture(turn, message)) return true
  if (/\.xlsx?$/i.test(message.document?.file_name ?? '')) return false
  const tasks = await ownOpenTasks(turn.context)
  if (tasks.length === 0) return false
  const content = reportContent(message)
  if (content.ok) await askWhich(turn, tasks, [content.value])
  else await turn.refuse(content.problem)
  return true
}

/** The other pictures of an album carry no words: they follow the one that was reported. */
async function reportAlbumPicture(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const { personId } = turn.context.actor
  if (!message.media_group_id || personId === null) return false
  const part = await turn.context.db.taskReportPart.findFirst({
    where: { sentById: personId, albumId: message.media_group_id },
    select: { report: { select: { taskId: true } } },
  })
  if (!part) return false
  const content = reportContent(message)
  if (!content.ok) await turn.refuse(content.problem)
  else await file(turn, newDraft(turn, part.report.taskId, [content.value]), part.report.taskId)
  return true
}

async function taskAnswered(turn: Turn, message: TelegramMessage) {
  const answered = message.reply_to_message?.message_id
  if (answered === undefined) return null
  const about = { chatId: BigInt(turn.chat.id), messageId: answered, startsWith: 'task:' }
  const key = await keyOfPosted(turn.context.db, about)
  const taskId = /^task:(\d+):call:/.exec(key ?? '')?.[1]
  return taskId === undefined ? null : findTask(turn.context.db, Number(taskId))
}
