import { fromUtcMidnight } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import type { Database, Transaction } from '../../platform/database.ts'

/** One who belongs to the branch officially now: guests on a temporary transfer are not the branch's to send on. */
export interface LeavingMember {
  id: number
  number: string
  fullName: string
  birthYear: number | null
  since: Temporal.PlainDate
}

/** Who could be introduced from the branch, by given name. */
export async function leavingMembers(db: Database | Transaction, branchId: number): Promise<LeavingMember[]> {
  const rows = await db.membership.findMany({
    where: { organisationId: branchId, kind: 'official', to: null },
    select: { from: true, person: { select: { id: true, number: true, fullName: true, birthYear: true } } },
  })
  return rows
    .map(({ from, person }) => ({ ...person, since: fromUtcMidnight(from) }))
    .sort((a, b) => compareNames(a.fullName, b.fullName))
}
