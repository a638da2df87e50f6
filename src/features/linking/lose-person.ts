import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { memberOf } from '../registry/index.ts'
import { deliverToEach, officerChats, secretaryChats } from './addressees.ts'
import { unreachableAlert } from './screens-people.ts'

/**
 * Telegram does not let the bot write to the person any more: they blocked it or gave up their account. The link stays, for
 * they may come back; once for each loss the secretary is told, who can mend it, and for a secretary the ward's officers.
 * Asks no leave: Telegram tells it.
 */
export async function losePerson(ctx: Context, accountId: bigint): Promise<void> {
  await ctx.transaction(async (tx) => {
    const lost = await tx.accountLink.updateManyAndReturn({
      where: { accountId, endedAt: null, unreachableAt: null },
      data: { unreachableAt: ctx.now() },
      select: { id: true, personId: true },
    })
    for (const link of lost) await tellWhoCanMend(ctx, tx, link)
  })
}

async function tellWhoCanMend(
  ctx: Context,
  tx: Transaction,
  { id, personId }: { id: number; personId: number },
): Promise<void> {
  const member = await memberOf(tx, personId, ctx.today())
  if (!member) return
  const { wardId } = await tx.organisation.findUniqueOrThrow({
    where: { id: member.branchId },
    select: { wardId: true },
  })
  // The lost one's own chat is among these no more.
  const secretaries = await secretaryChats(ctx, tx, member.branchId)
  const chats = secretaries.length > 0 ? secretaries : await officerChats(tx, wardId)
  const alert = unreachableAlert(ctx.texts, { personId, fullName: member.fullName, branch: member.branchName })
  await deliverToEach(ctx, tx, chats, `link:unreachable:${id}:${ctx.now().toISOString()}`, alert)
}
