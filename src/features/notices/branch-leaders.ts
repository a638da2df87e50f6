import type { Post } from '../../domain/posts.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdingOn } from '../registry/index.ts'

/** Those who may confirm for a branch. */
export interface BranchLeaders {
  readonly secretaries: readonly number[]
  readonly all: readonly number[]
}

const posts = ['secretary', 'standingDeputySecretary', 'deputySecretary'] as const satisfies readonly Post[]
const nobody: BranchLeaders = { secretaries: [], all: [] }

/** Secretaries and deputies of these branches on that day, at once for many. */
export async function leadersOfBranches(
  db: Database | Transaction,
  branchIds: readonly number[],
  on: Temporal.PlainDate,
): Promise<(branchId: number) => BranchLeaders> {
  const rows = await db.position.findMany({
    where: { organisationId: { in: [...branchIds] }, post: { in: [...posts] }, ...holdingOn(on) },
    select: { organisationId: true, personId: true, post: true },
    orderBy: { id: 'asc' },
  })
  const held = Map.groupBy(rows, ({ organisationId }) => organisationId)
  return (branchId) => {
    const own = held.get(branchId)
    if (!own) return nobody
    const secretaries = own.filter(({ post }) => post === 'secretary')
    return { secretaries: secretaries.map(({ personId }) => personId), all: own.map(({ personId }) => personId) }
  }
}
