import type { Message as TelegramMessage } from 'grammy/types'
import { may } from '../../domain/access.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { ownOpenTasks, tasksNumbered, tasksToReportFor } from './find-owed.ts'
import { isAcknowledgement, type ReportContent, reportContent } from './report-content.ts'
import { keepContent, newDraft, openReportDraft, type ReportDraft, reportDraftIn } from './report-draft.ts'
import { askResult, askWhetherForOther, askWhich, file } from './report-flow.ts'
import { findTask } from './task-view.ts'

/** `/baocao`, alone, with a number, with a number and words, also under a photo or document. */
export async function startReport(turn: Turn): Promise<void> {
  const numbered = /^(?:số\s*)?(\d{1,6})(?:[\s:.,;-]+([\s\S]*))?$/iu.exec(turn.args)
  const words = numbered ? (numbered[2] ?? '') : turn.args
  const given = contentsOf(turn, words)
  if (!given.ok) return turn.refuse(given.problem)
  const contents = given.value
  if (turn.message?.media_group_id && turn.chat.kind === 'group') {
    await turn.reply({ text: turn.texts('tasks:albumInGroup') })
  }
  const number = numbered ? Number(numbered[1]) : null
  const tasks =
    number === null ? await tasksHere(turn) : await tasksNumbered(turn.context, number, turn.chat.branch?.id)
  const [only, other] = tasks
  if (!only) {
    if (number === null) return turn.notify(turn.texts('tasks:nothingOwed'))
    return turn.refuse({ code: 'tasks.noSuchNumber', params: { number } })
  }
  if (other) return askWhich(turn, tasks, contents)
  if (contents.length === 0) return askResult(turn, only)
  await file(turn, newDraft(turn, only.id, contents), only.id)
}

export const reportButtons = {
  trep: {
    handle: async (turn: Turn) => {
      const task = await findTask(turn.context.db, Number(turn.args))
      if (!task) return turn.notify(turn.texts('telegram:oldButton'), true)
      await askResult(turn, task)
    },
  },
  tpick: {
    handle: async (turn: Turn) => {
      const cut = turn.args.lastIndexOf('.')
      const draft = await openReportDraft(turn, turn.args.slice(0, cut))
      if (!draft) return turn.notify(turn.texts('telegram:oldButton'), true)
      await turn.clearButtons()
      await onTask(turn, draft, Number(turn.args.slice(cut + 1)))
    },
  },
  tsend: {
    handle: async (turn: Turn) => {
      const draft = await openReportDraft(turn, turn.args)
      if (!draft || draft.taskId === null) return turn.notify(turn.texts('telegram:oldButton'), true)
      await file(turn, draft, draft.taskId)
    },
  },
  tforget: {
    handle: async (turn: Turn) => {
      const draft = await openReportDraft(turn, turn.args)
      if (!draft) return turn.notify(turn.texts('telegram:oldButton'), true)
      await turn.closeForm()
      await turn.edit({ text: turn.texts('tasks:notReported') })
    },
  },
  tdone: {
    handle: async (turn: Turn) => {
      await turn.closeForm()
      await turn.clearButtons()
      await turn.notify(turn.texts('tasks:thanks'))
    },
  },
}

/** A message while a report is being made: the task's number in the list, the result, or more of it. */
export const answerReport: FormHandler['handle'] = async (turn, data) => {
  const draft = reportDraftIn(data)
  if (!draft || !turn.message) return false
  const picked = draft.taskId === null ? pickedData(turn.message.text, data) : null
  if (picked !== null) return onTask(turn, draft, Number(picked.slice(picked.lastIndexOf('.') + 1)))
  // Waiting for "yes, on their behalf": another message is something else.
  if (draft.taskId !== null && draft.contents.length > 0) return false
  const content = reportContent(turn.message)
  if (!content.ok) return turn.refuse(content.problem)
  if (draft.taskId !== null) return file(turn, newDraft(turn, draft.taskId, [content.value]), draft.taskId)
  await keepContent(turn, draft, content.value)
  const isSameAlbum = draft.contents.some(({ albumId }) => albumId !== null && albumId === content.value.albumId)
  if (!isSameAlbum) await turn.reply({ text: turn.texts('tasks:keptChooseTask') })
}

/** Pictures and files for a while after a report in private. */
export const answerMore: FormHandler['handle'] = async (turn, data) => {
  const { taskId, until } = data
  if (typeof taskId !== 'number' || typeof until !== 'number' || turn.context.now().getTime() > until) return false
  if (!turn.message?.photo && !turn.message?.document) return false
  const content = reportContent(turn.message)
  if (!content.ok) return turn.refuse(content.problem)
  return file(turn, newDraft(turn, taskId, [content.value]), taskId)
}

/** An answer to a message that told of a task, or a further picture of an album. */
export async function reportByReply(turn: Turn, message: TelegramMessage): Promise<boolean> {
  if (await reportAlbumPicture(turn, message)) return true
  const task = await taskAnswered(turn, message)
  if (!task) return false
  const content = reportContent(message)
  if (!content.ok) {
    await turn.refuse(content.problem)
  } else if (content.value.file === null && isAcknowledgement(content.value.text)) {
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
  const delivery = await turn.context.db.delivery.findFirst({
    where: { chatId: BigInt(turn.chat.id), messageId: answered, key: { startsWith: 'task:' } },
    select: { key: true },
  })
  const taskId = /^task:(\d+):call:/.exec(delivery?.key ?? '')?.[1]
  return taskId === undefined ? null : findTask(turn.context.db, Number(taskId))
}

async function onTask(turn: Turn, draft: ReportDraft, taskId: number): Promise<void> {
  if (draft.contents.length > 0) return file(turn, draft, taskId)
  const task = await findTask(turn.context.db, taskId)
  if (task) await askResult(turn, task)
}

/** What the command's message says beside the task's number; nothing where it has still to be asked. */
function contentsOf(turn: Turn, words: string): Result<ReportContent[]> {
  const isText = turn.message?.text !== undefined
  if (!turn.message || (isText && words.trim() === '')) return ok([])
  const content = reportContent(turn.message, words)
  return content.ok ? ok([content.value]) : content
}

async function tasksHere(turn: Turn) {
  const branchId = turn.chat.branch?.id
  const own = await ownOpenTasks(turn.context, branchId)
  return own.length > 0 ? own : tasksToReportFor(turn.context, branchId)
}
