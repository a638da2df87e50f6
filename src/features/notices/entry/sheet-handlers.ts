import { formatPeriod, isPeriod, monthOf, type Period } from '../../../domain/period.ts'
import type { ButtonHandler, FormHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { askInParts, numbersIn, replyInParts } from '../answers.ts'
import { showPreview } from '../receive-workbook.ts'
import { chooseCadre, viewCadreChoice } from './choose-cadres.ts'
import { draftEntered } from './draft-entered.ts'
import { pickHere, showEntry, withPeriod } from './entry-handlers.ts'
import { handOverEntries } from './hand-over.ts'
import { pasteResults } from './paste-results.ts'
import { choiceList, draftProblemsMessage, pasteProblemsMessage, ratersMessage } from './rater-screens.ts'
import { viewEntry } from './view-entry.ts'
import { viewRaters } from './view-raters.ts'

/** What is done with a whole sheet: pasted, previewed, handed over, taken in; and whose it is. */
export const sheetButtons: Record<string, ButtonHandler> = {
  nepaste: { handle: (turn) => withPeriod(turn, (period) => askPaste(turn, period)) },
  nepre: { handle: (turn) => withPeriod(turn, (period) => draft(turn, period, 'own')) },
  negath: { handle: (turn) => withPeriod(turn, (period) => draft(turn, period, 'all')) },
  nehand: {
    handle: (turn) =>
      withPeriod(turn, async (period) => {
        const done = await handOverEntries(turn.context, { period })
        if (!done.ok) return turn.refuse(done.problem)
        await turn.closeForm()
        await turn.edit({ text: turn.texts('entries:handedOverNow', { ...done.value, period: formatPeriod(period) }) })
      }),
  },
  nerat: {
    handle: (turn) =>
      withPeriod(turn, async (period) => {
        const view = await viewRaters(turn.context, { period })
        if (!view.ok) return turn.refuse(view.problem)
        await turn.edit(ratersMessage(turn.texts, view.value))
      }),
  },
  necho: {
    handle: async (turn) => {
      const choices = await viewCadreChoice(turn.context)
      if (!choices.ok) return turn.refuse(choices.problem)
      const back = `nel:${monthOf(turn.context.today())}:0`
      await pickHere(turn, choiceList(turn.texts, choices.value, numbersIn(turn.args)[0], back))
    },
  },
  netick: {
    handle: async (turn) => {
      const [personId, chosen, page] = numbersIn(turn.args)
      const choices = await chooseCadre(turn.context, { personId, chosen: chosen === 1 })
      if (!choices.ok) return turn.refuse(choices.problem)
      const back = `nel:${monthOf(turn.context.today())}:0`
      await pickHere(turn, choiceList(turn.texts, choices.value, page, back))
    },
  },
}

export const sheetForms: Record<string, FormHandler> = {
  npaste: {
    handle: async (turn, { period }) => {
      if (typeof period !== 'string' || !isPeriod(period)) return turn.closeForm()
      if (turn.message?.document) return false
      const text = turn.message?.text
      if (text === undefined) return turn.refuse({ code: 'entries.textOnly' })
      const pasted = await pasteResults(turn.context, { period, text })
      if (!pasted.ok) return turn.refuse(pasted.problem)
      if ('problems' in pasted.value) {
        return askInParts(turn, 'npaste', { period }, pasteProblemsMessage(turn.texts, pasted.value.problems))
      }
      await turn.reply({ text: turn.texts('entries:pasted', pasted.value) })
      await showEntry(turn, period)
    },
  },
}

async function askPaste(turn: Turn, period: Period): Promise<void> {
  const view = await viewEntry(turn.context, { period })
  if (!view.ok) return turn.refuse(view.problem)
  const { pack, lines } = view.value
  const name = lines[0]?.fullName ?? 'Nguyễn Văn A'
  const [band] = pack.bands
  const example =
    pack.maximum === undefined
      ? turn.texts('entries:pasteExampleLevels', { name, level: band?.grade ?? turn.texts('notices:shortLevels.good') })
      : turn.texts('entries:pasteExample', { name })
  await turn.ask(
    'npaste',
    { period },
    { text: turn.texts('entries:askPaste', { period: formatPeriod(period), example }) },
  )
}

async function draft(turn: Turn, period: Period, of: 'own' | 'all'): Promise<void> {
  const drafted = await draftEntered(turn.context, { period, of })
  if (!drafted.ok) return turn.refuse(drafted.problem)
  if ('problems' in drafted.value) return replyInParts(turn, draftProblemsMessage(turn.texts, drafted.value.problems))
  await turn.closeForm()
  await showPreview(turn, drafted.value.issueId)
}
