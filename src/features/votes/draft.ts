import { z } from 'zod'
import type { Turn } from '../../telegram/turn.ts'

/** A vote as it is put together over several messages. */
const draftSchema = z.object({
  /** The source of the message it began with: it names the draft on its buttons and makes it one vote. */
  key: z.string(),
  branchId: z.int(),
  questions: z.array(z.object({ text: z.string(), options: z.array(z.string()) })),
  /** Which question the next message is about; beyond the last it is a new one. */
  at: z.int(),
  byHand: z.boolean(),
  showsCounts: z.boolean(),
  /** The vote whose undecided questions are asked again. */
  earlierId: z.int().nullable(),
})
export type VoteDraft = z.infer<typeof draftSchema>

export const questionForm = 'voteQuestion'
export const optionsForm = 'voteOptions'
export const confirmForm = 'voteConfirm'

export function draftIn(data: Record<string, unknown>): VoteDraft | null {
  const parsed = draftSchema.safeParse(data.draft)
  return parsed.success ? parsed.data : null
}

/** The draft with its question at `at` put in place, or added behind the others. */
export function withQuestion(draft: VoteDraft, question: VoteDraft['questions'][number]): VoteDraft {
  const { questions, at } = draft
  return { ...draft, questions: [...questions.slice(0, at), question, ...questions.slice(at + 1)] }
}

/** This person's open draft here if the pressed button names it. */
export async function openDraft(turn: Turn): Promise<VoteDraft | null> {
  const form = await turn.openForm()
  const isOurs = form !== null && [questionForm, optionsForm, confirmForm].includes(form.kind)
  const draft = isOurs ? draftIn(form.data) : null
  return draft?.key === turn.args ? draft : null
}
