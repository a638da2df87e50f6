import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

export const activityKinds = ['cleanup', 'movement', 'congress', 'solidarityDay', 'peoplesConference'] as const
export type ActivityKind = (typeof activityKinds)[number]
export type ActivityState = 'planned' | 'held' | 'cancelled'

/** A person's place in an activity. */
export interface Call {
  personId: number
  name: string
  /** False for a member who came without having been called. */
  called: boolean
  joins: boolean | null
  attended: boolean
}

/** An activity as screens and rules read it. */
export interface ActivityView {
  id: number
  number: number
  wardId: number
  branchId: number
  kind: ActivityKind
  title: string
  theme: string | null
  place: string
  startsAt: Date
  state: ActivityState
  reason: string | null
  code: string
  organiserId: number
  guestCount: number | null
  metreCount: number | null
  spotCount: number | null
  note: string | null
  deliveryId: number | null
  seriesId: number | null
  calls: Call[]
  photoCount: number
}

const include = {
  branch: { select: { wardId: true } },
  calls: {
    orderBy: { personId: 'asc' },
    include: { person: { select: { fullName: true } } },
  },
  _count: { select: { photos: true } },
} as const satisfies Prisma.ActivityInclude

/** The activities that fit, by the time at which they begin. */
export async function findActivities(
  db: Database | Transaction,
  where: Prisma.ActivityWhereInput,
  newestFirst = false,
): Promise<ActivityView[]> {
  const order = newestFirst ? 'desc' : 'asc'
  const rows = await db.activity.findMany({ where, include, orderBy: [{ startsAt: order }, { id: order }] })
  return rows.map(({ branch, calls, _count, ...row }) => ({
    ...row,
    wardId: branch.wardId,
    kind: activityKinds.find((known) => known === row.kind) ?? 'movement',
    state: row.state === 'held' || row.state === 'cancelled' ? row.state : 'planned',
    calls: calls.map(({ personId, person, called, joins, attendedAt }) => ({
      personId,
      name: person.fullName,
      called,
      joins,
      attended: attendedAt !== null,
    })),
    photoCount: _count.photos,
  }))
}

export async function findActivity(db: Database | Transaction, activityId: number): Promise<ActivityView | null> {
  const [activity] = await findActivities(db, { id: activityId })
  return activity ?? null
}

/** Holds an activity still until the transaction ends: answers, presence and closing come one after another. */
export async function lockActivity(tx: Transaction, activityId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Activity" WHERE "id" = ${activityId} FOR UPDATE`
}
