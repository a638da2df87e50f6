import { z } from 'zod'
import { numberIn, numbersIn } from '../../../telegram/button-data.ts'
import type { FormHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { confirmCounts } from './confirm-counts.ts'
import { addLine, countsOf, isWhole, type TypedCounts } from './count-rows.ts'
import { typedPreview } from './count-screens.ts'
import { countable, enterCounts } from './enter-counts.ts'

const countForm = 'voteCounts'
const reasonForm = 'voteCorrection'

const draftSchema = z.object({
  voteId: z.int(),
  /** Why a record is corrected. */
  reason: z.string().nullable(),
  slips: z.array(z.int()),
  rows: z.array(z.array(z.int())),
})
type CountDraft = z.infer<typeof draftSchema>

export const countForms = {
  [countForm]: {
    handle: async (turn, data) => {
      const draft = draftSchema.safeParse(data.draft)
      if (!draft.success || !turn.message?.text) return false
      await addLines(turn, draft.data, turn.message.text)
    },
  },
  [reasonForm]: {
    handle: async (turn, data) => {
      const voteId = Number(data.voteId)
      const reason = turn.message?.text?.trim()
      if (!reason) return false
      if (reason.length > 300) return turn.refuse({ code: 'votes.reasonTooLong' })
      await begin(turn, voteId, reason)
    },
  },
} satisfies Record<string, FormHandler>

export const countButtons = {
  /** Hands, counted in the meeting. */
  vhand: { handle: (turn: Turn) => begin(turn, numberIn(turn.args), null) },
  bpcount: { handle: (turn: Turn) => begin(turn, numberIn(turn.args), null) },
  bpsave: {
    handle: async (turn: Turn) => {
      const voteId = numberIn(turn.args)
      const form = await turn.openForm()
      const draft = form?.kind === countForm ? draftSchema.safeParse(form.data.draft) : null
      if (!draft?.success || draft.data.voteId !== voteId) return turn.notify(turn.texts('votes:count.oldForm'), true)
      const found = await countable(turn.context, voteId)
      if (!found.ok) return turn.refuse(found.problem)
      const { vote, roll } = found.value
      if (!isWhole(vote, roll, draft.data)) return turn.notify(turn.texts('votes:count.oldForm'), true)
      const counts = countsOf(vote, roll, draft.data)
      const saved = await enterCounts(turn.context, { voteId, counts, reason: draft.data.reason })
      if (!saved.ok) return turn.refuse(saved.problem)
      await turn.closeForm()
      await turn.edit({ text: turn.texts(vote.byHand ? 'votes:count.handsSaved' : 'votes:count.saved') })
    },
  },
  bpconfirm: {
    handle: async (turn: Turn) => {
      const [voteId = -1, edition = -1] = numbersIn(turn.args)
      const result = await confirmCounts(turn.context, { voteId, edition })
      if (!result.ok) return turn.refuse(result.problem)
      const { stands, confirmations } = result.value
      await turn.clearButtons()
      await turn.notify(
        turn.texts(stands ? 'votes:count.stands' : 'votes:count.confirmed', { count: confirmations }),
        true,
      )
    },
  },
}

async function begin(turn: Turn, voteId: number, reason: string | null): Promise<void> {
  if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
  const found = await countable(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote } = found.value
  const counted = vote.state === 'opened' || vote.state === 'published'
  // What has a record is only corrected, and for a reason that stands in the correction.
  if (counted && reason === null) {
    return turn.ask(reasonForm, { voteId }, { text: turn.texts('votes:count.askReason') })
  }
  if (vote.state === 'draft' || vote.state === 'void') return turn.refuse({ code: 'votes.notOpenForCounts' })
  await ask(turn, { voteId, reason, slips: [], rows: [] })
}

/** Takes what was typed line by line; at the first that does not fit it says so and goes on from there. */
async function addLines(turn: Turn, draft: CountDraft, text: string): Promise<void> {
  const found = await countable(turn.context, draft.voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote, roll } = found.value
  let typed: TypedCounts = draft
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    if (isWhole(vote, roll, typed)) break
    const added = addLine(vote, roll, typed, line)
    if (!added.ok) {
      await turn.refuse(added.problem)
      break
    }
    typed = added.value
  }
  await ask(turn, { ...draft, ...typed })
}

async function ask(turn: Turn, draft: CountDraft): Promise<void> {
  const found = await countable(turn.context, draft.voteId)
  if (!found.ok) return turn.refuse(found.problem)
  await turn.ask(countForm, { draft }, typedPreview(turn.texts, found.value.vote, found.value.roll, draft))
}
