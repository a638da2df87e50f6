import type { Database, Transaction } from './database.ts'

/** Where a message stands, or is to stand once it is sent: a number means nothing without its chat. */
export interface Place {
  readonly chatId: bigint
  /** Null until it is sent. */
  readonly messageId: number | null
  /** As `Delivery.state`; `sent` where the delivery has been deleted since. */
  readonly state: string
  /** 1 where it may stand there twice: its reader is shown the delivery's number. */
  readonly attempts: number
}

/** How long it is known where a message stands: nothing is edited or answered after so many months. */
const keptMonths = 24

/**
 * The places of these deliveries' messages, by delivery, also of those that are deleted by now. One that was no lasting
 * message and is deleted is not there.
 */
export async function placesOf(
  db: Database | Transaction,
  deliveryIds: readonly number[],
): Promise<Map<number, Place>> {
  const posted = await db.posted.findMany({ where: { deliveryId: { in: [...deliveryIds] } } })
  const deliveries = await db.delivery.findMany({
    where: { id: { in: [...deliveryIds] } },
    select: { id: true, chatId: true, messageId: true, state: true, attempts: true },
  })
  return new Map([
    ...posted.map(({ deliveryId, chatId, messageId }): [number, Place] => [
      deliveryId,
      { chatId, messageId, state: 'sent', attempts: 0 },
    ]),
    ...deliveries.map(({ id, ...place }): [number, Place] => [id, place]),
  ])
}

/** What the message with that number in that chat is about: the key it was delivered under, if it begins so. */
export async function keyOfPosted(
  db: Database,
  { chatId, messageId, startsWith }: { chatId: bigint; messageId: number; startsWith: string },
): Promise<string | null> {
  const posted = await db.posted.findFirst({
    where: { chatId, messageId, key: { startsWith } },
    orderBy: { deliveryId: 'desc' },
    select: { key: true },
  })
  return posted?.key ?? null
}

/** Forgets where messages stand that are too old to be edited or answered. Asks no leave: the clock calls it. */
export async function forgetOldPosted(db: Database, now: Date): Promise<void> {
  const before = new Date(now)
  before.setUTCMonth(before.getUTCMonth() - keptMonths)
  await db.posted.deleteMany({ where: { postedAt: { lt: before } } })
}
