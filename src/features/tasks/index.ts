import type { Feature } from '../../telegram/feature.ts'
import { answerAssignment, assignButtons } from './assign-handlers.ts'
import { startAssignment } from './assign-start.ts'
import { assignmentForm } from './assignment-draft.ts'
import { answerReason, judgeButtons, reasonForm } from './judge-handlers.ts'
import { listButtons, showTasks } from './list-handlers.ts'
import { tasksData, tasksRetention } from './personal-data.ts'
import { nextReminder, remindDue } from './remind-due.ts'
import { moreForm, reportForm } from './report-draft.ts'
import { answerMore, answerReport, reportButtons, startReport } from './report-handlers.ts'
import { reportByFile, reportByReply } from './report-unasked.ts'

export { reviewerChats } from './branch-chats.ts'
export { endOpenTasks, openTasksOf } from './open-tasks.ts'
export { branchesWhereMay } from './reach.ts'

/** Tasks of a branch: assigned, reported, accepted or returned. */
export const tasksFeature: Feature = {
  name: 'tasks',
  personalData: tasksData,
  retention: tasksRetention,
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
  ],
  buttons: { ...assignButtons, ...reportButtons, ...judgeButtons, ...listButtons },
  forms: {
    [assignmentForm]: { handle: answerAssignment },
    [reportForm]: { handle: answerReport },
    [moreForm]: { handle: answerMore },
    [reasonForm]: { handle: answerReason },
  },
  reply: reportByReply,
  file: reportByFile,
  due: remindDue,
  nextDue: nextReminder,
}
