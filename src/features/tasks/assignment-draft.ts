import { z } from 'zod'
import { recurrenceSchema } from '../../domain/recurrence-schema.ts'
import { sentFileSchema } from '../../platform/kept-files.ts'
import { taskKinds, taskOrigins } from './task-view.ts'

/** A task as it is put together over several messages. */
const draftSchema = z.object({
  /** The source of the message it began with: it names the draft on its buttons and makes it one task. */
  key: z.string(),
  branchId: z.int(),
  assigneeIds: z.array(z.int()),
  title: z.string().nullable(),
  kind: z.enum(taskKinds),
  origin: z.enum(taskOrigins).nullable(),
  originNote: z.string().nullable(),
  /** The activity that it prepares. */
  preparesId: z.int().nullable(),
  files: z.array(sentFileSchema),
  rule: recurrenceSchema.nullable(),
  /** `yyyy-MM-dd`, or `none` where no due date is wanted. */
  due: z.iso.date().or(z.literal('none')).nullable(),
  /** What was asked for beyond the necessary: somebody more, where it comes from, a file, how often. */
  asked: z.enum(['who', 'origin', 'file', 'rule', 'details']).nullable(),
})
export type AssignmentDraft = z.infer<typeof draftSchema>

export const assignmentForm = 'taskAssign'

/** A draft with nothing in it yet. */
export function emptyDraft(key: string, branchId: number): AssignmentDraft {
  return {
    key,
    branchId,
    assigneeIds: [],
    title: null,
    kind: 'neighbourhood',
    origin: null,
    originNote: null,
    preparesId: null,
    files: [],
    rule: null,
    due: null,
    asked: null,
  }
}

/** The draft in a form's data, or null where it holds none. */
export function draftIn(data: Record<string, unknown>): AssignmentDraft | null {
  const parsed = draftSchema.safeParse(data.draft)
  return parsed.success ? parsed.data : null
}

export function dueOf(draft: AssignmentDraft): Temporal.PlainDate | null {
  return draft.due === null || draft.due === 'none' ? null : Temporal.PlainDate.from(draft.due)
}
