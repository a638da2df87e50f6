import { z } from 'zod'
import { activityKinds } from './activity-view.ts'

/** An activity as it is put together over several messages. */
const draftSchema = z.object({
  /** The source of the message it began with: it names the draft on its buttons and makes it one activity. */
  key: z.string(),
  branchId: z.int(),
  kind: z.enum(activityKinds).nullable(),
  title: z.string().nullable(),
  /** When, as typed and understood. */
  time: z.string().nullable(),
  place: z.string().nullable(),
  /** Null: not asked yet; empty: none. */
  theme: z.string().nullable(),
  /** Who is called; null: the whole branch. */
  calledIds: z.array(z.int()).nullable(),
})
export type ActivityDraft = z.infer<typeof draftSchema>

export const activityForm = 'activity'

/** The draft in a form's data, or null where it holds none. */
export function draftIn(data: Record<string, unknown>): ActivityDraft | null {
  const parsed = draftSchema.safeParse(data.draft)
  return parsed.success ? parsed.data : null
}
