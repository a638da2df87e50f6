import type { Transaction } from '../../platform/database.ts'
import type { OldDelivery } from '../../platform/old-deliveries.ts'

/** The message of an activity that is still to come: it is edited, and answered with a photo. */
export async function neededByActivities(tx: Transaction, deliveries: readonly OldDelivery[]): Promise<number[]> {
  const activities = await tx.activity.findMany({
    where: { deliveryId: { in: deliveries.map(({ id }) => id) }, state: 'planned' },
    select: { deliveryId: true },
  })
  return activities.flatMap(({ deliveryId }) => deliveryId ?? [])
}
