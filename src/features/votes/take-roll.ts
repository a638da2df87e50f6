import { fromUtcMidnight } from '../../domain/dates.ts'
import { type MembershipSpan, type Roll, type RollInput, rollOn, type StatusSpan } from '../../domain/eligibility.ts'
import { memberStatuses } from '../../domain/members.ts'
import type { VotePack } from '../../domain/packs/schema.ts'
import type { Database, Transaction } from '../../platform/database.ts'

/** The roll of the branch on that day, from the registry: who may vote, and who belongs to it and may not. */
export async function takeRoll(
  db: Database | Transaction,
  pack: VotePack,
  branchId: number,
  on: Temporal.PlainDate,
  attendance: Pick<RollInput, 'present' | 'excused'> = {},
): Promise<Roll> {
  return rollOn(pack, { ...attendance, branchId, on, ...(await belongingTo(db, branchId)) })
}

/** Every membership and status, with its days, of all who have ever belonged to the branch. */
export async function belongingTo(
  db: Database | Transaction,
  branchId: number,
): Promise<{ memberships: MembershipSpan[]; statuses: StatusSpan[] }> {
  const here = await db.membership.findMany({ where: { organisationId: branchId }, select: { personId: true } })
  const people = { personId: { in: [...new Set(here.map(({ personId }) => personId))] } }
  const memberships = await db.membership.findMany({ where: people })
  const statuses = await db.memberStatus.findMany({ where: people })
  return {
    memberships: memberships.map(
      ({ personId, organisationId, kind, from, to }): MembershipSpan => ({
        personId,
        branchId: organisationId,
        kind: kind === 'temporary' ? 'temporary' : 'official',
        ...span(from, to),
      }),
    ),
    statuses: statuses.flatMap(({ personId, kind, from, to }): StatusSpan[] => {
      const known = memberStatuses.find(({ code }) => code === kind)
      return known ? [{ personId, status: known.code, ...span(from, to) }] : []
    }),
  }
}

function span(from: Date, to: Date | null) {
  return { from: fromUtcMidnight(from), to: to && fromUtcMidnight(to) }
}
