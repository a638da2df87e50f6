import { dayAt, fromUtcMidnight } from '../domain/dates.ts'
import { grantsOn, type Standing } from '../domain/grants.ts'
import { memberStatuses } from '../domain/members.ts'
import { posts } from '../domain/posts.ts'
import type { ActingPerson } from '../platform/context.ts'
import type { Database, Transaction } from '../platform/database.ts'

export interface Speaker {
  accountId: bigint
  /** The name the account shows, for a greeting only: never a proof of who it is. */
  accountName: string
  /** The open link to a person, if there is one. Without consent nothing beyond it may be used. */
  link: { id: number; personId: number; consented: boolean; unreachable: boolean } | null
  actor: ActingPerson
}

/** Who an account speaks for now, with the rights that follow from posts, membership and appointments of this day. */
export async function speakerOf(
  db: Database | Transaction,
  account: { id: bigint; name: string },
  now: Date,
): Promise<Speaker> {
  const appointed = await db.appointment.findMany({ where: { accountId: account.id, to: null } })
  const link = await db.accountLink.findFirst({
    where: { accountId: account.id, endedAt: null },
    include: { person: { include: { positions: true, memberships: true, statuses: true } } },
  })
  const consented = link?.consentAt != null
  const person = consented && link ? link.person : null
  const grants = grantsOn(
    {
      appointments: appointed.flatMap(({ role, wardId, from }) =>
        role === 'officer' || role === 'operator' ? [{ role, wardId, from: dayAt(from), to: null }] : [],
      ),
      ...(person ? standingOf(person) : { memberships: [], statuses: [], positions: [] }),
    },
    dayAt(now),
  )
  return {
    accountId: account.id,
    accountName: account.name,
    link: link ? { id: link.id, personId: link.personId, consented, unreachable: link.unreachableAt !== null } : null,
    actor: {
      accountId: account.id,
      personId: person?.id ?? null,
      wardId: person?.wardId ?? appointed[0]?.wardId ?? null,
      name: person?.fullName ?? null,
      grants,
    },
  }
}

interface StoredSpan {
  from: Date
  to: Date | null
}

interface StoredPerson {
  wardId: number
  memberships: (StoredSpan & { organisationId: number; kind: string })[]
  statuses: (StoredSpan & { kind: string })[]
  positions: (StoredSpan & { organisationId: number | null; post: string })[]
}

/** A person's rows as the rules read them. A code that the rules do not know gives nothing. */
export function standingOf({ wardId, ...person }: StoredPerson): Omit<Standing, 'appointments'> {
  return {
    memberships: person.memberships.map((row) => ({
      ...span(row),
      wardId,
      branchId: row.organisationId,
      kind: row.kind === 'temporary' ? 'temporary' : 'official',
    })),
    statuses: person.statuses.flatMap((row) => {
      const known = memberStatuses.find(({ code }) => code === row.kind)
      return known ? [{ ...span(row), status: known.code }] : []
    }),
    positions: person.positions.flatMap((row) => {
      const known = posts.find(({ code }) => code === row.post)
      return known ? [{ ...span(row), wardId, branchId: row.organisationId, post: known.code }] : []
    }),
  }
}

function span({ from, to }: StoredSpan) {
  return { from: fromUtcMidnight(from), to: to === null ? null : fromUtcMidnight(to) }
}
