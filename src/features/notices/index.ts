import type { Feature } from '../../telegram/feature.ts'
import { groupsConnectedSince, groupsMovedBy } from '../linking/index.ts'
import { numbersIn } from './answers.ts'
import { cadreButtons, cadreCommands, cadreForms } from './cadre-handlers.ts'
import { discardOldDrafts } from './discard-draft.ts'
import { entryButtons, entryCommand, entryForms } from './entry/entry-handlers.ts'
import { discardOldSheets } from './entry/forget-entered.ts'
import { sheetButtons, sheetForms } from './entry/sheet-handlers.ts'
import { evaluationButtons, evaluationForms, resultsCommand } from './evaluation-handlers.ts'
import { followGroups } from './follow-groups.ts'
import { inboxButtons, inboxCommand } from './inbox-handlers.ts'
import { neededByNotices } from './needs-deliveries.ts'
import { noticeButtons, showDetail, showLevels, statusCommand } from './notice-handlers.ts'
import { numberFormButtons, numberFormForms } from './number-form-handlers.ts'
import { owedNotices } from './owed-notices.ts'
import { paperButtons, paperCommand, paperForms } from './paper-handlers.ts'
import { noticesData } from './personal-data.ts'
import { plainButtons, plainCommand, plainForms } from './plain-handlers.ts'
import { postOverviews } from './post-overview.ts'
import { receiveWorkbook } from './receive-workbook.ts'
import { recipientButtons, recipientForms } from './recipient-handlers.ts'
import { nextRhythm, remindLeaders } from './remind-leaders.ts'
import { nextReaderReminder, remindReaders } from './remind-readers.ts'
import { nextConfirmReminder, remindUnconfirmed } from './remind-unconfirmed.ts'
import { schemeButtons, schemeForms } from './schemes/scheme-handlers.ts'
import { settingsButtons, settingsCommand } from './settings-handlers.ts'
import { remindOfPaper } from './tell-of-paper.ts'

export { draftEvaluation } from './draft-evaluation.ts'
export { issueEvaluation } from './issue-evaluation.ts'
export { resultsOfYear, type YearResult } from './results-of-year.ts'

/** What the ward leadership tells its branches: monthly results of the cadres, and plain notices; both are acknowledged. */
export const noticesFeature: Feature = {
  name: 'notices',
  personalData: noticesData,
  needsDeliveries: neededByNotices,
  title: 'notices:menuTitle',
  commands: [
    resultsCommand,
    entryCommand,
    plainCommand,
    statusCommand,
    paperCommand,
    inboxCommand,
    ...cadreCommands,
    settingsCommand,
  ],
  buttons: {
    ...evaluationButtons,
    ...entryButtons,
    ...sheetButtons,
    ...plainButtons,
    ...recipientButtons,
    ...noticeButtons,
    ...paperButtons,
    ...inboxButtons,
    ...cadreButtons,
    ...settingsButtons,
    ...schemeButtons,
    ...numberFormButtons,
  },
  forms: {
    ...evaluationForms,
    ...entryForms,
    ...sheetForms,
    ...plainForms,
    ...recipientForms,
    ...paperForms,
    ...cadreForms,
    ...schemeForms,
    ...numberFormForms,
  },
  starts: {
    ndetail: (turn) => showDetail(turn, numbersIn(turn.args)[0]),
    nlevels: (turn) => showLevels(turn, numbersIn(turn.args)[0]),
  },
  file: (turn, message) => receiveWorkbook(turn, message, null),
  event: async (context, event) => followGroups(context, await groupsMovedBy(context, event)),
  due: async (context, span) => {
    await followGroups(context, await groupsConnectedSince(context, span.since))
    await discardOldDrafts(context)
    await discardOldSheets(context)
    await remindUnconfirmed(context, span)
    await remindReaders(context, span)
    await remindLeaders(context, span)
    await remindOfPaper(context, span)
    await postOverviews(context, span)
  },
  nextDue: async (context) => {
    const moments = [await nextConfirmReminder(context), await nextReaderReminder(context), await nextRhythm(context)]
    return moments.filter((moment) => moment !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null
  },
  owed: owedNotices,
}
