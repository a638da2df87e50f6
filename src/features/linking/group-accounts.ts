import type { Transaction } from '../../platform/database.ts'

export type Standing = 'administrator' | 'member'

/** Keeps that these accounts are in the group. Safe to repeat; a changed standing ends the row that said the former. */
export async function noteInside(
  tx: Transaction,
  chatId: bigint,
  accounts: readonly { accountId: bigint; standing: Standing }[],
  now: Date,
): Promise<void> {
  const ids = accounts.map(({ accountId }) => accountId)
  const open = await tx.groupAccount.findMany({ where: { chatId, accountId: { in: ids }, endedAt: null } })
  const standings = new Map(open.map(({ accountId, standing }) => [accountId, standing]))
  const news = accounts.filter(({ accountId, standing }) => standings.get(accountId) !== standing)
  const changed = news.flatMap(({ accountId }) => (standings.has(accountId) ? [accountId] : []))
  await noteGone(tx, chatId, changed, now)
  const data = news.map(({ accountId, standing }) => ({ chatId, accountId, standing, since: now }))
  await tx.groupAccount.createMany({ data, skipDuplicates: true })
}

/** Keeps that these accounts are not in the group any more. */
export async function noteGone(
  tx: Transaction,
  chatId: bigint,
  accountIds: readonly bigint[],
  now: Date,
): Promise<void> {
  if (accountIds.length === 0) return
  await tx.groupAccount.updateMany({
    where: { chatId, accountId: { in: [...accountIds] }, endedAt: null },
    data: { endedAt: now },
  })
}

/** The group stands for no branch any more: who is in it is none of our business from now on. */
export async function forgetGroup(tx: Transaction, chatId: bigint, now: Date): Promise<void> {
  await tx.groupAccount.updateMany({ where: { chatId, endedAt: null }, data: { endedAt: now } })
  await tx.groupCheck.deleteMany({ where: { chatId } })
}

/** The group became a supergroup with the same people in it. */
export async function moveGroupAccounts(tx: Transaction, chatId: bigint, newChatId: bigint, now: Date): Promise<void> {
  const open = await tx.groupAccount.findMany({ where: { chatId, endedAt: null } })
  const data = open.map(({ accountId, standing }) => ({ chatId: newChatId, accountId, standing, since: now }))
  await tx.groupAccount.createMany({ data, skipDuplicates: true })
  await forgetGroup(tx, chatId, now)
}
