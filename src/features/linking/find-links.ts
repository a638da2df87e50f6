import type { Database, Transaction } from '../../platform/database.ts'
import type { Place } from './places.ts'

/** The group that stands for the branch, or null where none is connected. */
export async function groupChatOf(db: Database | Transaction, branchId: number): Promise<bigint | null> {
  return (await groupChatsOf(db, [branchId])).get(branchId) ?? null
}

/** The groups that stand for these branches, by branch; one that has none is not there. */
export async function groupChatsOf(
  db: Database | Transaction,
  branchIds: readonly number[],
): Promise<Map<number, bigint>> {
  const links = await db.groupLink.findMany({
    where: { organisationId: { in: [...branchIds] }, endedAt: null },
    select: { organisationId: true, chatId: true },
  })
  return new Map(
    links.flatMap(({ organisationId, chatId }) => (organisationId === null ? [] : [[organisationId, chatId]])),
  )
}

/** The group of the ward's leaders, or null where none is connected. */
export async function wardGroupChatOf(db: Database | Transaction, wardId: number): Promise<bigint | null> {
  const link = await db.groupLink.findFirst({ where: { wardId, endedAt: null }, select: { chatId: true } })
  return link?.chatId ?? null
}

/** The group that stands for the place, or null where none is connected. */
export function chatOfPlace(db: Database | Transaction, { wardId, branchId }: Place): Promise<bigint | null> {
  return branchId === null ? wardGroupChatOf(db, wardId) : groupChatOf(db, branchId)
}

/** The private chat in which the person can be reached: linked, with consent, the bot not blocked. */
export async function privateChatOf(db: Database | Transaction, personId: number): Promise<bigint | null> {
  return (await privateChatsOf(db, [personId])).get(personId) ?? null
}

/** The private chats in which these people can be reached, by person; one who cannot be is not there. */
export async function privateChatsOf(
  db: Database | Transaction,
  personIds: readonly number[],
): Promise<Map<number, bigint>> {
  const links = await db.accountLink.findMany({
    where: { personId: { in: [...personIds] }, endedAt: null, consentAt: { not: null }, unreachableAt: null },
    select: { personId: true, accountId: true },
  })
  return new Map(links.map(({ personId, accountId }) => [personId, accountId]))
}

/** Those of the people who have a linked account with consent, whether or not it can be reached now. */
export async function linkedPeople(db: Database | Transaction, personIds: readonly number[]): Promise<Set<number>> {
  const links = await db.accountLink.findMany({
    where: { personId: { in: [...personIds] }, endedAt: null, consentAt: { not: null } },
    select: { personId: true },
  })
  return new Set(links.map(({ personId }) => personId))
}
