import type { Database, Transaction } from '../../platform/database.ts'

/** The wards that each chat has ever had to do with: its branch's or own, its person's, or that of its appointment. */
async function wardsOfChats(db: Database | Transaction, chatIds: readonly bigint[]): Promise<Map<bigint, Set<number>>> {
  const those = { in: [...new Set(chatIds)] }
  const groups = await db.groupLink.findMany({
    where: { chatId: those },
    select: { chatId: true, wardId: true, organisation: { select: { wardId: true } } },
  })
  const accounts = await db.accountLink.findMany({
    where: { accountId: those },
    select: { accountId: true, person: { select: { wardId: true } } },
  })
  const appointed = await db.appointment.findMany({
    where: { accountId: those },
    select: { accountId: true, wardId: true },
  })
  const wards = new Map<bigint, Set<number>>()
  const add = (chatId: bigint, wardId: number) => wards.set(chatId, (wards.get(chatId) ?? new Set()).add(wardId))
  for (const { chatId, wardId, organisation } of groups) {
    const own = wardId ?? organisation?.wardId
    if (own !== undefined) add(chatId, own)
  }
  for (const { accountId, person } of accounts) add(accountId, person.wardId)
  for (const { accountId, wardId } of appointed) add(accountId, wardId)
  return wards
}

/** Of the chats, those that an operator of the ward looks after: its own, and whatever belongs to no ward. */
export async function chatsOfWard(
  db: Database | Transaction,
  wardId: number,
  chatIds: readonly bigint[],
): Promise<Set<bigint>> {
  const wards = await wardsOfChats(db, chatIds)
  return new Set(chatIds.filter((chatId) => wards.get(chatId)?.has(wardId) ?? true))
}
