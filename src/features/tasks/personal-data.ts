import { dropFiles } from '../../platform/kept-files.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import type { PersonalData, Retained } from '../../telegram/feature.ts'

const nothing = { text: '', keptFileId: null, fileId: null, fileUniqueId: null, fileName: null, fileKind: null }

/** A person's tasks, what they reported, and what they judged. */
export const tasksData: PersonalData = {
  covers: ['Task', 'TaskReport', 'TaskReportPart', 'TaskComment', 'TaskSeries', 'TaskSeriesAssignee', 'KeptFile'],
  collect: async (ctx, { personId, accountIds }) => {
    const files = await ctx.db.keptFile.findMany({ where: { sentBy: { in: [...accountIds] } }, orderBy: { id: 'asc' } })
    const sent = files.map(({ name, createdAt }) => ({ what: 'tasks:held.file' as const, at: createdAt, text: name }))
    if (personId === null) return sent
    const [tasks, parts, verdicts, comments, series] = await Promise.all([
      ctx.db.task.findMany({
        where: { OR: [{ assigneeId: personId }, { assignedById: personId }] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.taskReportPart.findMany({
        where: { OR: [{ sentById: personId }, { report: { task: { assigneeId: personId } } }] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.taskReport.findMany({
        where: { OR: [{ verdictById: personId }, { task: { assigneeId: personId } }], verdictAt: { not: null } },
        orderBy: { id: 'asc' },
      }),
      ctx.db.taskComment.findMany({
        where: { OR: [{ byId: personId }, { task: { assigneeId: personId } }] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.taskSeries.findMany({
        where: { OR: [{ assignedById: personId }, { assignees: { some: { personId } } }] },
        orderBy: { id: 'asc' },
      }),
    ])
    return [
      ...tasks.map(({ title, createdAt, assigneeId }) => ({
        what: assigneeId === personId ? ('tasks:held.task' as const) : ('tasks:held.assigned' as const),
        at: createdAt,
        text: title,
      })),
      ...parts.map(({ text, fileName, at }) => ({
        what: 'tasks:held.report' as const,
        at,
        text: [text, fileName].filter(Boolean).join('; '),
      })),
      ...verdicts.map(({ verdictNote, verdictAt }) => ({
        what: 'tasks:held.verdict' as const,
        at: verdictAt,
        text: verdictNote ?? '',
      })),
      ...comments.map(({ text, at }) => ({ what: 'tasks:held.comment' as const, at, text })),
      ...series.map(({ title, createdAt }) => ({ what: 'tasks:held.series' as const, at: createdAt, text: title })),
      ...sent,
    ]
  },
  erase: async (_, tx, personId) => {
    await dropFiles(tx, { reportParts: { some: { sentById: personId } } })
    await tx.taskReportPart.updateMany({ where: { sentById: personId }, data: nothing })
  },
}

/** What was reported stays as a fact; its words and files go. */
export const tasksRetention: readonly Retained[] = [
  {
    kind: 'reports',
    name: 'tasks:held.report',
    count: (db, wardId, before) => db.taskReportPart.count({ where: oldParts(wardId, before) }),
    remove: async (tx, wardId, before) => {
      await dropFiles(tx, { reportParts: { some: oldParts(wardId, before) } })
      return (await tx.taskReportPart.updateMany({ where: oldParts(wardId, before), data: nothing })).count
    },
  },
]

function oldParts(wardId: number, before: Date): Prisma.TaskReportPartWhereInput {
  return {
    at: { lt: before },
    OR: [{ text: { not: '' } }, { fileId: { not: null } }],
    report: { task: { branch: { wardId } } },
  }
}
