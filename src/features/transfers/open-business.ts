import { openTransferStates } from '../../domain/transfers.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { openTasksOf } from '../tasks/index.ts'
import { openVotesOf } from '../votes/index.ts'
import { findTransfers } from './find-transfers.ts'

/** What keeps a branch from being dissolved. */
export interface OpenBusiness {
  /** Names of its members, guests too. */
  members: string[]
  /** Names of those on the way out of it or into it. */
  transfers: string[]
  /** Numbers, as the branch counts them. */
  tasks: number[]
  votes: { id: number; number: number }[]
  /** Names of those who keep contact with it where they live (213-QĐ/TW). */
  liaisons: string[]
}

export async function openBusinessOf(db: Database | Transaction, branchId: number): Promise<OpenBusiness> {
  const memberships = await db.membership.findMany({
    where: { organisationId: branchId, to: null },
    select: { person: { select: { fullName: true } } },
    orderBy: { id: 'asc' },
  })
  const liaisons = await db.residenceLiaison.findMany({
    where: { organisationId: branchId, to: null },
    select: { person: { select: { fullName: true } } },
    orderBy: { id: 'asc' },
  })
  const transfers = await findTransfers(db, {
    state: { in: [...openTransferStates] },
    OR: [{ fromId: branchId }, { toId: branchId }],
  })
  const tasks = await openTasksOf(db, branchId)
  return {
    members: memberships.map(({ person }) => person.fullName),
    transfers: transfers.map(({ person }) => person.name),
    tasks: tasks.map(({ number }) => number),
    votes: await openVotesOf(db, branchId),
    liaisons: liaisons.map(({ person }) => person.fullName),
  }
}
