import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { GroupMember, GroupMembers } from '../../telegram/group-members.ts'
import { noteGone, noteInside } from './group-accounts.ts'
import { type GroupTrust, trustInGroup } from './group-trust.ts'
import { accountsNear, accountsOfWard } from './likely-accounts.ts'
import { type Place, placeOfLink, withPlace } from './places.ts'
import { warnOfStrangers } from './warn-of-strangers.ts'

/** How often each account is asked about though nothing seems to have changed. */
const askEvery = 7 * 24 * 3_600_000
/** Questions on their way at a time. */
const atOnce = 5

/**
 * Asks Telegram who of those the register knows is in the group, and tells those who answer for it what is new. Telegram lists a
 * group's members to no bot: it gives their number, the administrators, and the standing of an account that is named.
 * Lightly, only the number is asked as long as it agrees with what is known. Null where the group stands for nothing.
 * Asks no leave: the clock, Telegram's events, or a use-case that has asked calls it.
 */
export async function checkGroup(
  ctx: Context,
  telegram: GroupMembers,
  chatId: bigint,
  { lightly = false } = {},
): Promise<GroupTrust | null> {
  const group = await groupOf(ctx, chatId)
  if (!group) return null
  await keepCheck(ctx, chatId, {})
  const before = await ctx.db.groupCheck.findUnique({ where: { chatId } })
  const counted = await recount(ctx, telegram, chatId)
  const agrees = before?.memberCount === counted?.memberCount && counted?.unseen === 0
  const askedLately = before?.askedAt && ctx.now().getTime() - before.askedAt.getTime() < askEvery
  if (!(lightly && agrees && askedLately)) await askEverybody(ctx, telegram, group)
  return warnOfStrangers(ctx, telegram, group)
}

/** Somebody came or went: the number is asked again, and what is new of the group told. Asks no leave: Telegram tells it. */
export async function recountGroup(ctx: Context, telegram: GroupMembers, chatId: bigint): Promise<void> {
  const group = await groupOf(ctx, chatId)
  if (!group) return
  await recount(ctx, telegram, chatId)
  await warnOfStrangers(ctx, telegram, group, { afterEvent: true })
}

type Group = Place & { chatId: bigint }

async function groupOf(ctx: Context, chatId: bigint): Promise<Group | null> {
  const link = await ctx.db.groupLink.findFirst({ where: { chatId, endedAt: null }, include: withPlace })
  return link && { ...placeOfLink(link), chatId }
}

async function recount(ctx: Context, telegram: GroupMembers, chatId: bigint): Promise<GroupTrust | null> {
  await keepCheck(ctx, chatId, { memberCount: await telegram.count(chatId), countedAt: ctx.now() })
  return trustInGroup(ctx, chatId)
}

async function askEverybody(ctx: Context, telegram: GroupMembers, group: Group): Promise<void> {
  const { chatId } = group
  const found = new Map<bigint, GroupMember>()
  for (const member of await telegram.administrators(chatId)) found.set(member.accountId, member)
  const asked = new Set<bigint>()
  const ask = async (accountIds: readonly bigint[]) => {
    const open = accountIds.filter((id) => !found.has(id) && !asked.has(id))
    for (let start = 0; start < open.length; start += atOnce) {
      const part = open.slice(start, start + atOnce)
      for (const id of part) asked.add(id)
      const answers = await Promise.all(part.map((id) => telegram.member(chatId, id)))
      for (const member of answers) if (member) found.set(member.accountId, member)
    }
    await ctx.transaction(async (tx) => {
      await noteInside(tx, chatId, [...found.values()], ctx.now())
      const gone = [...asked].filter((id) => !found.has(id))
      await noteGone(tx, chatId, gone, ctx.now())
    })
  }
  await ask(await accountsNear(ctx, group))
  // Leaders and officers of the ward sit in few groups: they are asked about only where somebody is unaccounted for.
  if ((await trustInGroup(ctx, chatId))?.unseen !== 0) await ask(await accountsOfWard(ctx, group.wardId))
  await keepCheck(ctx, chatId, { askedAt: ctx.now() })
}

async function keepCheck(
  ctx: Context,
  chatId: bigint,
  said: { memberCount?: number; countedAt?: Date; askedAt?: Date },
): Promise<void> {
  const data = { ...said, triedAt: ctx.now() }
  await ctx.transaction((tx: Transaction) =>
    tx.groupCheck.upsert({ where: { chatId }, create: { chatId, ...data }, update: data }),
  )
}
