import type { Feature } from '../../telegram/feature.ts'
import { groupsConnectedSince, groupsMovedBy } from '../linking/index.ts'
import { callButtons } from './call-handlers.ts'
import { answerActivity, createButtons, startActivity } from './create-handlers.ts'
import { activityForm } from './draft.ts'
import { followGroups } from './follow-groups.ts'
import { listButtons, showActivities } from './list-handlers.ts'
import { neededByActivities } from './needs-deliveries.ts'
import { openOccurrences } from './open-occurrences.ts'
import {
  answerCancel,
  answerPhoto,
  answerResult,
  cancelForm,
  organiserButtons,
  photoForm,
  resultForm,
} from './organiser-handlers.ts'
import { owedAnswers } from './owed-answers.ts'
import { activitiesData } from './personal-data.ts'
import {
  answerCode,
  answerRoll,
  attendByReply,
  codeForm,
  presenceButtons,
  rollForm,
  startAttendance,
} from './presence-handlers.ts'
import { nextCalledReminder, remindCalled } from './remind-called.ts'

export { attendanceByMonth, type MonthOfAttendance } from './attendance.ts'

/** What a branch does together: who is called, who joins, who was there, what came of it. */
export const activitiesFeature: Feature = {
  name: 'activities',
  title: 'activities:menuTitle',
  commands: [
    {
      name: 'hoatdong',
      chats: ['private'],
      audience: 'activity.view',
      label: 'activities:labelList',
      handle: showActivities,
    },
    {
      name: 'diemdanh',
      chats: ['private'],
      audience: 'activity.join',
      label: 'activities:labelAttend',
      handle: startAttendance,
    },
    {
      name: 'taohoatdong',
      chats: ['private', 'branchGroup'],
      audience: 'activity.organise',
      label: 'activities:labelCreate',
      handle: startActivity,
    },
  ],
  buttons: { ...createButtons, ...listButtons, ...callButtons, ...presenceButtons, ...organiserButtons },
  forms: {
    [activityForm]: { handle: answerActivity },
    [codeForm]: { handle: answerCode },
    [rollForm]: { handle: answerRoll },
    [resultForm]: { handle: answerResult },
    [cancelForm]: { handle: answerCancel },
    [photoForm]: { handle: answerPhoto },
  },
  reply: attendByReply,
  event: async (ctx, event) => followGroups(ctx, await groupsMovedBy(ctx, event)),
  due: async (ctx, span) => {
    await followGroups(ctx, await groupsConnectedSince(ctx, span.since))
    await openOccurrences(ctx, span)
    await remindCalled(ctx, span)
  },
  nextDue: nextCalledReminder,
  owed: owedAnswers,
  personalData: activitiesData,
  needsDeliveries: neededByActivities,
}
