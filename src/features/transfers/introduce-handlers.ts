import { z } from 'zod'
import { isPeriod, parsePeriod, periodKind } from '../../domain/period.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { introduceTransfer } from './introduce-transfer.ts'
import { viewTransfer } from './list-transfers.ts'
import { dateOf } from './messages.ts'
import { answerInstrument, emptyInstrument, instrumentDraft } from './plan-form.ts'

const introduction = instrumentDraft.extend({ transferId: z.int() })
type Introduction = z.infer<typeof introduction>

export const introduceForm = 'transferPaper'

export const introduceButtons: Record<string, ButtonHandler> = {
  xint: {
    handle: async (turn) => {
      const card = await viewTransfer(turn.context, numberIn(turn.args))
      if (!card.ok) return turn.refuse(card.problem)
      const { transfer, mayIntroduce } = card.value
      if (!mayIntroduce) {
        return turn.refuse({ code: transfer.state === 'proposed' ? 'transfers.notReviewed' : 'transfers.hasEnded' })
      }
      await ask(turn, { ...emptyInstrument, transferId: transfer.id })
    },
  },
}

/** A typed answer about the introduction paper; the last one, the fees, records it. */
export const answerIntroduction: FormHandler['handle'] = async (turn, data) => {
  const parsed = introduction.safeParse(data)
  const text = turn.message?.text?.trim()
  if (!parsed.success || !text) return false
  const draft = parsed.data
  if (draft.number !== null && draft.on !== null && draft.effectiveOn !== null) {
    const { number, on, effectiveOn, transferId } = draft
    const month = parsePeriod(text, turn.context.today())
    if (!month.ok || periodKind(month.value) !== 'month' || !isPeriod(month.value)) {
      return turn.refuse({ code: 'transfers.feesNotMonth' })
    }
    const introduced = await introduceTransfer(turn.context, {
      transferId,
      instrumentNumber: number,
      instrumentOn: Temporal.PlainDate.from(on),
      effectiveOn: Temporal.PlainDate.from(effectiveOn),
      feesPaidThrough: month.value,
    })
    if (!introduced.ok) return turn.refuse(introduced.problem)
    await turn.closeForm()
    const { person, presentBy } = introduced.value
    return turn.reply({
      text: turn.texts('transfers:introducedNote', { name: person.name, date: dateOf(presentBy) }),
    })
  }
  const answered = answerInstrument(draft, text, turn.context.today())
  if (!answered.ok) return turn.refuse(answered.problem)
  await ask(turn, { ...draft, ...answered.value })
}

async function ask(turn: Turn, draft: Introduction): Promise<void> {
  const { texts } = turn
  const [question, hint] =
    draft.number === null
      ? [texts('transfers:askPaperNumber'), texts('transfers:askNumberHint')]
      : draft.on === null
        ? [texts('transfers:askInstrumentOn'), texts('transfers:askDayHint')]
        : draft.effectiveOn === null
          ? [texts('transfers:askEffectiveOn'), texts('transfers:askDayHint')]
          : [texts('transfers:askFees'), texts('transfers:askFeesHint')]
  await turn.ask(introduceForm, draft, { text: `${question}\n${hint}` })
}
