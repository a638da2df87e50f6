import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { voidLost } from './void-lost.ts'

/**
 * After a restore, in its transaction: every secret ballot that was under way when the backup was made is void, also one in which
 * nobody had voted yet, since papers may say by now that they lie in the box. Answers how many there were.
 * A backup holds nothing sealed, and the queue may not be there yet, so there is no box to empty.
 * Asks no leave: whoever restores a database owns it.
 */
export async function voidRestored(ctx: Context, tx: Transaction): Promise<number> {
  const running = await tx.vote.findMany({
    where: { kind: 'secret', state: { in: ['open', 'closed'] } },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of running) await voidLost(ctx, tx, id, { restored: 1 })
  return running.length
}
