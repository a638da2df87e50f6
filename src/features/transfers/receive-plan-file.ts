import type { Message as TelegramMessage } from 'grammy/types'
import { hasRoleFor } from '../../telegram/audience.ts'
import type { Turn } from '../../telegram/turn.ts'
import { fillPlan } from './fill-plan.ts'
import { leavingMembers } from './leaving-members.ts'
import { receivingBranches } from './list-transfers.ts'
import { showPlan } from './plan-handlers.ts'
import { sheetProblemsMessage } from './plan-screens.ts'
import { findPlanSheet, readPlanSheet } from './plan-workbook.ts'
import { ownDraft } from './plans.ts'

/** A workbook sent in private by whoever may plan; answers whether it holds the sheet of a plan. */
export async function receivePlanFile(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const { document } = message
  if (!document || !/\.xlsx$/i.test(document.file_name ?? '') || !hasRoleFor(turn.speaker, 'transfer.plan'))
    return false
  const sent = await turn.readSent('workbook', document, 'transfer.plan')
  const sheet = sent.ok ? findPlanSheet(turn.texts, sent.value.content) : null
  if (!sheet) return false
  const plan = await ownDraft(turn.context)
  if (!plan) {
    await turn.refuse({ code: 'transfers.noDraft' })
    return true
  }
  const members = await leavingMembers(turn.context.db, plan.from.id)
  const branches = await receivingBranches(turn.context, plan.from.id)
  const read = readPlanSheet(turn.texts, sheet, { members, branches }, turn.context.today())
  if (!read.ok) {
    await turn.refuse(read.problem)
    return true
  }
  const { rows, problems } = read.value
  if (problems.length > 0) {
    await turn.reply(sheetProblemsMessage(turn.texts, problems))
    return true
  }
  const filled = await fillPlan(turn.context, { planId: plan.id, rows })
  if (filled.ok) {
    await turn.reply({ text: turn.texts('transfers:fileRead', { count: rows.length }) })
    await showPlan(turn, filled.value)
  } else await turn.refuse(filled.problem)
  return true
}
