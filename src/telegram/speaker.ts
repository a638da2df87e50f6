import { z } from 'zod'
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

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`))
const days = { from: day, to: day.nullable() }
const storedAccount = z.object({
  appointments: z.array(z.object({ role: z.string(), wardId: z.int(), from: z.coerce.date() })),
  link: z
    .object({ id: z.int(), personId: z.int(), consentAt: z.string().nullable(), unreachableAt: z.string().nullable() })
    .nullable(),
  person: z.object({ wardId: z.int(), fullName: z.string() }).nullable(),
  memberships: z.array(z.object({ ...days, organisationId: z.int(), kind: z.string() })),
  statuses: z.array(z.object({ ...days, kind: z.string() })),
  positions: z.array(z.object({ ...days, organisationId: z.int().nullable(), post: z.string() })),
})

/**
 * Who an account speaks for now, with the rights that follow from posts, membership and appointments of this day. One
 * statement: it is asked before everything that anybody does.
 */
export async function speakerOf(
  db: Database | Transaction,
  { id, name }: { id: bigint; name: string },
  now: Date,
): Promise<Speaker> {
  const [row] = await db.$queryRaw<{ account: unknown }[]>`
    WITH link AS (SELECT * FROM "AccountLink" WHERE "accountId" = ${id} AND "endedAt" IS NULL),
    rows AS (
      SELECT
        (SELECT jsonb_agg(a ORDER BY a."id") FROM "Appointment" a WHERE a."accountId" = ${id} AND a."to" IS NULL) AS "appointments",
        (SELECT to_jsonb(l) FROM link l) AS "link",
        (SELECT to_jsonb(p) FROM "Person" p JOIN link l ON p."id" = l."personId") AS "person",
        (SELECT jsonb_agg(m ORDER BY m."id") FROM "Membership" m JOIN link l USING ("personId")) AS "memberships",
        (SELECT jsonb_agg(s ORDER BY s."id") FROM "MemberStatus" s JOIN link l USING ("personId")) AS "statuses",
        (SELECT jsonb_agg(h ORDER BY h."id") FROM "Position" h JOIN link l USING ("personId")) AS "positions"
    )
    SELECT jsonb_build_object(
      'appointments', coalesce("appointments", '[]'), 'link', "link", 'person', "person",
      'memberships', coalesce("memberships", '[]'), 'statuses', coalesce("statuses", '[]'),
      'positions', coalesce("positions", '[]')
    ) AS "account" FROM rows`
  const { appointments, link, ...held } = storedAccount.parse(row?.account)
  const consented = link?.consentAt != null
  const person = consented ? held.person : null
  const nothing = { memberships: [], statuses: [], positions: [] }
  const grants = grantsOn(
    {
      appointments: appointments.flatMap(({ role, wardId, from }) =>
        role === 'officer' || role === 'operator' ? [{ role, wardId, from: dayAt(from), to: null }] : [],
      ),
      ...(person ? standingOf({ ...held, wardId: person.wardId }) : nothing),
    },
    dayAt(now),
  )
  return {
    accountId: id,
    accountName: name,
    link: link ? { id: link.id, personId: link.personId, consented, unreachable: link.unreachableAt !== null } : null,
    actor: {
      accountId: id,
      personId: person && link ? link.personId : null,
      wardId: person?.wardId ?? appointments[0]?.wardId ?? null,
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
