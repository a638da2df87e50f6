import type { SentFile } from '../../platform/kept-files.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { dueLine, originLine, reportButton } from './screens.ts'
import type { TaskView } from './task-view.ts'

const mostNames = 10

/**
 * New tasks under one number, in the branch's group: a message, and one more for each file. Where not everybody there is
 * known it reads how many got them, not who.
 */
export function announcement(
  texts: Texts,
  tasks: readonly TaskView[],
  files: readonly SentFile[],
  readsNames: boolean,
): Message[] {
  const [task] = tasks
  if (!task) return []
  const message = {
    ...titled(
      dueLine(texts, task.dueOn),
      texts('tasks:number', { number: task.number }),
      ...(readsNames ? whose(texts, tasks) : [texts('tasks:comrades', { count: tasks.length })]),
      '',
      task.title,
      originLine(texts, task),
      '',
      texts('tasks:howToReport'),
    ),
    buttons: [[reportButton(texts, task.id)]],
  }
  return [message, ...fileMessages(texts, task, files)]
}

/** A new task, in the assignee's private chat. */
export function ownAnnouncement(texts: Texts, task: TaskView, files: readonly SentFile[]): Message[] {
  const message = {
    ...titled(
      dueLine(texts, task.dueOn),
      texts('tasks:givenToYou', { number: task.number }),
      '',
      task.title,
      originLine(texts, task),
      '',
      texts('tasks:howToReportPrivately'),
    ),
    buttons: [
      [
        { text: texts('tasks:undertake'), data: `ttake:${task.id}` },
        { text: texts('tasks:decline'), data: `tno:${task.id}` },
      ],
      [reportButton(texts, task.id)],
    ],
  }
  return [message, ...fileMessages(texts, task, files)]
}

function whose(texts: Texts, tasks: readonly TaskView[]): string[] {
  const names = tasks.map(({ assignee }) => texts('tasks:comrade', { name: assignee.name }))
  if (names.length === 1) return names
  if (names.length > mostNames) return [texts('tasks:comrades', { count: names.length })]
  return [texts('tasks:comrades', { count: names.length }), ...names.map((name, index) => `${index + 1}. ${name}`)]
}

function fileMessages(texts: Texts, task: TaskView, files: readonly SentFile[]): Message[] {
  const text = texts('tasks:withFile', { number: task.number })
  return files.map(({ fileId, name, kind }) => ({ text, file: { fileId, name, kind } }))
}
