import type { Feature } from '../../telegram/feature.ts'
import {
  answerItem,
  answerNote,
  answerRemark,
  answerReturn,
  answerSummary,
  itemForm,
  noteForm,
  planButtons,
  remarkForm,
  returnForm,
  showOwnPlan,
  summaryForm,
} from './handlers.ts'
import { owedPlans } from './owed-plans.ts'
import { plansData } from './personal-data.ts'

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
  buttons: planButtons,
  forms: {
    [itemForm]: { handle: answerItem },
    [returnForm]: { handle: answerReturn },
    [remarkForm]: { handle: answerRemark },
    [summaryForm]: { handle: answerSummary },
    [noteForm]: { handle: answerNote },
  },
  owed: owedPlans,
  personalData: plansData,
}
