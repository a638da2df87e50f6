import type { Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { leadersOfBranches } from './branch-leaders.ts'
import type { Candidate } from './find-cadres.ts'
import { livingBranches } from './living-branches.ts'
import { isMeantFor, readersParts } from './meant-for.ts'
import { movedMessage } from './moved-screens.ts'

/**
 * Tells secretary and deputies of the branch in which somebody was in the period, where that is another one than now and still
 * there, that they have moved and their result is told elsewhere: no level, no score. In private, once for an issue.
 */
export async function tellFormerBranches(
  ctx: Context,
  tx: Transaction,
  { issueId, period, people }: { issueId: number; period: Period; people: ReadonlyMap<number, Candidate> },
): Promise<void> {
  const entries = await tx.noticeEntry.findMany({
    where: { issueId },
    select: { personId: true, branch: { select: { name: true } }, ...readersParts },
    orderBy: { id: 'asc' },
  })
  const moved = entries.flatMap((entry) => {
    const person = people.get(entry.personId)
    const then = person?.branchThen
    if (!person || !then || isMeantFor(entry, then.id)) return []
    return [{ branchId: then.id, name: person.fullName, now: entry.branch?.name ?? null }]
  })
  const living = await livingBranches(ctx, tx, moved)
  const leaders = await leadersOfBranches(tx, [...living], ctx.today())
  const chats = await privateChatsOf(
    tx,
    [...living].flatMap((branchId) => leaders(branchId).all),
  )
  for (const branchId of living) {
    const own = moved.filter((one) => one.branchId === branchId)
    const message = movedMessage(ctx.texts, period, own)
    for (const chatId of new Set(leaders(branchId).all.flatMap((id) => chats.get(id) ?? []))) {
      await ctx.deliver(tx, { chatId, message, key: `notice:issue:${issueId}:moved:${branchId}:${chatId}` })
    }
  }
}
