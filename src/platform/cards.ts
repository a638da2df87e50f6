import type { Context } from './context.ts'
import type { Transaction } from './database.ts'
import type { Message } from './messages.ts'
import { placesOf } from './posted.ts'

/** A message in a branch's group that says how something stands, and is written anew when that changes. */
export interface Card {
  /** The delivery that brought it, or null where the group has none yet. */
  readonly deliveryId: number | null
  /** The chat in which it belongs now; null where the branch has no group. */
  readonly group: bigint | null
  readonly message: Message
  /** Whether it still matters: only then is it posted anew in a group that does not have it. */
  readonly isLive: boolean
  /** Of the first posting; one that takes the place of another has its own. */
  readonly key: string
}

/**
 * Has a card read as things stand now. A branch that has another group since (another one was connected, it became a
 * supergroup) gets the card there anew as long as it matters: the number that it had belongs to the former chat, whose
 * members need not be the branch's any more, so nothing more is written there. The caller holds a lock on what is shown.
 * Answers with the delivery that carries the card from now on.
 */
export async function showCard(ctx: Context, tx: Transaction, card: Card): Promise<number | null> {
  const { deliveryId, group, message, key } = card
  const place = deliveryId === null ? undefined : (await placesOf(tx, [deliveryId])).get(deliveryId)
  if (group === null) return deliveryId
  if (deliveryId !== null && place?.chatId === group) {
    await ctx.refresh(tx, { chatId: group, edits: deliveryId, message })
    return deliveryId
  }
  if (!card.isLive) return deliveryId
  const own = deliveryId === null ? key : `${key}:after:${deliveryId}`
  return ctx.deliver(tx, { chatId: group, message, key: own, lasting: true })
}

/** Of these cards, those that stand in another chat than the one in which they belong now. */
export async function astray<T extends { readonly deliveryId: number | null; readonly group: bigint }>(
  ctx: Context,
  cards: readonly T[],
): Promise<T[]> {
  const places = await placesOf(
    ctx.db,
    cards.flatMap(({ deliveryId }) => deliveryId ?? []),
  )
  return cards.filter(({ deliveryId, group }) => {
    const place = deliveryId === null ? undefined : places.get(deliveryId)
    return place !== undefined && place.chatId !== group
  })
}
