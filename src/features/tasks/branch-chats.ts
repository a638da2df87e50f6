import { postFacts } from '../../domain/posts.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { privateChatOf } from '../linking/index.ts'
import { leadersOfBranch } from '../registry/index.ts'

/** The private chats of those who judge reports: the secretary's, or the deputies' where the secretary cannot be reached. */
export async function reviewerChats(
  db: Database | Transaction,
  branchId: number,
  on: Temporal.PlainDate,
): Promise<bigint[]> {
  const leaders = await leadersOfBranch(db, branchId, on)
  for (const role of ['secretary', 'deputy'] as const) {
    const chats: bigint[] = []
    for (const { post, person } of leaders) {
      if (postFacts(post).role !== role) continue
      const chat = await privateChatOf(db, person.id)
      if (chat !== null && !chats.includes(chat)) chats.push(chat)
    }
    if (chats.length > 0) return chats
  }
  return []
}
