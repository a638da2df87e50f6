import type { Prisma } from '../../platform/prisma/client.ts'
import type { PersonalData, Retained } from '../../telegram/feature.ts'

const nothing = { text: '', fileId: null, fileUniqueId: null, fileName: null, fileKind: null }

/** A person's tasks, what they reported, and what they judged. */
export const tasksData: PersonalData = {
  covers: ['Task', 'TaskReport', 'TaskReportPart'],
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const [tasks, parts, verdicts] = await Promise.all([
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
    ]
  },
  erase: async (_, tx, personId) => {
    await tx.taskReportPart.updateMany({ where: { sentById: personId }, data: nothing })
  },
}

/** What was reported stays as a fact; its words and files go. */
export const tasksRetention: readonly Retained[] = [
  {
    kind: 'reports',
    name: 'tasks:held.report',
    count: (db, wardId, before) => db.taskReportPart.count({ where: oldParts(wardId, before) }),
    remove: async (tx, wardId, before) =>
      (await tx.taskReportPart.updateMany({ where: oldParts(wardId, before), data: nothing })).count,
  },
]

function oldParts(wardId: number, before: Date): Prisma.TaskReportPartWhereInput {
  return {
    at: { lt: before },
    OR: [{ text: { not: '' } }, { fileId: { not: null } }],
    report: { task: { branch: { wardId } } },
  }
}
