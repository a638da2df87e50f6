import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { deliverToEach, officerChats } from './addressees.ts'
import { holdersAmong } from './holders.ts'
import { lostHolderNote } from './screens-people.ts'

/** Why the link of somebody ends. */
export type EndReason = 'wrongPerson' | 'withdrawn' | 'replaced'

/**
 * Tells the ward's officers that the link of somebody who holds a post of the ward or an appointment is about to end: until
 * there is another one, nobody acts for them here. Of anybody else it says nothing. Asks no leave: the ending has.
 */
export async function tellOfLostHolder(
  ctx: Context,
  tx: Transaction,
  { linkId, personId, reason }: { linkId: number; personId: number; reason: EndReason },
): Promise<void> {
  if (!(await holdersAmong(tx, [personId], ctx.today())).has(personId)) return
  const { wardId, fullName } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { wardId: true, fullName: true },
  })
  const chats = await officerChats(tx, wardId)
  await deliverToEach(ctx, tx, chats, `link:lost:${linkId}`, lostHolderNote(ctx.texts, { fullName, reason }))
}
