import type { Problem } from './result.ts'
import { overlap, type Span } from './spans.ts'

/** What is known of a record that may be a second one of the same person. */
export interface MergeSide {
  readonly birthYear: number | null
  readonly birthOn: string | null
  readonly gender: string | null
  readonly official: readonly (Span & { readonly branchId: number })[]
  readonly hasAccount: boolean
  readonly openPostCount: number
  readonly openTaskCount: number
  /** Periods for which a result of evaluation is in force. */
  readonly periods: ReadonlySet<string>
}

/** What the two have in common that one person cannot. */
export interface SharedActs {
  /** Both cast a vote in one ballot. */
  readonly votedTogether: boolean
  /** Both stand on the roll of a vote that is not closed. */
  readonly onOpenRoll: boolean
}

/**
 * What blocks a merge, each with its remedy: facts that two records of one person cannot both have, and what would be left
 * behind with the record that is closed. `kept` goes on, `closed` is read together with it from then on.
 */
export function mergeBlocks(kept: MergeSide, closed: MergeSide, shared: SharedActs): Problem[] {
  const differ = <T>(a: T | null, b: T | null) => a !== null && b !== null && a !== b
  const period = [...kept.periods].find((one) => closed.periods.has(one))
  const inTwoBranches = kept.official.some((one) =>
    closed.official.some((other) => one.branchId !== other.branchId && overlap(one, other)),
  )
  const blocks: (Problem | false)[] = [
    (differ(kept.birthYear, closed.birthYear) || differ(kept.birthOn, closed.birthOn)) && {
      code: 'registry.mergeBirth',
    },
    differ(kept.gender, closed.gender) && { code: 'registry.mergeGender' },
    shared.votedTogether && { code: 'registry.mergeVoted' },
    shared.onOpenRoll && { code: 'registry.mergeOpenVote' },
    inTwoBranches && { code: 'registry.mergeTwoBranches' },
    kept.hasAccount && closed.hasAccount && { code: 'registry.mergeAccounts' },
    !kept.hasAccount && closed.hasAccount && { code: 'registry.mergeAccountBehind' },
    closed.openPostCount > 0 && { code: 'registry.mergePosts' },
    closed.openTaskCount > 0 && { code: 'registry.mergeTasks', params: { count: closed.openTaskCount } },
    period !== undefined && { code: 'registry.mergeResults', params: { period } },
  ]
  return blocks.filter((block) => block !== false)
}

/** Whether the second record should be the one that goes on: the one with an account, else with posts, else the older one. */
export function keepsSecond(first: MergeSide, second: MergeSide): boolean {
  if (first.hasAccount !== second.hasAccount) return second.hasAccount
  return first.openPostCount === 0 && second.openPostCount > 0
}

/** What two records are compared by. */
export interface Likeness {
  readonly searchName: string
  readonly birthOn: string | null
  readonly birthYear: number | null
  readonly phone: string | null
}

/**
 * How likely two records of one name are one person: 3 the same birth date, 2 the same telephone, 1 the same year or one
 * of them without; 0 is no proposal.
 */
export function likelihood(a: Likeness, b: Likeness): 0 | 1 | 2 | 3 {
  if (a.searchName !== b.searchName) return 0
  if (a.birthYear !== null && b.birthYear !== null && a.birthYear !== b.birthYear) return 0
  if (a.birthOn !== null && b.birthOn !== null) return a.birthOn === b.birthOn ? 3 : 0
  return a.phone !== null && a.phone === b.phone ? 2 : 1
}
