import type { Post } from '../../domain/posts.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'

const leaders = [...leadingPosts]

/** Roles that a plain notice may be meant for as a whole, each with the posts whose holders have it. */
const postsOfRoles = {
  secretaries: ['secretary'],
  deputies: ['standingDeputySecretary', 'deputySecretary'],
  committees: ['committeeMember'],
  groupLeaders: ['groupLeader'],
  supervisors: ['supervisingMember'],
  wardCommittee: ['wardCommitteeMember'],
  leaders: [],
} as const satisfies Record<string, readonly Post[]>
export type NoticeRole = keyof typeof postsOfRoles

export const noticeRoles = Object.keys(postsOfRoles).filter((role): role is NoticeRole => role in postsOfRoles)

/** A role by its name in a button or a row; undefined where there is none of that name. */
export function roleNamed(name: string): NoticeRole | undefined {
  return noticeRoles.find((role) => role === name)
}

/** Who holds the role anywhere in the ward on that day, each person once. */
export async function holdersOf(
  db: Database | Transaction,
  wardId: number,
  role: NoticeRole,
  on: Temporal.PlainDate,
): Promise<number[]> {
  const post = { in: role === 'leaders' ? leaders : [...postsOfRoles[role]] }
  const rows = await db.position.findMany({
    where: { wardId, post, ...holdingOn(on) },
    distinct: ['personId'],
    select: { personId: true },
    orderBy: { personId: 'asc' },
  })
  return rows.map(({ personId }) => personId)
}
