import { fromUtcMidnight } from '../../domain/dates.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

export const taskStates = [
  'assigned',
  'declined',
  'reported',
  'returned',
  'accepted',
  'cancelled',
  'reassigned',
] as const
export type TaskState = (typeof taskStates)[number]
export const taskKinds = ['neighbourhood', 'office'] as const
export type TaskKind = (typeof taskKinds)[number]
export const taskOrigins = ['meeting', 'resolution', 'notice'] as const
export type TaskOrigin = (typeof taskOrigins)[number]

/** Still owed by the assignee. */
export const owedStates: readonly TaskState[] = ['assigned', 'returned']
/** Not finished: owed, or waiting for the secretary's word. */
export const openStates: readonly TaskState[] = [...owedStates, 'reported', 'declined']

/** A task as screens and rules read it. */
export interface TaskView {
  id: number
  number: number
  wardId: number
  branchId: number
  title: string
  kind: TaskKind
  origin: TaskOrigin | null
  originNote: string | null
  dueOn: Temporal.PlainDate | null
  state: TaskState
  /** In per cent, as last reported. */
  progress: number | null
  isUndertaken: boolean
  /** Why it was declined, cancelled or given to somebody else. */
  reason: string | null
  seriesId: number | null
  /** The activity that it prepares. */
  preparesId: number | null
  assignee: { id: number; name: string }
}

const include = {
  branch: { select: { wardId: true } },
  assignee: { select: { id: true, fullName: true } },
} as const

export async function findTasks(db: Database | Transaction, where: Prisma.TaskWhereInput): Promise<TaskView[]> {
  const rows = await db.task.findMany({ where, include, orderBy: { id: 'asc' } })
  return rows.map(({ branch, assignee, dueOn, ...row }) => ({
    id: row.id,
    number: row.number,
    wardId: branch.wardId,
    branchId: row.branchId,
    title: row.title,
    kind: row.kind === 'office' ? 'office' : 'neighbourhood',
    origin: taskOrigins.find((known) => known === row.origin) ?? null,
    originNote: row.originNote,
    dueOn: dueOn && fromUtcMidnight(dueOn),
    state: stateOf(row.state),
    progress: row.progress,
    isUndertaken: row.undertakenAt !== null,
    reason: row.reason,
    seriesId: row.seriesId,
    preparesId: row.preparesId,
    assignee: { id: assignee.id, name: assignee.fullName },
  }))
}

export async function findTask(db: Database | Transaction, taskId: number): Promise<TaskView | null> {
  const [task] = await findTasks(db, { id: taskId })
  return task ?? null
}

/** This person's own share of the assignment that the task belongs to, or the task itself where they have none. */
export async function ownShare(db: Database | Transaction, task: TaskView, personId: number | null): Promise<TaskView> {
  if (personId === null || task.assignee.id === personId) return task
  const { branchId, number } = task
  const [own] = await findTasks(db, { branchId, number, assigneeId: personId, state: { not: 'reassigned' } })
  return own ?? task
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
