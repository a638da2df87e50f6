import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { keeperChats } from './addressees.ts'
import { useCode } from './find-code.ts'
import { forgetGroup } from './group-accounts.ts'
import { isProgram, leaveFor } from './leave.ts'
import { columnsOf, leaveToConnect, type Place, type PlaceKey, placeOf, placeOfLink, withPlace } from './places.ts'
import { connectedMessage, connectedNote, groupName, movedAwayMessage } from './screens-groups.ts'

export type ConnectGroup = PlaceKey & {
  chatId: bigint
  title: string
  /** The code that brought the group here; it is used up with the link. */
  codeId?: number
  /** The place leaves the group it has now; only whoever keeps the whole ward's registry may say so. */
  move?: boolean
}

export interface ConnectedGroup {
  linkId: number
  place: Place
  /** The group stood for this place before. */
  already: boolean
}

/**
 * Makes the group stand for the branch, or for the ward itself: one open link for a place and for a chat. Idempotent. The
 * group and those who answer for it are told, unless the program itself connects. Fails with `linking.` `branchUnknown`,
 * `chatTaken` {branch}, `branchTaken` {branch, title}, `codeSpent`.
 */
export async function connectGroup(ctx: Context, input: ConnectGroup): Promise<Result<ConnectedGroup>> {
  const place = await placeOf(ctx.db, input)
  if (!place) return fail('linking.branchUnknown')
  const leave = leaveToConnect(ctx, place)
  if (!leave.ok) return leave
  const own = place.branchId === null ? { wardId: place.wardId } : { organisationId: place.branchId }
  const open = await ctx.db.groupLink.findMany({
    where: { endedAt: null, OR: [{ chatId: input.chatId }, own] },
    include: withPlace,
  })
  const here = open.find((link) => link.chatId === input.chatId)
  if (here && isOf(here, place)) return ok({ linkId: here.id, place, already: true })
  if (here) return fail('linking.chatTaken', { branch: groupName(ctx.texts, placeOfLink(here)) })
  const elsewhere = open[0]
  if (elsewhere && !(input.move && mayMove(ctx, place.wardId))) {
    return fail('linking.branchTaken', { branch: groupName(ctx.texts, place), title: elsewhere.title })
  }
  try {
    return await ctx.transaction(async (tx) => {
      if (input.codeId !== undefined && !(await useCode(ctx, tx, input.codeId))) return fail('linking.codeSpent')
      if (elsewhere) await moveAway(ctx, tx, elsewhere, place)
      const link = await tx.groupLink.create({
        data: {
          ...columnsOf(place),
          chatId: input.chatId,
          title: input.title,
          linkedBy: ctx.actor.accountId,
          linkedAt: ctx.now(),
        },
      })
      await ctx.audit(tx, 'group.connected', { ...inAudit(place), link: link.id }, place.wardId)
      if (!isProgram(ctx)) await announce(ctx, tx, link, place)
      return ok({ linkId: link.id, place, already: false })
    })
  } catch (error) {
    // Somebody connected the place or the chat at the same moment: look again.
    if (isDuplicate(error)) return connectGroup(ctx, input)
    throw error
  }
}

/** Whether the actor may take a place out of the group it has. */
export function mayMove(ctx: Context, wardId: number): boolean {
  return leaveFor(ctx, 'link.group', { wardId }).ok
}

/** The place as the audit names it; the entry's own ward says the rest. */
export function inAudit({ branchId }: Place): { branch?: number } {
  return branchId === null ? {} : { branch: branchId }
}

function isOf(link: { organisationId: number | null; wardId: number | null }, place: Place): boolean {
  const own = columnsOf(place)
  return link.organisationId === own.organisationId && link.wardId === own.wardId
}

async function moveAway(
  ctx: Context,
  tx: Transaction,
  link: { id: number; chatId: bigint },
  place: Place,
): Promise<void> {
  await tx.groupLink.update({ where: { id: link.id }, data: { endedAt: ctx.now(), endReason: 'moved' } })
  await forgetGroup(tx, link.chatId, ctx.now())
  await ctx.cancelWaiting(tx, link.chatId)
  await ctx.audit(tx, 'group.ended', { ...inAudit(place), link: link.id, reason: 'moved' }, place.wardId)
  const message = movedAwayMessage(ctx.texts, place)
  await ctx.deliver(tx, { chatId: link.chatId, message, key: `link:moved:${link.id}` })
}

async function announce(
  ctx: Context,
  tx: Transaction,
  link: { id: number; chatId: bigint; title: string },
  place: Place,
): Promise<void> {
  const key = `link:connected:${link.id}`
  await ctx.deliver(tx, { chatId: link.chatId, message: connectedMessage(ctx.texts, place), key })
  const note = connectedNote(ctx.texts, place, link.title)
  // Whoever answers for it is told also where it was they themselves: the next step stands in the note.
  for (const chatId of await keeperChats(ctx, tx, place)) {
    await ctx.deliver(tx, { chatId, message: note, key: `${key}:${chatId}` })
  }
}
