import type { MembershipSpan, StatusSpan } from './eligibility.ts'
import type { ClassificationPack } from './packs/schema.ts'
import { coversDay } from './spans.ts'

/** Why a member of the branch is not classified this year. */
export const unclassifiedReasons = ['exempt', 'suspended', 'admittedLately', 'temporaryHere', 'statusUnknown'] as const
export type UnclassifiedReason = (typeof unclassifiedReasons)[number]

export interface Classifiable {
  readonly memberships: readonly MembershipSpan[]
  readonly statuses: readonly StatusSpan[]
  /** When each was admitted to the Party, as far as it is known. */
  readonly admittedOn: ReadonlyMap<number, Temporal.PlainDate>
}

/**
 * Who of a branch is classified on that day, and who is not and why. Probationary members are (HD 21-HD/BTCTW 2019), those
 * admitted within the pack's months are not; a member here for a time only is classified at home.
 */
export function classifiedOn(
  pack: ClassificationPack,
  branchId: number,
  on: Temporal.PlainDate,
  { memberships, statuses, admittedOn }: Classifiable,
): { classified: number[]; left: { personId: number; reason: UnclassifiedReason }[] } {
  const here = memberships.filter((one) => one.branchId === branchId && coversDay(one, on))
  const classified: number[] = []
  const left: { personId: number; reason: UnclassifiedReason }[] = []
  for (const personId of [...new Set(here.map((one) => one.personId))].sort((a, b) => a - b)) {
    const held = statuses.filter((one) => one.personId === personId && coversDay(one, on)).map(({ status }) => status)
    const admitted = admittedOn.get(personId)
    const reasons: readonly (readonly [UnclassifiedReason, boolean])[] = [
      ['temporaryHere', !here.some((one) => one.personId === personId && one.kind === 'official')],
      ['statusUnknown', held.length === 0],
      ['suspended', !pack.suspended && held.includes('suspended')],
      ['exempt', !pack.exempt && held.includes('exempt')],
      ['admittedLately', admitted !== undefined && isLately(admitted, on, pack.admittedMonths)],
    ]
    const reason = reasons.find(([, applies]) => applies)?.[0]
    if (reason === undefined) classified.push(personId)
    else left.push({ personId, reason })
  }
  return { classified, left }
}

function isLately(admitted: Temporal.PlainDate, on: Temporal.PlainDate, months: number): boolean {
  return Temporal.PlainDate.compare(on, admitted.add({ months })) < 0
}
