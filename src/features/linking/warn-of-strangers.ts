import { z } from 'zod'
import { ok, type Result } from '../../domain/result.ts'
import { type GroupComparison, holdsNews } from '../../domain/strangers.ts'
import type { Context } from '../../platform/context.ts'
import type { GroupMembers } from '../../telegram/group-members.ts'
import { keeperChats } from './addressees.ts'
import { type GroupTrust, trustInGroup } from './group-trust.ts'
import { leaveFor } from './leave.ts'
import { type Place, targetOf } from './places.ts'
import { type StrangersView, strangersWarning } from './screens-strangers.ts'

const storedTold = z.object({
  strangers: z.array(z.coerce.bigint()),
  movedAway: z.array(z.number()),
  missing: z.array(z.number()),
  unseen: z.number(),
})
const nothing: GroupComparison = { strangers: [], movedAway: [], missing: [], unseen: 0 }

/**
 * Tells those who answer for a group in private who is in the group and should not be, or should be and is not: once for each
 * change, and again only where somebody new is among them. Where none of them can be reached it waits for one. After an
 * event only those it names are told of. Answers with the group as it was compared.
 * Asks no leave: the program warns by itself.
 */
export async function warnOfStrangers(
  ctx: Context,
  telegram: GroupMembers,
  group: Place & { chatId: bigint },
  { afterEvent = false } = {},
): Promise<GroupTrust | null> {
  const trust = await trustInGroup(ctx, group.chatId)
  const check = trust && (await ctx.db.groupCheck.findUnique({ where: { chatId: trust.chatId } }))
  if (!trust || !check) return trust
  const told = check.told === null ? nothing : storedTold.parse(check.told)
  const { strangers, movedAway, missing } = trust
  // Of several who come in together Telegram counts all before it names the last one.
  const unseen = afterEvent ? told.unseen : trust.unseen
  const now = { strangers, movedAway, missing, unseen }
  const isNews = holdsNews(now, told)
  if (!isNews && sameAs(now, told)) return trust
  const names = isNews ? await namesOf(ctx, telegram, trust) : null
  await ctx.transaction(async (tx) => {
    const chats = names ? await keeperChats(ctx, tx, group) : []
    if (names && chats.length === 0) return
    const { count } = await tx.groupCheck.updateMany({
      where: { chatId: trust.chatId, toldCount: check.toldCount },
      data: { told: { ...now, strangers: strangers.map(String) }, toldCount: check.toldCount + 1 },
    })
    if (count === 0 || !names) return
    const message = strangersWarning(ctx.texts, { place: group, ...names, unseen })
    for (const chatId of chats) {
      const key = `group:strangers:${trust.chatId}:${check.toldCount + 1}:${chatId}`
      await ctx.deliver(tx, { chatId, message, key })
    }
  })
  return trust
}

/** Who is in the group and should not be, or should be and is not, with names, for those who invite; null where all is well. */
export async function viewStrangers(
  ctx: Context,
  telegram: GroupMembers,
  group: Place & { chatId: bigint },
): Promise<Result<StrangersView | null>> {
  const leave = leaveFor(ctx, 'link.invite', targetOf(group))
  if (!leave.ok) return leave
  const trust = await trustInGroup(ctx, group.chatId)
  if (!trust || !holdsNews(trust, nothing)) return ok(null)
  return ok({ place: group, ...(await namesOf(ctx, telegram, trust)), unseen: trust.unseen })
}

function sameAs(a: GroupComparison, b: GroupComparison): boolean {
  return !holdsNews(a, b) && !holdsNews(b, a)
}

/** As the secretary knows them: people by their name in the register, strangers by the name they show on Telegram. */
async function namesOf(ctx: Context, telegram: GroupMembers, trust: GroupTrust) {
  const ids = [...trust.movedAway, ...trust.missing]
  const people = await ctx.db.person.findMany({ where: { id: { in: ids } }, select: { id: true, fullName: true } })
  const nameOf = (id: number) => people.find((person) => person.id === id)?.fullName ?? ''
  const shown = await Promise.all(trust.strangers.map((account) => telegram.member(trust.chatId, account)))
  return {
    strangers: shown.map((member) => member?.name ?? ctx.texts('linking:strangers.unnamed')),
    movedAway: trust.movedAway.map(nameOf),
    missing: trust.missing.map(nameOf),
  }
}
