import { postFacts } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { leadersOfBranch } from '../registry/index.ts'

/** The private chats of the secretary and deputies, who decide on plans for the branch. */
export async function deciderChats(ctx: Context, tx: Transaction, branchId: number): Promise<bigint[]> {
  const leaders = await leadersOfBranch(tx, branchId, ctx.today())
  const deciding = leaders.filter(({ post }) => ['secretary', 'deputy'].includes(postFacts(post).role ?? ''))
  const chats = await privateChatsOf(
    tx,
    deciding.map(({ person }) => person.id),
  )
  return [...chats.values()]
}
