import type { MemberStatus } from './members.ts'
import type { RollRule, VotePack } from './packs/schema.ts'
import { coversDay, type Span } from './spans.ts'

/** A person's belonging to a branch; a temporary one leaves the official one elsewhere standing. */
export interface MembershipSpan extends Span {
  readonly personId: number
  readonly branchId: number
  readonly kind: 'official' | 'temporary'
}

export interface StatusSpan extends Span {
  readonly personId: number
  readonly status: MemberStatus
}

/** One who may vote; `whenVoting` enters the base only by voting. */
export interface Voter {
  readonly personId: number
  readonly counts: 'always' | 'whenVoting'
}

/** Why one who belongs to the branch is not on the roll. */
export type RollExclusion =
  | 'probationary'
  | 'statusUnknown'
  | 'temporaryHere'
  | 'temporarilyElsewhere'
  | 'suspended'
  | 'exempt'
  | 'excused'

export interface Roll {
  readonly voters: readonly Voter[]
  readonly excluded: readonly { readonly personId: number; readonly reason: RollExclusion }[]
}

export interface RollInput {
  readonly branchId: number
  readonly on: Temporal.PlainDate
  readonly memberships: readonly MembershipSpan[]
  readonly statuses: readonly StatusSpan[]
  /** People absent throughout with an accepted reason. */
  readonly excused?: ReadonlySet<number>
}

/**
 * The roll of a vote in a branch on a day: official members (Charter Art. 3 and 5: probationary members do not vote), less
 * those the pack leaves out. Each person of the branch stands once, in ascending id, on one side or the other.
 */
export function rollOn(pack: VotePack, input: RollInput): Roll {
  const memberships = input.memberships.filter((membership) => coversDay(membership, input.on))
  const statuses = input.statuses.filter((status) => coversDay(status, input.on))
  const people = new Set(memberships.filter((one) => one.branchId === input.branchId).map((one) => one.personId))
  const voters: Voter[] = []
  const excluded: { personId: number; reason: RollExclusion }[] = []
  for (const personId of [...people].sort((a, b) => a - b)) {
    const own = memberships.filter((membership) => membership.personId === personId)
    const held = new Set(statuses.filter((status) => status.personId === personId).map((status) => status.status))
    const standing = judge(pack, input.branchId, own, held, input.excused?.has(personId) ?? false)
    if (standing === 'always' || standing === 'whenVoting') voters.push({ personId, counts: standing })
    else excluded.push({ personId, reason: standing })
  }
  return { voters, excluded }
}

function judge(
  pack: VotePack,
  branchId: number,
  memberships: readonly MembershipSpan[],
  held: ReadonlySet<MemberStatus>,
  excused: boolean,
): Voter['counts'] | RollExclusion {
  if (!memberships.some((one) => one.branchId === branchId && one.kind === 'official')) return 'temporaryHere'
  if (held.has('probationary')) return 'probationary'
  if (held.size === 0) return 'statusUnknown'
  const elsewhere = memberships.some((one) => one.branchId !== branchId && one.kind === 'temporary')
  const circumstances: readonly (readonly [keyof VotePack['roll'], boolean])[] = [
    ['suspended', held.has('suspended')],
    ['temporarilyElsewhere', elsewhere],
    ['exempt', held.has('exempt')],
    ['excused', excused],
  ]
  const applying = circumstances.filter(([, applies]) => applies).map(([circumstance]) => circumstance)
  const rules = (rule: RollRule) => applying.find((circumstance) => pack.roll[circumstance] === rule)
  return rules('out') ?? (rules('whenVoting') ? 'whenVoting' : 'always')
}
