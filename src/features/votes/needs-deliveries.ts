import type { Transaction } from '../../platform/database.ts'
import type { OldDelivery } from '../../platform/old-deliveries.ts'

/** The message of a vote that has no result yet: it is edited until then. */
export async function neededByVotes(tx: Transaction, deliveries: readonly OldDelivery[]): Promise<number[]> {
  const votes = await tx.vote.findMany({
    where: { deliveryId: { in: deliveries.map(({ id }) => id) }, state: { in: ['open', 'closed', 'opened'] } },
    select: { deliveryId: true },
  })
  return votes.flatMap(({ deliveryId }) => deliveryId ?? [])
}
