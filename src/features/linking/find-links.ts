import type { Database, Transaction } from '../../platform/database.ts'

/** The group that stands for the branch, or null where none is connected. */
export async function groupChatOf(db: Database | Transaction, branchId: number): Promise<bigint | null> {
  const link = await db.groupLink.findFirst({
    where: { organisationId: branchId, endedAt: null },
    select: { chatId: true },
  })
  return link?.chatId ?? null
}

/** The private chat in which the person can be reached: linked, with consent, the bot not blocked. */
export async function privateChatOf(db: Database | Transaction, personId: number): Promise<bigint | null> {
  const link = await db.accountLink.findFirst({
    where: { personId, endedAt: null, consentAt: { not: null }, unreachableAt: null },
    select: { accountId: true },
  })
  return link?.accountId ?? null
}

/** Those of the people who have a linked account with consent, whether or not it can be reached now. */
export async function linkedPeople(db: Database | Transaction, personIds: readonly number[]): Promise<Set<number>> {
  const links = await db.accountLink.findMany({
    where: { personId: { in: [...personIds] }, endedAt: null, consentAt: { not: null } },
    select: { personId: true },
  })
  return new Set(links.map(({ personId }) => personId))
}
