import { may } from '../../domain/access.ts'
import { type DayOffSpan, lastKnownYear, publicHolidays } from '../../domain/days-off.ts'
import { formatDate } from '../../domain/formats.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { addDayOff, readSpan } from './add-day-off.ts'
import { enteredSpans } from './days-off.ts'
import { removeDayOff } from './remove-day-off.ts'

export const dayOffForm = 'dayOff'

/** `/ngaynghi`: the public holidays that are known, and what the ward has entered, to add to or take out. */
export async function showDaysOff(turn: Turn): Promise<void> {
  const { context, texts } = turn
  const wardId = context.actor.wardId ?? 0
  const leave = may(context.actor, 'calendar.edit', { wardId })
  if (!leave.ok) return turn.refuse(leave.problem)
  const today = context.today()
  const holidays = [today.year, today.year + 1]
    .flatMap(publicHolidays)
    .filter(({ to }) => Temporal.PlainDate.compare(to, today) >= 0)
  const entered = await enteredSpans(context.db, wardId, today)
  await showPickList(turn, {
    title: texts('calendar:title'),
    intro: [
      texts('calendar:publicHolidays', { days: holidays.map(daysOf).join('; ') }),
      ...(today.year >= lastKnownYear ? [texts('calendar:enterTet', { year: today.year + 1 })] : []),
      texts(entered.length > 0 ? 'calendar:pickToRemove' : 'calendar:nothingEntered'),
    ].join('\n'),
    items: entered.map((span) => ({
      label: texts(`calendar:lines.${span.kind}`, { days: daysOf(span), name: span.name }),
      data: `dayx:${span.id}`,
    })),
    more: [
      [{ text: texts('calendar:addOff'), data: 'dayadd:off' }],
      [{ text: texts('calendar:addWorking'), data: 'dayadd:working' }],
    ],
  })
}

export const dayOffButtons = {
  dayadd: {
    handle: async (turn: Turn) => {
      const kind = turn.args === 'working' ? 'working' : 'off'
      await turn.ask(dayOffForm, { kind }, { text: turn.texts(`calendar:ask.${kind}`) })
    },
  },
  dayx: {
    handle: async (turn: Turn) => {
      const removed = await removeDayOff(turn.context, numberIn(turn.args))
      if (!removed.ok) return turn.refuse(removed.problem)
      await turn.clearButtons()
      await turn.reply({ text: turn.texts('calendar:removed') })
    },
  },
}

/** The days and the name, as typed. */
export const answerDayOff: FormHandler['handle'] = async (turn, data) => {
  const text = turn.message?.text
  if (!text) return false
  const span = readSpan(text)
  // The form stays open: the days can be typed anew.
  if (!span.ok) return turn.refuse(span.problem)
  const kind = data.kind === 'working' ? 'working' : 'off'
  const added = await addDayOff(turn.context, { ...span.value, kind, wardId: turn.context.actor.wardId ?? 0 })
  if (!added.ok) return turn.refuse(added.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts('calendar:added', { days: daysOf(span.value), name: span.value.name }) })
}

function daysOf({ from, to }: Pick<DayOffSpan, 'from' | 'to'>): string {
  return from.equals(to) ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`
}
