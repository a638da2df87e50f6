import type { Feature } from '../../telegram/feature.ts'
import {
  answerSearch,
  searchPeople,
  showBranches,
  showBranchPage,
  showDirectory,
  showMember,
} from './directory-handlers.ts'
import { discardOldImports } from './discard-import.ts'
import { confirm, discard, receiveFile, sendRegister, sendTemplate, undo } from './import-handlers.ts'
import {
  answerComment,
  askComment,
  commentForm,
  owedComments,
  showLiaison,
  showLiaisonPage,
  showLiaisons,
} from './liaison-handlers.ts'
import { keepApart, merge, showDuplicatePage, showDuplicates, showPair } from './merge-handlers.ts'
import { showNode, showTree } from './organisation-handlers.ts'
import { registryData } from './personal-data.ts'

export type { Cell, SheetRows } from '../../platform/workbook.ts'
export { type Branch, branchesOf, branchOf } from './branches.ts'
export { type CheckedRegistry, checkRegistry } from './check-registry.ts'
export { confirmImport } from './confirm-import.ts'
export { normaliseCode as normaliseNumber } from './import/codes.ts'
export { findMembers, type Member, memberOf, membersOf } from './members.ts'
export {
  dutiesOf,
  headsIn,
  holdersInWard,
  leadersOfBranch,
  leadingPosts,
  titleOf,
  wardLeadersAmong,
  wardPostHoldersAmong,
} from './posts.ts'
export { holdingOn } from './spans.ts'

/** Organisations, people, memberships and posts: brought in from Excel, looked up by those who keep or lead them. */
export const registryFeature: Feature = {
  name: 'registry',
  personalData: registryData,
  title: 'registry:menuTitle',
  commands: [
    {
      name: 'danhba',
      chats: ['private'],
      audience: 'registry.list',
      label: 'registry:labelDirectory',
      handle: showDirectory,
    },
    {
      name: 'timnguoi',
      chats: ['private'],
      audience: 'registry.list',
      label: 'registry:labelSearch',
      handle: searchPeople,
    },
    {
      name: 'tochuc',
      chats: ['private'],
      audience: 'registry.list',
      label: 'registry:labelTree',
      handle: showTree,
    },
    {
      name: 'noicutru',
      chats: ['private'],
      audience: 'registry.list',
      label: 'registry:labelLiaisons',
      handle: showLiaisons,
    },
    {
      name: 'mau',
      chats: ['private'],
      audience: 'registry.template',
      label: 'registry:labelTemplate',
      handle: sendTemplate,
    },
    {
      name: 'xuatso',
      chats: ['private'],
      audience: 'registry.export',
      label: 'registry:labelExport',
      handle: sendRegister,
    },
    {
      name: 'trunghoso',
      chats: ['private'],
      audience: 'registry.merge',
      label: 'registry:labelDuplicates',
      handle: showDuplicates,
    },
  ],
  buttons: {
    rok: { handle: confirm },
    rno: { handle: discard },
    rundo: { handle: undo },
    rpairs: { handle: showDuplicatePage },
    rpair: { handle: showPair },
    rmerge: { handle: merge },
    rtwo: { handle: keepApart },
    rbranches: { handle: showBranches },
    rbranch: { handle: showBranchPage },
    rperson: { handle: showMember },
    rorg: { handle: showNode },
    rliaisons: { handle: showLiaisonPage },
    rliaison: { handle: showLiaison },
    rcomment: { handle: askComment },
  },
  forms: { registryFind: { handle: answerSearch }, [commentForm]: { handle: answerComment } },
  file: receiveFile,
  owed: owedComments,
  due: (context, { until }) => discardOldImports(context, until),
}
