import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { shortened } from './screens.ts'
import { daysLate, type TaskView } from './task-view.ts'

const mostLines = 15

/**
 * What a branch still has to do, as its group may know it: it has read each of these when it was given. Who owes it stands
 * there while everybody in the group is known.
 */
export function digestMessage(
  texts: Texts,
  owed: readonly TaskView[],
  today: Temporal.PlainDate,
  readsNames: boolean,
): Message {
  const numbers = [...new Set(owed.map(({ number }) => number))]
  const lines = numbers.slice(0, mostLines).flatMap((number) => {
    const [task, ...others] = owed.filter((one) => one.number === number)
    if (!task) return []
    const late = daysLate(task, today)
    const due = task.dueOn === null ? texts('tasks:noDueDate') : formatDate(task.dueOn)
    const line = texts('tasks:digestLine', { number, due, title: shortened(task.title) })
    return [
      late > 0 ? `${line} – ${texts('tasks:overdue', { days: late })}` : line,
      ...(others.length > 0 ? [`   ${texts('tasks:stillOwing', { count: others.length + 1 })}`] : []),
      ...(others.length === 0 && readsNames ? [`   ${texts('tasks:comrade', { name: task.assignee.name })}`] : []),
    ]
  })
  const more = numbers.length - mostLines
  return titled(
    texts('tasks:digestTitle', { date: formatDate(today), count: numbers.length }),
    '',
    ...lines,
    more > 0 && texts('tasks:andMore', { count: more }),
    '',
    texts('tasks:digestHint'),
  )
}
