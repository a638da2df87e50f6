import type { Transaction } from '../../platform/database.ts'
import type { OldDelivery } from '../../platform/old-deliveries.ts'
import { openStates } from './task-view.ts'

/** Messages that told of a task which is not finished: an answer to one of them is a report. */
export async function neededByTasks(tx: Transaction, deliveries: readonly OldDelivery[]): Promise<number[]> {
  const told = deliveries.flatMap(({ id, key }) => {
    const taskId = Number(/^task:(\d+):call:/.exec(key ?? '')?.[1] ?? 0)
    return taskId === 0 ? [] : [{ id, taskId }]
  })
  const open = await tx.task.findMany({
    where: { id: { in: told.map(({ taskId }) => taskId) }, state: { in: [...openStates] } },
    select: { id: true },
  })
  const openIds = new Set(open.map(({ id }) => id))
  return told.flatMap(({ id, taskId }) => (openIds.has(taskId) ? [id] : []))
}
