import { ok, type Result } from '../../domain/result.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData } from '../../telegram/pick-list.ts'
import { sentFileOf } from '../../telegram/sent-file.ts'
import type { Turn } from '../../telegram/turn.ts'
import { ownOpenTasks, tasksNumbered, tasksToReportFor } from './find-owed.ts'
import { type ReportContent, reportContent } from './report-content.ts'
import { keepContent, newDraft, openReportDraft, type ReportDraft, reportDraftIn } from './report-draft.ts'
import { askResult, askWhich, file } from './report-flow.ts'
import { taskToReport } from './task-for.ts'

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
      const task = await taskToReport(turn.context, numberIn(turn.args), 'pressed')
      if (!task.ok) return turn.refuse(task.problem)
      await askResult(turn, task.value)
    },
  },
  tpick: {
    handle: async (turn: Turn) => {
      const cut = turn.args.lastIndexOf('.')
      const draft = await openReportDraft(turn, turn.args.slice(0, cut))
      if (!draft) return turn.notify(turn.texts('telegram:oldButton'), true)
      await turn.clearButtons()
      await onTask(turn, draft, numberIn(turn.args.slice(cut + 1)))
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
  if (picked?.ok) return onTask(turn, draft, numberIn(picked.value.slice(picked.value.lastIndexOf('.') + 1)))
  if (picked) return turn.refuse(picked.problem)
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
  if (!turn.message || sentFileOf(turn.message) === null) return false
  const content = reportContent(turn.message)
  if (!content.ok) return turn.refuse(content.problem)
  return file(turn, newDraft(turn, taskId, [content.value]), taskId)
}

async function onTask(turn: Turn, draft: ReportDraft, taskId: number): Promise<void> {
  if (draft.contents.length > 0) return file(turn, draft, taskId)
  const task = await taskToReport(turn.context, taskId, 'picked')
  if (!task.ok) return turn.refuse(task.problem)
  await askResult(turn, task.value)
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
