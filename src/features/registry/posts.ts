import { type Post, posts } from '../../domain/posts.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdingOn } from './spans.ts'

const order: readonly string[] = posts.map(({ code }) => code)
/** Posts of the ward that make a leader of it. */
export const leadingPosts: ReadonlySet<string> = new Set(
  posts.filter(({ role }) => role === 'leader').map(({ code }) => code),
)

/** Who leads the branch on that day, the secretary first, the ward member in charge last. Who heads a neighbourhood does not. */
export async function leadersOfBranch(
  db: Database | Transaction,
  branchId: number,
  on: Temporal.PlainDate,
): Promise<{ post: Post; person: { id: number; fullName: string } }[]> {
  const rows = await db.position.findMany({
    where: { organisationId: branchId, ...holdingOn(on) },
    select: { post: true, person: { select: { id: true, fullName: true } } },
    orderBy: { id: 'asc' },
  })
  return rows
    .flatMap(({ post, person }) => {
      const known = posts.find(({ code }) => code === post)
      return known && known.role !== null ? [{ post: known.code, person }] : []
    })
    .sort(inOrder)
}

/**
 * The title that stands under the person's name on that day: the leading ward posts together, as they are printed
 * ("Phó Bí thư Đảng ủy, Chủ tịch UBND phường"), else the highest other post, a branch's with its name, else null.
 */
export async function titleOf(
  db: Database | Transaction,
  personId: number,
  on: Temporal.PlainDate,
): Promise<string | null> {
  const held = await db.position.findMany({ where: { personId, organisationId: null, ...holdingOn(on) } })
  const leading = held.filter(({ post }) => leadingPosts.has(post)).sort(inOrder)
  if (leading.length > 0) return leading.map(({ title }) => title).join(', ')
  return (await heldPosts(db, personId, on))[0] ?? null
}

/** Those of the people who hold a leading post of the ward on that day. */
export async function wardLeadersAmong(
  db: Database | Transaction,
  personIds: readonly number[],
  on: Temporal.PlainDate,
): Promise<Set<number>> {
  const rows = await db.position.findMany({
    where: {
      personId: { in: [...personIds] },
      organisationId: null,
      post: { in: [...leadingPosts] },
      ...holdingOn(on),
    },
    select: { personId: true },
  })
  return new Set(rows.map(({ personId }) => personId))
}

/** Those of the people who hold any post of the ward on that day, or are in charge of a branch for it. */
export async function wardPostHoldersAmong(
  db: Database | Transaction,
  personIds: readonly number[],
  on: Temporal.PlainDate,
): Promise<Set<number>> {
  const rows = await db.position.findMany({
    where: {
      personId: { in: [...personIds] },
      AND: [holdingOn(on), { OR: [{ organisationId: null }, { post: 'supervisingMember' }] }],
    },
    select: { personId: true },
  })
  return new Set(rows.map(({ personId }) => personId))
}

/** Every title the person holds on that day: ward posts first, then those in branches with the branch's name. */
export async function heldPosts(
  db: Database | Transaction,
  personId: number,
  on: Temporal.PlainDate,
): Promise<string[]> {
  const rows = await db.position.findMany({
    where: { personId, ...holdingOn(on) },
    select: { post: true, title: true, organisation: { select: { name: true } } },
    orderBy: { id: 'asc' },
  })
  const held = rows.sort(inOrder)
  return [
    ...held.flatMap(({ title, organisation }) => (organisation ? [] : [title])),
    ...held.flatMap(({ title, organisation }) =>
      organisation ? [`${title.replace(/\s+chi bộ$/i, '')} ${organisation.name}`] : [],
    ),
  ]
}

function inOrder(a: { post: string }, b: { post: string }): number {
  return order.indexOf(a.post) - order.indexOf(b.post)
}

/** The posts the person holds on that day, in the ward and in branches, and whether they work there as a cadre. */
export async function dutiesOf(
  db: Database | Transaction,
  personId: number,
  on: Temporal.PlainDate,
): Promise<{ posts: Post[]; isCadre: boolean }> {
  const rows = await db.position.findMany({ where: { personId, ...holdingOn(on) }, select: { post: true } })
  const cadres = await db.cadre.count({ where: { personId, ...holdingOn(on) } })
  return {
    posts: rows.flatMap(({ post }) => posts.find(({ code }) => code === post)?.code ?? []),
    isCadre: cadres > 0,
  }
}

/** The members of a branch on that day who hold one of these posts of the ward, with their titles as printed. */
export async function headsIn(
  db: Database | Transaction,
  branchId: number,
  held: readonly Post[],
  on: Temporal.PlainDate,
): Promise<{ id: number; fullName: string; title: string }[]> {
  const people = await db.person.findMany({
    where: {
      memberships: { some: { organisationId: branchId, ...holdingOn(on) } },
      positions: { some: { organisationId: null, post: { in: [...held] }, ...holdingOn(on) } },
    },
    select: {
      id: true,
      fullName: true,
      positions: { where: { organisationId: null, post: { in: [...held] }, ...holdingOn(on) } },
    },
    orderBy: { id: 'asc' },
  })
  return people.map(({ id, fullName, positions }) => ({
    id,
    fullName,
    title: positions
      .sort(inOrder)
      .map(({ title }) => title)
      .join(', '),
  }))
}

/** Who holds one of these posts of the ward on that day. */
export async function holdersInWard(
  db: Database | Transaction,
  wardId: number,
  held: readonly Post[],
  on: Temporal.PlainDate,
): Promise<number[]> {
  const rows = await db.position.findMany({
    where: { wardId, organisationId: null, post: { in: [...held] }, ...holdingOn(on) },
    select: { personId: true },
  })
  return [...new Set(rows.map(({ personId }) => personId))]
}
