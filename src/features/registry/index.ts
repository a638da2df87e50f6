import type { Feature } from '../../telegram/feature.ts'

export type { Cell, SheetRows } from '../../platform/workbook.ts'
export { type Branch, branchesOf, branchOf } from './branches.ts'
export { findMembers, type Member, memberOf, membersOf, normaliseNumber } from './members.ts'
export { leadersOfBranch, titleOf } from './posts.ts'

export const registryFeature: Feature = { name: 'registry' }
