import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import { holdingOn, leadersOfBranch, leadingPosts } from '../registry/index.ts'
import { privateChatOf, privateChatsOf } from './find-links.ts'
import type { Place } from './places.ts'

/** The private chats of the branch's secretary (of each, where two hold the post), as far as they can be reached. */
export async function secretaryChats(ctx: Context, tx: Transaction, branchId: number): Promise<bigint[]> {
  const leaders = await leadersOfBranch(tx, branchId, ctx.today())
  const chats: bigint[] = []
  for (const { post, person } of leaders) {
    const chat = post === 'secretary' ? await privateChatOf(tx, person.id) : null
    if (chat !== null) chats.push(chat)
  }
  return chats
}

/** The private chats of those who keep the ward's registry. */
export async function officerChats(tx: Transaction, wardId: number): Promise<bigint[]> {
  const officers = await tx.appointment.findMany({ where: { wardId, role: 'officer', to: null } })
  return officers.map(({ accountId }) => accountId)
}

/** The private chats of the ward's leaders, as far as they can be reached. */
export async function wardLeaderChats(ctx: Context, tx: Transaction, wardId: number): Promise<bigint[]> {
  const held = await tx.position.findMany({
    where: { wardId, organisationId: null, post: { in: [...leadingPosts] }, ...holdingOn(ctx.today()) },
    select: { personId: true },
  })
  const chats = await privateChatsOf(
    tx,
    held.map(({ personId }) => personId),
  )
  return [...chats.values()]
}

/** The private chats of those who answer for a place's group: the branch's secretary, or the keepers of the ward's registry. */
export function keeperChats(ctx: Context, tx: Transaction, place: Place): Promise<bigint[]> {
  return place.branchId === null ? officerChats(tx, place.wardId) : secretaryChats(ctx, tx, place.branchId)
}

/** Writes one message to several chats, each once, whoever asks for it how often; the actor needs no telling. */
export async function deliverToEach(
  ctx: Context,
  tx: Transaction,
  chats: readonly bigint[],
  key: string,
  message: Message,
): Promise<void> {
  for (const chatId of new Set(chats)) {
    if (chatId === ctx.actor.accountId) continue
    await ctx.deliver(tx, { chatId, message, key: `${key}:${chatId}` })
  }
}
