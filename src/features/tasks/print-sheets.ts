import { may } from '../../domain/access.ts'
import { formatDate } from '../../domain/formats.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type DocumentPart, writeDocument } from '../../platform/document.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { byUrgency } from './find-owed.ts'
import { findTasks, openStates, type TaskView } from './task-view.ts'

/**
 * What is still open in a branch, printed: a sheet for each person who has something, each on a page of its own, or with
 * `personId` that person's alone. Fails with `tasks.nothingToPrint`.
 */
export async function printSheets(
  ctx: Context,
  input: { branchId: number; personId: number | null },
): Promise<Result<Uint8Array>> {
  const branch = await branchOf(ctx.db, input.branchId)
  const target = { wardId: branch?.wardId ?? 0, branchId: input.branchId }
  const leave = may(ctx.actor, 'task.view', input.personId === null ? target : { ...target, personId: input.personId })
  if (!leave.ok || !branch) return leave.ok ? fail('tasks.nothingToPrint') : leave
  const tasks = await findTasks(ctx.db, {
    branchId: branch.id,
    state: { in: [...openStates] },
    ...(input.personId === null ? {} : { assigneeId: input.personId }),
  })
  if (tasks.length === 0) return fail('tasks.nothingToPrint')
  if (input.personId === null || input.personId !== ctx.actor.personId) {
    await ctx.auditRead('task.sheetsPrinted', { branch: branch.id, count: tasks.length }, branch.wardId)
  }
  const order = (await membersOf(ctx.db, branch.id, ctx.today())).map(({ id }) => id)
  const people = [...new Set(tasks.map(({ assignee }) => assignee.id))].sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  )
  const body = people.flatMap((personId, index): DocumentPart[] => [
    ...(index > 0 ? [{ kind: 'pageBreak' as const }] : []),
    ...sheetOf(ctx, tasks.filter(({ assignee }) => assignee.id === personId).sort(byUrgency)),
  ])
  const summary = ctx.texts('tasks:sheetSummary', { branch: branch.name, date: formatDate(ctx.today()) })
  return ok(await writeDocument({ type: ctx.texts('tasks:sheetType'), summary, body }))
}

function sheetOf({ texts }: Context, tasks: readonly TaskView[]): DocumentPart[] {
  const name = tasks[0]?.assignee.name ?? ''
  return [
    { kind: 'heading', text: texts('tasks:comrade', { name }) },
    {
      kind: 'table',
      widths: [2, 9, 3, 6],
      rows: [
        texts('tasks:sheetColumns').split('|'),
        ...tasks.map((task) => [
          String(task.number),
          task.title,
          task.dueOn === null ? texts('tasks:noDueDate') : formatDate(task.dueOn),
          '',
        ]),
      ],
    },
  ]
}
