import { isPeriod, monthOf } from '../../domain/period.ts'
import type { ButtonHandler, Command, FormHandler } from '../../telegram/feature.ts'
import { numbersIn } from './answers.ts'
import { discardDraft } from './discard-draft.ts'
import { explainMessage, issuedMessage } from './evaluation-screens.ts'
import { findPeriod } from './find-period.ts'
import { issueEvaluation } from './issue-evaluation.ts'
import { draftFromForm, receiveWorkbook, showPreview } from './receive-workbook.ts'
import { resultTemplate, waitingDrafts } from './result-template.ts'

/** `/ketqua`: explains, sends the sheet to fill in, and waits for it. */
export const resultsCommand: Command = {
  name: 'ketqua',
  chats: ['private'],
  audience: 'notice.evaluation.draft',
  label: 'notices:labelResults',
  handle: async (turn) => {
    // The workbook itself may come with the command as its caption.
    if (turn.message?.document) return void (await receiveWorkbook(turn, turn.message, {}))
    const { context, texts, args } = turn
    const asked = args === '' ? null : findPeriod(args, context.today())
    if (args !== '' && !asked?.ok) {
      return turn.refuse({ code: 'period.unreadable', params: { value: args.slice(0, 60) } })
    }
    const period = asked?.ok ? asked.value : null
    const template = await resultTemplate(context, { period })
    if (!template.ok) return turn.refuse(template.problem)
    const explanation = explainMessage(texts, await waitingDrafts(context), period ?? monthOf(context.today()))
    await turn.ask('nresults', period === null ? {} : { period }, explanation)
    await turn.sendFile(template.value, texts('notices:templateCaption', { count: template.value.peopleCount }))
  },
}

export const evaluationForms: Record<string, FormHandler> = {
  /** The filled-in sheet is awaited. */
  nresults: {
    handle: async (turn, data) => {
      const { message } = turn
      const period = typeof data.period === 'string' && isPeriod(data.period) ? data.period : null
      if (message?.document)
        return (await receiveWorkbook(turn, message, period === null ? {} : { period })) ? undefined : false
      await turn.refuse({ code: message?.photo ? 'notices.notWorkbook' : 'notices.workbookAwaited' })
    },
  },
  /** The sheet is there, its period is asked for. */
  nperiod: {
    handle: async (turn, data) => {
      if (turn.message?.document) return false
      const period = findPeriod(turn.message?.text ?? '', turn.context.today())
      if (!period?.ok) {
        const value = (turn.message?.text ?? '').slice(0, 60)
        return turn.refuse({ code: 'period.unreadable', params: { value } })
      }
      await draftFromForm(turn, data, period.value)
    },
  },
}

export const evaluationButtons: Record<string, ButtonHandler> = {
  nperiod: {
    handle: async (turn) => {
      const form = await turn.openForm()
      if (form?.kind !== 'nperiod' || !isPeriod(turn.args)) return turn.notify(turn.texts('notices:periodChosen'))
      await draftFromForm(turn, form.data, turn.args)
      await turn.clearButtons()
    },
  },
  nwait: { handle: async (turn) => showPreview(turn, numbersIn(turn.args)[0]) },
  nissue: {
    handle: async (turn) => {
      const [issueId] = numbersIn(turn.args)
      const version = turn.args.split(':')[1]
      const issued = await issueEvaluation(turn.context, { issueId, ...(version === undefined ? {} : { version }) })
      if (!issued.ok) {
        await turn.refuse(issued.problem)
        // Who reads which result has changed since the preview: it is asked anew.
        if (issued.problem.code === 'notices.registerChanged') await showPreview(turn, issueId)
        return
      }
      if (issued.value.again) await turn.notify(turn.texts('notices:issuedBefore'))
      await turn.edit(issuedMessage(turn.texts, issued.value))
    },
  },
  ndrop: {
    handle: async (turn) => {
      const [issueId] = numbersIn(turn.args)
      const dropped = await discardDraft(turn.context, { issueId })
      if (!dropped.ok) return turn.refuse(dropped.problem)
      await turn.closeForm()
      await turn.edit({ text: turn.texts('notices:dropped') })
    },
  },
}
