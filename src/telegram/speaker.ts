import { dayAt, fromUtcMidnight } from '../domain/dates.ts'
import { grantsOn, type Standing } from '../domain/grants.ts'
import { memberStatuses } from '../domain/members.ts'
import { posts } from '../domain/posts.ts'
import type { ActingPerson } from '../platform/context.ts'
import type { Database, Transaction } from '../platform/database.ts'
import type { Chat } from './turn.ts'

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
  return (await speakerIn(db, account, null, now)).speaker
}

/** What a group is connected to: a branch, or the leaders of a ward. */
export type ConnectedPlace = Pick<Chat, 'branch' | 'ward'>

/** The same for somebody who acts in a group: what that stands for, and whether it is known already that they are inside. */
export async function speakerIn(
  db: Database | Transaction,
  account: { id: bigint; name: string },
  groupId: bigint | null,
  now: Date,
): Promise<{ speaker: Speaker; connected: ConnectedPlace; isKnownInside: boolean }> {
  const { link, person, appointed, connected, isKnownInside } = await readAccount(db, account.id, groupId)
  const grants = grantsOn(
    {
      appointments: appointed.flatMap(({ role, wardId, from }) =>
        role === 'officer' || role === 'operator' ? [{ role, wardId, from: dayAt(from), to: null }] : [],
      ),
      ...(person ? standingOf(person) : { memberships: [], statuses: [], positions: [] }),
    },
    dayAt(now),
  )
  const actor = {
    accountId: account.id,
    personId: person?.id ?? null,
    wardId: person?.wardId ?? appointed[0]?.wardId ?? null,
    name: person?.fullName ?? null,
    grants,
  }
  return { speaker: { accountId: account.id, accountName: account.name, link, actor }, connected, isKnownInside }
}

/** Every update asks this first, so it is one look-up and not one for each table. */
async function readAccount(db: Database | Transaction, accountId: bigint, groupId: bigint | null) {
  const [row] = await db.$queryRaw<AccountRow[]>`
    SELECT "link"."id" AS "linkId", "link"."personId", "link"."consentAt" IS NOT NULL AS "consented",
      "link"."unreachableAt" IS NOT NULL AS "unreachable", "person"."wardId", "person"."fullName",
      (SELECT json_agg(json_build_object('role', "role", 'wardId', "wardId", 'from', "from") ORDER BY "id")
        FROM "Appointment" WHERE "accountId" = "account"."id" AND "to" IS NULL) AS "appointed",
      (SELECT json_agg(json_build_object('organisationId', "organisationId", 'kind', "kind", 'from', "from", 'to', "to")
        ORDER BY "id") FROM "Membership" WHERE "personId" = "person"."id") AS "memberships",
      (SELECT json_agg(json_build_object('kind', "kind", 'from', "from", 'to', "to") ORDER BY "id")
        FROM "MemberStatus" WHERE "personId" = "person"."id") AS "statuses",
      (SELECT json_agg(json_build_object('organisationId', "organisationId", 'post', "post", 'from', "from", 'to', "to")
        ORDER BY "id") FROM "Position" WHERE "personId" = "person"."id") AS "positions",
      (SELECT json_build_object('id', "branch"."id", 'wardId', "branch"."wardId", 'name', "branch"."name")
        FROM "GroupLink" AS "group" JOIN "Organisation" AS "branch" ON "branch"."id" = "group"."organisationId"
        WHERE "group"."chatId" = ${groupId}::bigint AND "group"."endedAt" IS NULL) AS "branch",
      (SELECT json_build_object('id', "ward"."id", 'name', "ward"."name")
        FROM "GroupLink" AS "group" JOIN "Ward" AS "ward" ON "ward"."id" = "group"."wardId"
        WHERE "group"."chatId" = ${groupId}::bigint AND "group"."endedAt" IS NULL) AS "ward",
      EXISTS (SELECT 1 FROM "GroupAccount" AS "inside" WHERE "inside"."chatId" = ${groupId}::bigint
        AND "inside"."accountId" = "account"."id" AND "inside"."endedAt" IS NULL) AS "isKnownInside"
    FROM (SELECT ${accountId}::bigint AS "id") AS "account"
      LEFT JOIN "AccountLink" AS "link" ON "link"."accountId" = "account"."id" AND "link"."endedAt" IS NULL
      LEFT JOIN "Person" AS "person" ON "person"."id" = "link"."personId" AND "link"."consentAt" IS NOT NULL`
  if (!row) throw new Error('a row that is always there is not')
  const { linkId, personId, consented, unreachable, wardId, fullName } = row
  const link = linkId === null || personId === null ? null : { id: linkId, personId, consented, unreachable }
  const stored =
    wardId === null
      ? null
      : {
          wardId,
          memberships: (row.memberships ?? []).map(withDays),
          statuses: (row.statuses ?? []).map(withDays),
          positions: (row.positions ?? []).map(withDays),
        }
  return {
    link,
    person: link && stored && { id: link.personId, fullName, ...stored },
    appointed: (row.appointed ?? []).map((one) => ({ ...one, from: new Date(one.from) })),
    connected: { branch: row.branch, ward: row.ward },
    isKnownInside: row.isKnownInside,
  }
}

/** Days and moments come as text out of what is gathered in one row. */
type AsText<Row> = Omit<Row, 'from' | 'to'> & { from: string; to: string | null }

interface AccountRow {
  linkId: number | null
  personId: number | null
  consented: boolean
  unreachable: boolean
  wardId: number | null
  fullName: string | null
  appointed: { role: string; wardId: number; from: string }[] | null
  memberships: AsText<StoredPerson['memberships'][number]>[] | null
  statuses: AsText<StoredPerson['statuses'][number]>[] | null
  positions: AsText<StoredPerson['positions'][number]>[] | null
  branch: Chat['branch']
  ward: Chat['ward']
  isKnownInside: boolean
}

function withDays<Row extends { from: string; to: string | null }>(row: Row) {
  return { ...row, from: new Date(row.from), to: row.to === null ? null : new Date(row.to) }
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
