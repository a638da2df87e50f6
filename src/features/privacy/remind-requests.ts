import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import { officerChats } from '../linking/index.ts'
import { morningIn } from './morning.ts'
import { reminderNote } from './screens-requests.ts'

/**
 * Each morning, tells the officers of requests to be answered or carried out today or tomorrow, and of late ones.
 * Asks no leave: the clock calls it.
 */
export async function remindRequests(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const today = morningIn(span)
  if (today === null) return
  const soon = toUtcMidnight(today.add({ days: 1 }))
  const due = await ctx.db.dataRequest.findMany({
    where: {
      state: 'open',
      OR: [{ doneDueOn: { lte: soon } }, { answeredAt: null, answerDueOn: { lte: soon } }],
    },
    orderBy: { doneDueOn: 'asc' },
  })
  for (const request of due) {
    const isForAnswer = request.answeredAt === null
    const dueOn = fromUtcMidnight(isForAnswer ? request.answerDueOn : request.doneDueOn)
    const message = reminderNote(ctx.texts, { id: request.id, dueOn, isForAnswer, today })
    await ctx.transaction(async (tx) => {
      for (const chatId of await officerChats(tx, request.wardId)) {
        await ctx.deliver(tx, { chatId, message, key: `privacy:${request.id}:due:${today}:${chatId}` })
      }
    })
  }
}
