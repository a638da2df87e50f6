import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { judgeReport, reportToJudge } from './judge-report.ts'
import { judged } from './verdict-screens.ts'

export const reasonForm = 'taskReason'

export const judgeButtons = {
  tyes: {
    handle: async (turn: Turn) => {
      const reportId = numberIn(turn.args)
      const result = await judgeReport(turn.context, { reportId, verdict: 'accepted', reason: null })
      if (!result.ok) return turn.refuse(result.problem)
      await turn.clearButtons()
      await say(turn, judged(turn.texts, result.value))
    },
  },
  tback: {
    handle: async (turn: Turn) => {
      const reportId = numberIn(turn.args)
      const found = await reportToJudge(turn.context, reportId)
      if (!found.ok) return turn.refuse(found.problem)
      const { task, verdict } = found.value
      if (verdict !== null) {
        await turn.clearButtons()
        return say(turn, judged(turn.texts, { task, verdict, before: true, toldAssignee: true }))
      }
      await turn.ask(reasonForm, { reportId }, { text: turn.texts('tasks:askReason', { number: task.number }) })
    },
  },
}

/** Why a report is returned. */
export const answerReason: FormHandler['handle'] = async (turn, data) => {
  const reason = turn.message?.text
  if (typeof data.reportId !== 'number' || !reason) return false
  const result = await judgeReport(turn.context, { reportId: data.reportId, verdict: 'returned', reason })
  // The form stays open: a reason that is too long can be typed anew.
  if (!result.ok) return turn.refuse(result.problem)
  await turn.closeForm()
  await turn.reply({ text: judged(turn.texts, result.value) })
}

/** In a message, since the pressed one keeps the report that the verdict is about. */
async function say(turn: Turn, text: string): Promise<void> {
  await turn.notify()
  await turn.reply({ text })
}
