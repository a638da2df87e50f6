import type { Context } from '../../platform/context.ts'
import { reviveWaiting } from '../../platform/outbox.ts'
import type { ChatEvent } from '../../telegram/feature.ts'
import type { GroupMembers } from '../../telegram/group-members.ts'
import { deliverToEach, keeperChats } from './addressees.ts'
import { groupForm } from './choose-group.ts'
import { inAudit } from './connect-group.ts'
import { loseGroup } from './end-group-link.ts'
import { checkCalmly, followMember } from './follow-members.ts'
import { moveGroupAccounts } from './group-accounts.ts'
import { losePerson } from './lose-person.ts'
import { placeOfLink, withPlace } from './places.ts'
import { demotedAlert, invitationToConnect } from './screens-groups.ts'

/** How late a group's migration may be told after the bot seemed to be put out of its old chat. */
const migrationDelay = 24 * 3_600_000

/**
 * Keeps the links true to what happens to the chats. Every event may be told twice and in any order. Asks no leave:
 * Telegram tells it.
 */
export async function followChats(ctx: Context, telegram: GroupMembers, event: ChatEvent): Promise<void> {
  switch (event.kind) {
    case 'memberActed':
    case 'memberJoined':
    case 'memberLeft':
      return followMember(ctx, telegram, event)
    case 'botAdded':
      await greetGroup(ctx, event)
      return checkCalmly(ctx, telegram, event.chatId)
    case 'botRemoved':
      return loseGroup(ctx, { chatId: event.chatId, reason: 'botRemoved' })
    case 'chatLost':
      // A private chat has its account's number, a group a negative one.
      return event.chatId > 0n
        ? losePerson(ctx, event.chatId)
        : loseGroup(ctx, { chatId: event.chatId, reason: 'chatLost' })
    case 'titleChanged':
      return renameGroup(ctx, event)
    case 'migrated':
      await moveLink(ctx, event.chatId, event.newChatId)
      return checkCalmly(ctx, telegram, event.newChatId, { lightly: true })
    case 'accountBlocked':
      return losePerson(ctx, event.accountId)
    case 'accountReturned':
      return markReachable(ctx, event.accountId)
    case 'botDemoted':
      return tellDemoted(ctx, event.chatId)
    case 'botPromoted':
      return checkCalmly(ctx, telegram, event.chatId)
  }
}

/** Says once how the group is connected, unless it is already, or is about to be by whoever chose it from their list. */
async function greetGroup(ctx: Context, { chatId, by }: { chatId: bigint; by: bigint }): Promise<void> {
  if (await ctx.db.groupLink.findFirst({ where: { chatId, endedAt: null } })) return
  const choosing = { accountId: by, kind: groupForm, expiresAt: { gt: ctx.now() } }
  if (await ctx.db.form.findFirst({ where: choosing })) return
  const message = invitationToConnect(ctx.texts)
  await ctx.transaction((tx) => ctx.deliver(tx, { chatId, message, key: `link:hello:${chatId}:${ctx.source}` }))
}

/** The bot is no administrator any more: it works on, and sees less of who comes and goes. Those who answer for it read how to mend it. */
async function tellDemoted(ctx: Context, chatId: bigint): Promise<void> {
  const link = await ctx.db.groupLink.findFirst({ where: { chatId, endedAt: null }, include: withPlace })
  if (!link) return
  const place = placeOfLink(link)
  const message = demotedAlert(ctx.texts, place)
  await ctx.transaction(async (tx) => {
    const chats = await keeperChats(ctx, tx, place)
    await deliverToEach(ctx, tx, chats, `link:demoted:${link.id}:${ctx.source}`, message)
  })
}

async function renameGroup(ctx: Context, { chatId, title }: { chatId: bigint; title: string }): Promise<void> {
  await ctx.transaction((tx) => tx.groupLink.updateMany({ where: { chatId, endedAt: null }, data: { title } }))
}

/** The person can be written to again. */
async function markReachable(ctx: Context, accountId: bigint): Promise<void> {
  await ctx.transaction((tx) =>
    tx.accountLink.updateMany({ where: { accountId, endedAt: null }, data: { unreachableAt: null } }),
  )
}

/**
 * A group became a supergroup: its branch, or the ward, follows it. The service messages of both chats and the courier all say so, and
 * Telegram may report the bot's leaving of the old chat before.
 */
async function moveLink(ctx: Context, chatId: bigint, newChatId: bigint): Promise<void> {
  await ctx.transaction(async (tx) => {
    const last = await tx.groupLink.findFirst({
      where: { chatId },
      orderBy: { id: 'desc' },
      include: withPlace,
    })
    if (!last || !(last.endedAt === null || wasLeftBehind(last, ctx.now()))) return
    const { id, organisationId, wardId, title, linkedBy } = last
    await tx.groupLink.update({
      where: { id },
      data: { endedAt: last.endedAt ?? ctx.now(), endReason: 'migrated' },
    })
    const own = organisationId === null ? { wardId } : { organisationId }
    const taken = await tx.groupLink.findFirst({ where: { endedAt: null, OR: [{ chatId: newChatId }, own] } })
    if (taken) return
    const place = placeOfLink(last)
    await tx.groupLink.create({
      data: { organisationId, wardId, chatId: newChatId, title, linkedBy, linkedAt: ctx.now() },
    })
    await moveGroupAccounts(tx, chatId, newChatId, ctx.now())
    await reviveWaiting(tx, chatId, newChatId)
    await ctx.audit(tx, 'group.migrated', { ...inAudit(place), link: id }, place.wardId)
  })
}

function wasLeftBehind(link: { endedAt: Date | null; endReason: string | null }, now: Date): boolean {
  const lost = link.endReason === 'botRemoved' || link.endReason === 'chatLost'
  return lost && link.endedAt !== null && now.getTime() - link.endedAt.getTime() < migrationDelay
}
