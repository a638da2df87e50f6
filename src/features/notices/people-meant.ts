import { compareNames } from '../../domain/names.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdersOf, roleNamed } from './roles.ts'

/**
 * The people that a draft is meant for on that day, holders of its roles and those named one by one, by given name. Whoever
 * issues it need not be told.
 */
export async function peopleMeant(
  db: Database | Transaction,
  { issueId, wardId, on, issuerId }: { issueId: number; wardId: number; on: Temporal.PlainDate; issuerId: number },
): Promise<{ id: number; fullName: string }[]> {
  const roles = await db.noticeRoleTarget.findMany({ where: { issueId }, select: { role: true } })
  const named = await db.noticePersonTarget.findMany({ where: { issueId }, select: { personId: true } })
  const ids = new Set(named.map(({ personId }) => personId))
  for (const { role: name } of roles) {
    const role = roleNamed(name)
    if (role) for (const id of await holdersOf(db, wardId, role, on)) ids.add(id)
  }
  ids.delete(issuerId)
  const people = await db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, fullName: true } })
  return people.sort((a, b) => compareNames(a.fullName, b.fullName))
}
