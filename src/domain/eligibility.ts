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
  | 'absent'
  | 'movedOn'

/** One who may not vote. Whoever is absent from the meeting without being let off stays in the base. */
export interface LeftOut {
  readonly personId: number
  readonly reason: RollExclusion
  readonly inBase: boolean
}

export interface Roll {
  readonly voters: readonly Voter[]
  readonly excluded: readonly LeftOut[]
}

export interface RollInput {
  readonly branchId: number
  readonly on: Temporal.PlainDate
  readonly memberships: readonly MembershipSpan[]
  readonly statuses: readonly StatusSpan[]
  /** People absent throughout with an accepted reason. */
  readonly excused?: ReadonlySet<number>
  /** Where only those present vote: who they are. */
  readonly present?: ReadonlySet<number>
}

/**
 * The roll of a vote in a branch on a day: official members (Charter Art. 3 and 5: probationary members do not vote), less
 * those the pack leaves out and, where the meeting says so, those who are not there. Each person of the branch stands once,
 * in ascending id, on one side or the other.
 */
export function rollOn(pack: VotePack, input: RollInput): Roll {
  const memberships = input.memberships.filter((membership) => coversDay(membership, input.on))
  const statuses = input.statuses.filter((status) => coversDay(status, input.on))
  const people = new Set(memberships.filter((one) => one.branchId === input.branchId).map((one) => one.personId))
  const voters: Voter[] = []
  const excluded: LeftOut[] = []
  for (const personId of [...people].sort((a, b) => a - b)) {
    const own = memberships.filter((membership) => membership.personId === personId)
    const held = new Set(statuses.filter((status) => status.personId === personId).map((status) => status.status))
    const standing = judge(pack, input.branchId, own, held, input.excused?.has(personId) ?? false)
    if (typeof standing === 'string') excluded.push({ personId, reason: standing, inBase: false })
    else if (input.present === undefined || input.present.has(personId)) {
      voters.push({ personId, counts: standing.counts })
    } else if (standing.counts === 'always') excluded.push({ personId, reason: 'absent', inBase: true })
    else excluded.push({ personId, reason: standing.because, inBase: false })
  }
  return { voters, excluded }
}

type Standing = { counts: 'always' } | { counts: 'whenVoting'; because: RollExclusion }

function judge(
  pack: VotePack,
  branchId: number,
  memberships: readonly MembershipSpan[],
  held: ReadonlySet<MemberStatus>,
  excused: boolean,
): Standing | RollExclusion {
  const official = memberships.filter(({ kind }) => kind === 'official')
  if (!official.some((one) => one.branchId === branchId)) return 'temporaryHere'
  // Both ends of a membership are days inside it: on the day of a transfer the branch that received them has their vote.
  if (latest(official)?.branchId !== branchId) return 'movedOn'
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
  const because = rules('whenVoting')
  return rules('out') ?? (because ? { counts: 'whenVoting', because } : { counts: 'always' })
}

/** The membership that began last; of two that began on one day, the one in the branch of the higher number. */
function latest(memberships: readonly MembershipSpan[]): MembershipSpan | undefined {
  return memberships.toSorted((a, b) => Temporal.PlainDate.compare(b.from, a.from) || b.branchId - a.branchId)[0]
}
