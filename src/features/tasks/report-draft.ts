import { z } from 'zod'
import { sentFileSchema } from '../../platform/kept-files.ts'
import { saveForm } from '../../telegram/forms.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { ReportContent } from './report-content.ts'

/** A report on its way: its task may still have to be chosen, its words to be said, or its entry for another confirmed. */
const draftSchema = z.object({
  /** The source of the message it began with. */
  key: z.string(),
  taskId: z.int().nullable(),
  contents: z.array(z.object({ text: z.string(), file: sentFileSchema.nullable(), albumId: z.string().nullable() })),
  /** The message in a group that says it already. */
  saidAs: z.int().nullable(),
})
export type ReportDraft = z.infer<typeof draftSchema>

export const reportForm = 'taskReport'
/** Open after a report in private for a while, so that its other pictures find their way. */
export const moreForm = 'taskMore'

export function newDraft(turn: Turn, taskId: number | null, contents: ReportContent[]): ReportDraft {
  const saidAs = turn.chat.kind === 'group' ? (turn.message?.message_id ?? null) : null
  return { key: turn.context.source ?? String(turn.updateId), taskId, contents, saidAs }
}

export function reportDraftIn(data: Record<string, unknown>): ReportDraft | null {
  const parsed = draftSchema.safeParse(data.draft)
  return parsed.success ? parsed.data : null
}

/** This person's open draft here if a pressed button names it. */
export async function openReportDraft(turn: Turn, key: string): Promise<ReportDraft | null> {
  const form = await turn.openForm()
  const draft = form?.kind === reportForm ? reportDraftIn(form.data) : null
  return draft?.key === key ? draft : null
}

/** Keeps a further message in the open draft without asking anew. */
export async function keepContent(turn: Turn, draft: ReportDraft, content: ReportContent): Promise<void> {
  const form = await turn.openForm()
  if (!form) return
  const data = { ...form.data, draft: { ...draft, contents: [...draft.contents, content] } }
  const { context, speaker, chat } = turn
  await saveForm(
    context.db,
    speaker.accountId,
    BigInt(chat.id),
    { ...form, data, source: context.source },
    context.now(),
  )
}
