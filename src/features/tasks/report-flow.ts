import { may } from '../../domain/access.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { namesMayStand } from '../linking/index.ts'
import type { ReportContent } from './report-content.ts'
import { moreForm, newDraft, type ReportDraft, reportForm } from './report-draft.ts'
import { reportReceived, whatWasDone } from './report-screens.ts'
import { reportTask } from './report-task.ts'
import { listLine } from './screens.ts'
import type { TaskView } from './task-view.ts'

const moreMinutes = 15
const longestList = 8

/** Lists tasks to choose from; what was already said waits in the draft. */
export async function askWhich(turn: Turn, tasks: readonly TaskView[], contents: ReportContent[]): Promise<void> {
  const draft = newDraft(turn, null, contents)
  if (!(await mayBeShownHere(turn, tasks))) return turn.refuse({ code: 'linking.namesPrivately' })
  const today = turn.context.today()
  const items = tasks.slice(0, longestList).map((task) => ({
    label: listLine(turn.texts, task, today, turn.context.actor.personId),
    button: buttonOf(turn, task, tasks),
    data: `tpick:${draft.key}.${task.id}`,
  }))
  const title = turn.texts('tasks:askWhich')
  const hidden = tasks.length - items.length
  const intro = hidden > 0 ? { intro: turn.texts('tasks:moreTasks', { count: hidden }) } : {}
  const message = pickMessage(turn.texts, { title, ...intro, items, inGroup: turn.chat.kind === 'group' })
  await turn.ask(reportForm, { draft, items: items.map(({ data }) => data) }, message)
}

/** Others' tasks stand with names. */
async function mayBeShownHere(turn: Turn, tasks: readonly TaskView[]): Promise<boolean> {
  const isOwn = tasks.every(({ assignee }) => assignee.id === turn.context.actor.personId)
  return isOwn || (await namesMayStand(turn.context, turn.chat))
}

/** The task's number, and whose it is where several have it under one number. */
function buttonOf(turn: Turn, task: TaskView, tasks: readonly TaskView[]): string {
  const number = turn.texts('tasks:number', { number: task.number })
  const isShared = tasks.filter((other) => other.number === task.number).length > 1
  return isShared ? `${number}: ${task.assignee.name}` : number
}

/** Asks what was done, unless this person may not say it. */
export async function askResult(turn: Turn, task: TaskView): Promise<void> {
  const { wardId, branchId, assignee } = task
  const leave = may(turn.context.actor, 'task.report', { wardId, branchId, personId: assignee.id })
  if (!leave.ok) return turn.refuse({ code: 'tasks.notYours', params: { number: task.number } })
  if (task.state === 'accepted') return turn.refuse({ code: 'tasks.alreadyAccepted', params: { number: task.number } })
  if (task.state === 'cancelled') return turn.refuse({ code: 'tasks.wasCancelled', params: { number: task.number } })
  if (task.state === 'reassigned') return turn.refuse({ code: 'tasks.wasReassigned', params: { number: task.number } })
  if (!(await mayBeShownHere(turn, [task]))) return turn.refuse({ code: 'linking.namesPrivately' })
  const isOwn = assignee.id === turn.context.actor.personId
  const question = whatWasDone(turn.texts, task)
  const message = isOwn
    ? question
    : { text: `${turn.texts('tasks:reportingFor', { name: assignee.name })}\n\n${question.text}` }
  await turn.ask(reportForm, { draft: newDraft(turn, task.id, []) }, message)
}

/** A reply to somebody else's task is only a report if the person who may report for them says so. */
export async function askWhetherForOther(turn: Turn, task: TaskView, contents: ReportContent[]): Promise<void> {
  if (!(await mayBeShownHere(turn, [task]))) return turn.refuse({ code: 'linking.namesPrivately' })
  const draft = newDraft(turn, task.id, contents)
  await turn.ask(
    reportForm,
    { draft },
    {
      text: turn.texts('tasks:askReportFor', { number: task.number, name: task.assignee.name }),
      buttons: [
        [{ text: turn.texts('tasks:reportFor'), data: `tsend:${draft.key}` }],
        [{ text: turn.texts('tasks:notAReport'), data: `tforget:${draft.key}` }],
      ],
    },
  )
}

/** Files the report and says so: in private at once, in a group through the message that everybody there gets. */
export async function file(
  turn: Turn,
  draft: Pick<ReportDraft, 'key' | 'contents' | 'saidAs'>,
  taskId: number,
): Promise<void> {
  const saidIn = draft.saidAs === null ? null : { chatId: BigInt(turn.chat.id), messageId: draft.saidAs }
  const result = await reportTask(turn.context, { key: draft.key, taskId, contents: draft.contents, saidIn })
  if (!result.ok) return turn.refuse(result.problem)
  const text = reportReceived(turn.texts, result.value)
  if (turn.chat.kind === 'group') {
    await turn.closeForm()
    if (turn.press) await turn.edit({ text })
    return
  }
  if (result.value.sameAlbum) return
  const until = turn.context.now().getTime() + moreMinutes * 60_000
  await turn.ask(
    moreForm,
    { taskId, until },
    {
      text: `${text}\n\n${turn.texts('tasks:sendMore')}`,
      buttons: [[{ text: turn.texts('tasks:done'), data: 'tdone' }]],
    },
  )
}
