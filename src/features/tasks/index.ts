import type { FileStore } from '../../platform/file-store.ts'
import type { Feature } from '../../telegram/feature.ts'
import { groupsConnectedSince, groupsMovedBy } from '../linking/index.ts'
import { answerAssignment, assignButtons } from './assign-handlers.ts'
import { startAssignment } from './assign-start.ts'
import { assignmentForm } from './assignment-draft.ts'
import { answerDigest, chooseDigest, digestButtons, digestForm } from './digest-handlers.ts'
import { followGroups } from './follow-groups.ts'
import { tellHeadsWithoutTasks } from './heads-without-tasks.ts'
import { answerReason, judgeButtons, reasonForm } from './judge-handlers.ts'
import { listButtons, showTasks } from './list-handlers.ts'
import { neededByTasks } from './needs-deliveries.ts'
import { openOccurrences } from './open-occurrences.ts'
import { owedTasks } from './owed-items.ts'
import { tasksData, tasksRetention } from './personal-data.ts'
import { choosePrint, printButtons } from './print-handlers.ts'
import { nextReminder, remindDue } from './remind-due.ts'
import { moreForm, reportForm } from './report-draft.ts'
import { answerMore, answerReport, reportButtons, startReport } from './report-handlers.ts'
import { reportByFile, reportByReply } from './report-unasked.ts'
import {
  answerCancel,
  answerComment,
  answerDecline,
  cancelForm,
  commentForm,
  declineForm,
  responseButtons,
} from './response-handlers.ts'
import { sendDigests } from './send-digests.ts'

export { beginPreparation } from './assign-start.ts'
export { reviewerChats } from './branch-chats.ts'
export { endOpenTasks, openTasksOf, preparationOf } from './open-tasks.ts'
export type { TaskView } from './task-view.ts'

/** Tasks of a branch: assigned, taken on or declined, reported, accepted or returned. */
export function tasksFeature(files: FileStore): Feature {
  return {
    name: 'tasks',
    title: 'tasks:menuTitle',
    commands: [
      {
        name: 'viec',
        chats: ['private'],
        audience: 'task.view',
        label: 'tasks:labelList',
        handle: showTasks,
      },
      {
        name: 'baocao',
        chats: ['private', 'branchGroup'],
        audience: 'task.report',
        label: 'tasks:labelReport',
        handle: startReport,
      },
      {
        name: 'giaoviec',
        chats: ['private', 'branchGroup'],
        audience: 'task.assign',
        label: 'tasks:labelAssign',
        handle: startAssignment,
      },
      {
        name: 'tinviec',
        chats: ['private', 'branchGroup'],
        audience: 'task.review',
        label: 'tasks:labelDigest',
        handle: chooseDigest,
      },
      {
        name: 'phieuviec',
        chats: ['private'],
        audience: 'task.view',
        label: 'tasks:labelPrint',
        handle: choosePrint,
      },
    ],
    buttons: {
      ...assignButtons,
      ...reportButtons,
      ...responseButtons,
      ...judgeButtons,
      ...listButtons(files),
      ...digestButtons,
      ...printButtons,
    },
    forms: {
      [assignmentForm]: { handle: answerAssignment },
      [reportForm]: { handle: answerReport },
      [moreForm]: { handle: answerMore },
      [reasonForm]: { handle: answerReason },
      [declineForm]: { handle: answerDecline },
      [cancelForm]: { handle: answerCancel },
      [commentForm]: { handle: answerComment },
      [digestForm]: { handle: answerDigest },
    },
    reply: reportByReply,
    file: reportByFile,
    event: async (ctx, event) => followGroups(ctx, await groupsMovedBy(ctx, event)),
    due: async (ctx, span) => {
      await followGroups(ctx, await groupsConnectedSince(ctx, span.since))
      await openOccurrences(ctx, span)
      await remindDue(ctx, span)
      await sendDigests(ctx, span)
      await tellHeadsWithoutTasks(ctx, span)
    },
    nextDue: nextReminder,
    owed: owedTasks,
    personalData: tasksData,
    retention: tasksRetention,
    needsDeliveries: neededByTasks,
  }
}
