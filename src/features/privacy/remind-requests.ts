import { dayAt, fromUtcMidnight, toUtcMidnight, zone } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import { officerChats } from '../linking/index.ts'
import { reminderNote } from './screens-requests.ts'

const reminderHour = 7
const dayBefore = { days: 1 }

/**
 * Each morning, tells the officers of requests to be answered or carried out today or tomorrow, and of late ones, once a day.
 * Asks no leave: the clock calls it.
 */
export async function remindRequests(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const today = dayAt(span.until)
  const plainTime = new Temporal.PlainTime(reminderHour)
  const morning = new Date(today.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
  // After days without the program one reminder is enough: it names every request that is due or late.
  if (!(span.since < morning && morning <= span.until) && dayAt(span.since).equals(today)) return
  if (span.until < morning) return
  const soon = toUtcMidnight(today.add(dayBefore))
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
