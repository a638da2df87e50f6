import type { Transaction } from '../../platform/database.ts'
import type { OldDelivery } from '../../platform/old-deliveries.ts'

/**
 * What carries a notice is needed as long as somebody is still to confirm it: its message is edited then. What did not arrive
 * stays, so that the copy is never taken for one that did.
 */
export async function neededByNotices(tx: Transaction, deliveries: readonly OldDelivery[]): Promise<number[]> {
  const deliveryId = { in: deliveries.map(({ id }) => id) }
  const carried = await tx.noticeDelivery.findMany({
    where: { deliveryId },
    select: {
      deliveryId: true,
      personId: true,
      notice: {
        select: { handover: { select: { id: true } }, acknowledgements: { where: { kind: 'branch' }, take: 1 } },
      },
    },
  })
  const personal = await tx.personalNotice.findMany({
    where: { deliveryId },
    select: { deliveryId: true, confirmedAt: true, handover: { select: { id: true } } },
  })
  const isOpen = new Map<number | null, boolean>([
    ...carried.map(({ deliveryId: id, personId, notice }): [number, boolean] => [
      id,
      personId === null && notice.handover === null && notice.acknowledgements.length === 0,
    ]),
    ...personal.map(({ deliveryId: id, confirmedAt, handover }): [number | null, boolean] => [
      id,
      confirmedAt === null && handover === null,
    ]),
  ])
  return deliveries.flatMap(({ id, state }) => {
    const open = isOpen.get(id)
    return open === undefined || (!open && state === 'sent') ? [] : [id]
  })
}
