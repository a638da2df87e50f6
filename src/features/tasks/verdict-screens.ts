import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { JudgedReport, Verdict } from './judge-report.ts'
import { dueLine, reportButton } from './screens.ts'
import type { TaskView } from './task-view.ts'

/** The group reads what became of it, and whose it is where all there are known; why a report is returned is for the member alone. */
export function verdictForGroup(texts: Texts, task: TaskView, verdict: Verdict, readsNames: boolean): Message {
  const whose = readsNames && texts('tasks:comrade', { name: task.assignee.name })
  if (verdict === 'accepted') return titled(texts('tasks:newsAccepted', { number: task.number }), whose)
  return {
    ...titled(texts('tasks:newsReturned', { number: task.number }), whose, dueLine(texts, task.dueOn)),
    buttons: [[reportButton(texts, task.id)]],
  }
}

/** The member reads the verdict, and the reason with what to do next. */
export function ownVerdict(texts: Texts, task: TaskView, verdict: Verdict, reason: string | null): Message {
  if (verdict === 'accepted') {
    return titled(texts('tasks:newsAccepted', { number: task.number }), '', task.title, '', texts('tasks:thanks'))
  }
  return {
    ...titled(
      texts('tasks:returnedToYou', { number: task.number }),
      dueLine(texts, task.dueOn),
      '',
      task.title,
      '',
      texts('tasks:reason', { reason: reason ?? '' }),
      '',
      texts('tasks:reportAgain'),
    ),
    buttons: [[reportButton(texts, task.id)]],
  }
}

/** Whoever judged reads that it is done, or that it had been done before. */
export function judged(texts: Texts, { task, verdict, before, toldAssignee }: JudgedReport): string {
  const values = { number: task.number, name: task.assignee.name }
  if (before) return texts(verdict === 'accepted' ? 'tasks:acceptedBefore' : 'tasks:returnedBefore', values)
  const done = texts(verdict === 'accepted' ? 'tasks:accepted' : 'tasks:returned', values)
  return toldAssignee ? done : `${done}\n${texts('tasks:tellByVoice', values)}`
}
