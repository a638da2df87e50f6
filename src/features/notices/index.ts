import type { Feature } from '../../telegram/feature.ts'
import { numbersIn } from './answers.ts'
import { discardOldDrafts } from './discard-draft.ts'
import { evaluationButtons, evaluationForms, resultsCommand } from './evaluation-handlers.ts'
import { noticeButtons, showDetail, showLevels, statusCommand } from './notice-handlers.ts'
import { noticesData } from './personal-data.ts'
import { plainButtons, plainCommand, plainForms } from './plain-handlers.ts'
import { receiveWorkbook } from './receive-workbook.ts'

export { draftEvaluation } from './draft-evaluation.ts'
export { issueEvaluation } from './issue-evaluation.ts'

/** What the ward leadership tells its branches: monthly results of the cadres, and plain notices; both are acknowledged. */
export const noticesFeature: Feature = {
  name: 'notices',
  personalData: noticesData,
  title: 'notices:menuTitle',
  commands: [resultsCommand, plainCommand, statusCommand],
  buttons: { ...evaluationButtons, ...plainButtons, ...noticeButtons },
  forms: { ...evaluationForms, ...plainForms },
  starts: {
    ndetail: (turn) => showDetail(turn, numbersIn(turn.args)[0]),
    nlevels: (turn) => showLevels(turn, numbersIn(turn.args)[0]),
  },
  file: (turn, message) => receiveWorkbook(turn, message, null),
  due: (context) => discardOldDrafts(context),
}
