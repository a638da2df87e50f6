import type { Result } from '../../domain/result.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { cancelTasks } from './cancel-tasks.ts'
import { commentOnTask } from './comment-on-task.ts'
import { endSeries } from './end-series.ts'
import { insistOnTask } from './insist-on-task.ts'
import { reassignTask } from './reassign-task.ts'
import { respondToTask } from './respond-to-task.ts'
import { openUnderNumber, possibleHeirs, taskFor } from './task-for.ts'
import { openStates, type TaskView } from './task-view.ts'

export const declineForm = 'taskDecline'
export const cancelForm = 'taskCancel'
export const commentForm = 'taskComment'

export const responseButtons = {
  ttake: {
    handle: async (turn: Turn) => {
      const taskId = numberIn(turn.args)
      const done = await respondToTask(turn.context, { taskId, response: 'undertaken', reason: null })
      await answer(turn, done, ({ number }) => turn.texts('tasks:undertaken', { number }))
    },
  },
  tno: {
    handle: (turn: Turn) =>
      onTask(turn, 'task.report', async (task) => {
        if (!openStates.includes(task.state)) {
          return turn.refuse({ code: 'tasks.notOpen', params: { number: task.number } })
        }
        const text = turn.texts('tasks:askWhyNot', { number: task.number })
        await turn.ask(declineForm, { taskId: task.id }, { text })
      }),
  },
  tkeep: {
    handle: async (turn: Turn) => {
      const done = await insistOnTask(turn.context, numberIn(turn.args))
      if (done.ok) await turn.clearButtons()
      await answer(turn, done, ({ number, assignee }) =>
        turn.texts('tasks:insistedDone', { number, name: assignee.name }),
      )
    },
  },
  tmove: {
    handle: async (turn: Turn) => {
      const [taskId = -1, page = 0] = numbersIn(turn.args)
      const found = await possibleHeirs(turn.context, taskId)
      if (!found.ok) return turn.refuse(found.problem)
      const { task, members } = found.value
      await showPickList(turn, {
        title: turn.texts('tasks:askNewAssignee', { number: task.number }),
        items: members.map(({ id, fullName }) => ({ label: fullName, data: `tgive:${task.id}.${id}` })),
        page: Math.max(0, page),
        pageData: (other) => `tmove:${task.id}.${other}`,
      })
    },
  },
  tgive: {
    handle: async (turn: Turn) => {
      const [taskId = -1, toId = -1] = numbersIn(turn.args)
      const done = await reassignTask(turn.context, { taskId, toId })
      if (done.ok) await turn.clearButtons()
      await answer(turn, done, ({ number, assignee }) =>
        turn.texts('tasks:reassigned', { number, name: assignee.name }),
      )
    },
  },
  tcancel: {
    handle: async (turn: Turn) => {
      const found = await openUnderNumber(turn.context, numberIn(turn.args))
      if (!found.ok) return turn.refuse(found.problem)
      const { task, open } = found.value
      if (open.length < 2) return askWhyCancel(turn, task, false)
      const { id, number, assignee } = task
      await turn.reply({
        text: turn.texts('tasks:askCancelWhich', { number, count: open.length }),
        buttons: [
          [{ text: turn.texts('tasks:onlyOf', { name: assignee.name }), data: `tcone:${id}` }],
          [{ text: turn.texts('tasks:ofAll', { count: open.length }), data: `tcall:${id}` }],
        ],
      })
    },
  },
  tcone: { handle: (turn: Turn) => onTask(turn, 'task.assign', (task) => askWhyCancel(turn, task, false)) },
  tcall: { handle: (turn: Turn) => onTask(turn, 'task.assign', (task) => askWhyCancel(turn, task, true)) },
  tstop: {
    handle: async (turn: Turn) => {
      const done = await endSeries(turn.context, numberIn(turn.args))
      if (!done.ok) return turn.refuse(done.problem)
      await turn.reply({ text: turn.texts('tasks:seriesEnded', done.value) })
    },
  },
  tnote: {
    handle: (turn: Turn) =>
      onTask(turn, 'task.review', async (task) => {
        const text = turn.texts('tasks:askComment', { number: task.number, name: task.assignee.name })
        await turn.ask(commentForm, { taskId: task.id }, { text })
      }),
  },
}

/** Why a task is declined. */
export const answerDecline: FormHandler['handle'] = async (turn, { taskId }) => {
  const reason = turn.message?.text
  if (typeof taskId !== 'number' || !reason) return false
  const done = await respondToTask(turn.context, { taskId, response: 'declined', reason })
  if (done.ok) await turn.closeForm()
  await answer(turn, done, ({ number }) => turn.texts('tasks:declined', { number }))
}

/** Why a task is cancelled. */
export const answerCancel: FormHandler['handle'] = async (turn, { taskId, all }) => {
  const reason = turn.message?.text
  if (typeof taskId !== 'number' || !reason) return false
  const done = await cancelTasks(turn.context, { taskId, all: all === true, reason })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts('tasks:cancelled', { count: done.value.length }) })
}

/** A word to the assignee. */
export const answerComment: FormHandler['handle'] = async (turn, { taskId }) => {
  const text = turn.message?.text
  if (typeof taskId !== 'number' || !text) return false
  const done = await commentOnTask(turn.context, { taskId, text })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  const { name } = done.value.task.assignee
  await turn.reply({ text: turn.texts(done.value.told ? 'tasks:commented' : 'tasks:commentNotTold', { name }) })
}

async function askWhyCancel(turn: Turn, task: TaskView, all: boolean): Promise<void> {
  const text = turn.texts('tasks:askWhyCancel', { number: task.number })
  await turn.ask(cancelForm, { taskId: task.id, all }, { text })
}

async function answer(turn: Turn, done: Result<TaskView>, say: (task: TaskView) => string): Promise<void> {
  if (!done.ok) return turn.refuse(done.problem)
  await turn.notify()
  await turn.reply({ text: say(done.value) })
}

/** Runs with the task of the pressed button where this person may do this to it. */
async function onTask(
  turn: Turn,
  action: 'task.report' | 'task.assign' | 'task.review',
  work: (task: TaskView) => Promise<void>,
): Promise<void> {
  const task = await taskFor(turn.context, numberIn(turn.args), action)
  if (!task.ok) return turn.refuse(task.problem)
  await work(task.value)
}
