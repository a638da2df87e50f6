import type { Feature } from '../../telegram/feature.ts'
import { branchButtons } from './branch-handlers.ts'
import { answerItem, editButtons, itemForm } from './edit-handlers.ts'
import { answerNote, monthButtons, noteForm } from './month-handlers.ts'
import { owedPlans } from './owed-plans.ts'
import { plansData } from './personal-data.ts'
import { remindMonth } from './remind-month.ts'
import { showButtons, showOwnPlan } from './show-handlers.ts'
import {
  answerRemark,
  answerReturn,
  answerSummary,
  remarkForm,
  returnForm,
  summaryForm,
  wordButtons,
} from './word-handlers.ts'

export { plansFollowMember } from './follow-member.ts'

/** Self-cultivation: one plan a year for each member, followed month by month, in one register for the branch. */
export const plansFeature: Feature = {
  name: 'plans',
  title: 'plans:menuTitle',
  commands: [
    {
      name: 'kehoach',
      chats: ['private'],
      audience: 'plan.view',
      label: 'plans:labelPlan',
      handle: showOwnPlan,
    },
  ],
  buttons: { ...showButtons, ...branchButtons, ...editButtons, ...wordButtons, ...monthButtons },
  forms: {
    [itemForm]: { handle: answerItem },
    [returnForm]: { handle: answerReturn },
    [remarkForm]: { handle: answerRemark },
    [summaryForm]: { handle: answerSummary },
    [noteForm]: { handle: answerNote },
  },
  due: remindMonth,
  owed: owedPlans,
  personalData: plansData,
}
