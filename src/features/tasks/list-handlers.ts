import { GrammyError } from 'grammy'
import type { FileStore } from '../../platform/file-store.ts'
import { readKeptFile, type SentFile } from '../../platform/kept-files.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn } from '../../telegram/button-data.ts'
import { pickMessage, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { taskCard } from './card-screens.ts'
import { listTasks, showTask } from './list-tasks.ts'
import { listLine } from './screens.ts'
import type { TaskView } from './task-view.ts'

/** `/viec`: what this person has to do, and for the branch's leaders what the branch has. */
export async function showTasks(turn: Turn): Promise<void> {
  const tasks = await listTasks(turn.context)
  if (tasks.length === 0) return turn.notify(turn.texts('tasks:nothingOpen'))
  await showPickList(turn, list(turn, tasks, 0))
}

export const listButtons = (files: FileStore) => ({
  tlist: {
    handle: async (turn: Turn) => {
      const tasks = await listTasks(turn.context)
      await turn.edit(pickMessage(turn.texts, list(turn, tasks, Math.max(0, numberIn(turn.args)))))
    },
  },
  tview: {
    handle: async (turn: Turn) => {
      const detail = await showTask(turn.context, numberIn(turn.args))
      if (!detail.ok) return turn.refuse(detail.problem)
      for (const part of inParts(taskCard(turn.texts, detail.value, turn.context.today()))) await turn.reply(part)
    },
  },
  tfiles: {
    handle: async (turn: Turn) => {
      const detail = await showTask(turn.context, numberIn(turn.args))
      if (!detail.ok) return turn.refuse(detail.problem)
      const { task, report } = detail.value
      const text = turn.texts('tasks:number', { number: task.number })
      const attached = [...detail.value.files, ...(report?.parts ?? []).flatMap(({ file }) => file ?? [])]
      for (const file of attached) await sendKept(turn, files, file, text)
    },
  },
})

/** Sends a file as Telegram keeps it, or from our own store where Telegram has it no more. */
async function sendKept(turn: Turn, files: FileStore, file: SentFile, text: string): Promise<void> {
  try {
    await turn.reply({ text, file })
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error
    const data = await readKeptFile(turn.context.db, files, file.uniqueId)
    if (data === null) return turn.refuse({ code: 'tasks.fileGone' })
    await turn.sendFile({ name: file.name || turn.texts('tasks:photoName'), data }, text)
  }
}

/** A task takes several lines. */
const tasksPerPage = 8

function list(turn: Turn, tasks: readonly TaskView[], page: number) {
  const { actor } = turn.context
  const today = turn.context.today()
  return {
    title: turn.texts('tasks:listTitle', { count: tasks.length }),
    items: tasks.map((task) => ({
      label: listLine(turn.texts, task, today, actor.personId),
      data: `tview:${task.id}`,
    })),
    page,
    linesPerPage: tasksPerPage,
    pageData: (other: number) => `tlist:${other}`,
  }
}
