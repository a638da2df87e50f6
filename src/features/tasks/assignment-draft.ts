import { z } from 'zod'

/** A task as it is put together over several messages. */
const draftSchema = z.object({
  /** The source of the message it began with: it names the draft on its buttons and makes it one task. */
  key: z.string(),
  branchId: z.int(),
  assigneeId: z.int().nullable(),
  title: z.string().nullable(),
  /** `yyyy-MM-dd`, or `none` where no due date is wanted. */
  due: z.iso.date().or(z.literal('none')).nullable(),
})
export type AssignmentDraft = z.infer<typeof draftSchema>

export const assignmentForm = 'taskAssign'

/** The draft in a form's data, or null where it holds none. */
export function draftIn(data: Record<string, unknown>): AssignmentDraft | null {
  const parsed = draftSchema.safeParse(data.draft)
  return parsed.success ? parsed.data : null
}

export function dueOf(draft: AssignmentDraft): Temporal.PlainDate | null {
  return draft.due === null || draft.due === 'none' ? null : Temporal.PlainDate.from(draft.due)
}
