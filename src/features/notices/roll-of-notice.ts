import type { Database, Transaction } from '../../platform/database.ts'
import { type Member, membersOf } from '../registry/index.ts'

/** The members who are asked to confirm a notice of that day: those who take part, so not the exempt and the suspended. */
export async function rollOf(db: Database | Transaction, branchId: number, on: Temporal.PlainDate): Promise<Member[]> {
  const members = await membersOf(db, branchId, on)
  return members.filter(({ status }) => status !== 'exempt' && status !== 'suspended')
}
