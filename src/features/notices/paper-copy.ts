import type { Database } from '../../platform/database.ts'

/** Which copy of an issue is meant: a branch's or a person's. */
export interface PaperOf {
  readonly kind: 'branch' | 'person'
  readonly id: number
}

/** Whose copy it is, and of which issue; null where there is none. */
export async function describeCopy(
  db: Database,
  { kind, id }: PaperOf,
): Promise<{ wardId: number; issueId: number; name: string; number: number; branchId: number | null } | null> {
  const issue = { select: { wardId: true, number: true } }
  if (kind === 'branch') {
    const row = await db.notice.findUnique({ where: { id }, include: { issue, branch: { select: { name: true } } } })
    if (!row) return null
    const { wardId, number } = row.issue
    return { wardId, issueId: row.issueId, name: row.branch.name, number: number ?? 0, branchId: row.branchId }
  }
  const row = await db.personalNotice.findUnique({
    where: { id },
    include: { issue, person: { select: { fullName: true } } },
  })
  if (!row) return null
  const { wardId, number } = row.issue
  return { wardId, issueId: row.issueId, name: row.person.fullName, number: number ?? 0, branchId: null }
}
