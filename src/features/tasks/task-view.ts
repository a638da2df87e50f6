import { fromUtcMidnight } from '../../domain/dates.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

export const taskStates = ['assigned', 'reported', 'returned', 'accepted', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]

/** Still owed by the assignee. */
export const owedStates: readonly TaskState[] = ['assigned', 'returned']
/** Not finished: owed, or waiting for the secretary's verdict. */
export const openStates: readonly TaskState[] = [...owedStates, 'reported']

/** A task as screens and rules read it. */
export interface TaskView {
  id: number
  number: number
  wardId: number
  branchId: number
  title: string
  dueOn: Temporal.PlainDate | null
  state: TaskState
  assignee: { id: number; name: string }
}

const include = {
  branch: { select: { wardId: true } },
  assignee: { select: { id: true, fullName: true } },
} as const

export async function findTasks(db: Database | Transaction, where: Prisma.TaskWhereInput): Promise<TaskView[]> {
  const rows = await db.task.findMany({ where, include, orderBy: { id: 'asc' } })
  return rows.map(({ id, number, branchId, title, dueOn, state, branch, assignee }) => ({
    id,
    number,
    wardId: branch.wardId,
    branchId,
    title,
    dueOn: dueOn && fromUtcMidnight(dueOn),
    state: stateOf(state),
    assignee: { id: assignee.id, name: assignee.fullName },
  }))
}

export async function findTask(db: Database | Transaction, taskId: number): Promise<TaskView | null> {
  const [task] = await findTasks(db, { id: taskId })
  return task ?? null
}

/** Whole days past the due date; 0 while there is time, or where there is no due date. */
export function daysLate(task: Pick<TaskView, 'dueOn'>, today: Temporal.PlainDate): number {
  if (task.dueOn === null) return 0
  return Math.max(0, task.dueOn.until(today, { largestUnit: 'days' }).days)
}

/** Whether an open task's due date has passed without a report. */
export function isOverdue(task: Pick<TaskView, 'dueOn' | 'state'>, today: Temporal.PlainDate): boolean {
  return owedStates.includes(task.state) && daysLate(task, today) > 0
}

function stateOf(code: string): TaskState {
  const state = taskStates.find((known) => known === code)
  if (!state) throw new Error(`a task in an unknown state: ${code}`)
  return state
}
