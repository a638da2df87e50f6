import type { Context } from '../../platform/context.ts'
import type { ChatEvent } from '../../telegram/feature.ts'
import type { GroupMembers } from '../../telegram/group-members.ts'
import { holdingOn, memberOf } from '../registry/index.ts'
import { checkGroup, recountGroup } from './check-group.ts'
import { groupChatOf, wardGroupChatOf } from './find-links.ts'
import { noteGone, noteInside } from './group-accounts.ts'

type MemberEvent = Extract<ChatEvent, { kind: 'memberActed' | 'memberJoined' | 'memberLeft' }>

/**
 * Keeps who is in a linked group true to what Telegram tells of it. Groups that stand for nothing are not followed.
 * Asks no leave: Telegram tells it.
 */
export async function followMember(ctx: Context, telegram: GroupMembers, event: MemberEvent): Promise<void> {
  const { chatId, accountId } = event
  const link = await ctx.db.groupLink.findFirst({ where: { chatId, endedAt: null }, select: { id: true } })
  if (!link) return
  switch (event.kind) {
    case 'memberActed':
      // Whoever acts is inside; in which standing, only Telegram knows.
      if (await ctx.db.groupAccount.findFirst({ where: { chatId, accountId, endedAt: null } })) return
      return ctx.transaction((tx) => noteInside(tx, chatId, [{ accountId, standing: 'member' }], ctx.now()))
    case 'memberJoined':
      await ctx.transaction((tx) => noteInside(tx, chatId, [event], ctx.now()))
      return calmly(ctx, chatId, () => recountGroup(ctx, telegram, chatId))
    case 'memberLeft':
      await ctx.transaction((tx) => noteGone(tx, chatId, [accountId], ctx.now()))
      return calmly(ctx, chatId, () => recountGroup(ctx, telegram, chatId))
  }
}

/**
 * Somebody has linked an account that may be in the group of their branch, or of the ward's leaders, already: from now on it
 * is known there.
 * Asks no leave: the linking has.
 */
export async function noteNewcomer(
  ctx: Context,
  telegram: GroupMembers,
  { personId, accountId }: { personId: number; accountId: bigint },
): Promise<void> {
  const member = await memberOf(ctx.db, personId, ctx.today())
  const post = await ctx.db.position.findFirst({
    where: { personId, organisationId: null, ...holdingOn(ctx.today()) },
    select: { wardId: true },
  })
  const chats = [
    member && (await groupChatOf(ctx.db, member.branchId)),
    post && (await wardGroupChatOf(ctx.db, post.wardId)),
  ]
  for (const chatId of chats) {
    if (chatId === null) continue
    await calmly(ctx, chatId, async () => {
      const found = await telegram.member(chatId, accountId)
      if (found) await ctx.transaction((tx) => noteInside(tx, chatId, [found], ctx.now()))
    })
  }
}

/** A check that long ago is done again. */
const checkEvery = 20 * 3_600_000
/** A group that Telegram did not answer for is asked about again after this. */
const tryAgainAfter = 3_600_000
/** Milliseconds a tick may spend on it: the rest comes with the next one. */
const longestRound = 20_000

/** Checks the groups whose last check is too long ago, those first that have waited longest. Asks no leave: the clock calls it. */
export async function checkGroups(ctx: Context, telegram: GroupMembers): Promise<void> {
  const links = await ctx.db.groupLink.findMany({ where: { endedAt: null }, select: { chatId: true } })
  const checks = new Map((await ctx.db.groupCheck.findMany()).map((check) => [check.chatId, check]))
  const age = (at: Date | null | undefined) => ctx.now().getTime() - (at?.getTime() ?? 0)
  const due = links
    .map(({ chatId }) => ({ chatId, ...checks.get(chatId) }))
    .filter(({ countedAt, triedAt }) => age(countedAt) > checkEvery && age(triedAt) > tryAgainAfter)
    .sort((a, b) => age(b.triedAt) - age(a.triedAt))
  const started = performance.now()
  for (const { chatId } of due) {
    if (performance.now() - started > longestRound) return
    await checkCalmly(ctx, telegram, chatId, { lightly: true })
  }
}

/** A check on the side of something else. Asks no leave: it tells only those who answer for the group. */
export async function checkCalmly(
  ctx: Context,
  telegram: GroupMembers,
  chatId: bigint,
  depth: { lightly?: boolean } = {},
): Promise<void> {
  await calmly(ctx, chatId, () => checkGroup(ctx, telegram, chatId, depth))
}

/** Where Telegram does not answer now, the schedule asks again; what asked goes on. */
async function calmly(ctx: Context, chatId: bigint, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    ctx.log.warn({ err: error, chat: chatId.toString() }, 'group not checked')
  }
}
