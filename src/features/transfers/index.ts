import { toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Feature } from '../../telegram/feature.ts'
import { privateChatsOf } from '../linking/index.ts'
import { applyMoves } from './apply-moves.ts'
import { discardOldPlans } from './discard-plan.ts'
import { answerIntroduction, introduceButtons, introduceForm } from './introduce-handlers.ts'
import { oneForm } from './one-form.ts'
import { answerOne, oneButtons } from './one-handlers.ts'
import { answerPath, pathButtons, pathForm, showPath } from './path-handlers.ts'
import { transfersData } from './personal-data.ts'
import { answerPlan, planButtons, planForm } from './plan-handlers.ts'
import { receivePlanFile } from './receive-plan-file.ts'
import { nextTransferDue, tellMornings } from './tell-mornings.ts'
import { answerReason, reasonForm, showTransfers, transferButtons } from './transfer-handlers.ts'

export interface TransferParts {
  /** Shows an account the commands that it may use now. */
  publishCommands(accountId: bigint): Promise<void>
}

/** Who leaves which branch for which: many at once or one by one, followed from the request to the first day there. */
export function transfersFeature(parts: TransferParts): Feature {
  return {
    name: 'transfers',
    title: 'transfers:menuTitle',
    personalData: transfersData,
    commands: [
      {
        name: 'chuyensinhhoat',
        chats: ['private'],
        audience: 'transfer.view',
        label: 'transfers:labelTransfers',
        handle: showTransfers,
      },
      {
        name: 'hoso',
        chats: ['private'],
        audience: 'registry.view',
        label: 'transfers:labelPath',
        handle: showPath,
      },
    ],
    buttons: { ...planButtons, ...transferButtons, ...oneButtons, ...introduceButtons, ...pathButtons },
    forms: {
      [planForm]: { handle: answerPlan },
      [oneForm]: { handle: answerOne },
      [introduceForm]: { handle: answerIntroduction },
      [reasonForm]: { handle: answerReason },
      [pathForm]: { handle: answerPath },
    },
    file: receivePlanFile,
    due: async (context, span) => {
      await applyMoves(context, span.until)
      await publishMoved(context, span.since, parts)
      await tellMornings(context, span)
      await discardOldPlans(context, span.until)
    },
    nextDue: nextTransferDue,
  }
}

/** Rights have followed the memberships and posts; the lists of commands are for display and follow here. */
async function publishMoved(ctx: Context, since: Date, parts: TransferParts): Promise<void> {
  const moved = await ctx.db.transfer.findMany({
    where: { state: 'done', movedAt: { gt: since }, movesOn: { lte: toUtcMidnight(ctx.today()) } },
    select: { personId: true },
  })
  const chats = await privateChatsOf(
    ctx.db,
    moved.map(({ personId }) => personId),
  )
  for (const accountId of chats.values()) await parts.publishCommands(accountId)
}
