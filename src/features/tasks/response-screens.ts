import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { dueLine, reportButton } from './screens.ts'
import type { TaskView } from './task-view.ts'

/** Those who judge read why a task is declined, and what they may do about it. */
export function declinedForReview(texts: Texts, task: TaskView): Message {
  return {
    ...titled(
      texts('tasks:newsDeclined', { number: task.number }),
      texts('tasks:comrade', { name: task.assignee.name }),
      dueLine(texts, task.dueOn),
      '',
      task.title,
      '',
      texts('tasks:reason', { reason: task.reason ?? '' }),
    ),
    buttons: declinedButtons(texts, task),
  }
}

export function declinedButtons(texts: Texts, task: TaskView): Button[][] {
  return [
    [{ text: texts('tasks:giveToAnother'), data: `tmove:${task.id}` }],
    [{ text: texts('tasks:insist'), data: `tkeep:${task.id}` }],
    [{ text: texts('tasks:cancelTask'), data: `tcancel:${task.id}` }],
  ]
}

export function insistedMessage(texts: Texts, task: TaskView): Message {
  return {
    ...titled(
      texts('tasks:insisted', { number: task.number }),
      dueLine(texts, task.dueOn),
      '',
      task.title,
      '',
      texts('tasks:insistedHint'),
    ),
    buttons: [[reportButton(texts, task.id)]],
  }
}

/** The group reads that nobody waits for it any more, and of whom where all there are known; why is for the assignees. */
export function cancelledForGroup(texts: Texts, tasks: readonly TaskView[], readsNames: boolean): Message {
  const [task, other] = tasks
  const number = task?.number ?? 0
  const whose =
    other || !readsNames
      ? texts('tasks:comrades', { count: tasks.length })
      : texts('tasks:comrade', { name: task?.assignee.name ?? '' })
  return titled(texts('tasks:newsCancelled', { number }), whose)
}

export function cancelledForYou(texts: Texts, task: TaskView, reason: string): Message {
  return titled(
    texts('tasks:cancelledForYou', { number: task.number }),
    '',
    task.title,
    '',
    texts('tasks:reason', { reason }),
    texts('tasks:nothingMoreToDo'),
  )
}

export function givenToAnother(texts: Texts, task: TaskView): Message {
  return titled(
    texts('tasks:givenToAnother', { number: task.number }),
    '',
    task.title,
    '',
    texts('tasks:nothingMoreToDo'),
  )
}

export function commentForYou(texts: Texts, task: TaskView, text: string): Message {
  return titled(texts('tasks:commentForYou', { number: task.number }), '', task.title, '', text)
}
