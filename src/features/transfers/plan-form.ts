import { z } from 'zod'
import { parseDate } from '../../domain/dates.ts'
import { parseDueDate } from '../../domain/due-dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { checkDays } from '../../domain/transfers.ts'
import { readInstrumentNumber } from './instrument.ts'

/** An instrument as it is asked for, one question after the other. */
export const instrumentDraft = z.object({
  number: z.string().nullable(),
  on: z.iso.date().nullable(),
  effectiveOn: z.iso.date().nullable(),
})
export type InstrumentDraft = z.infer<typeof instrumentDraft>

export const emptyInstrument: InstrumentDraft = { number: null, on: null, effectiveOn: null }

/** Takes a typed answer to whatever the draft lacks; what cannot stand beside the rest is refused at once. */
export function answerInstrument(
  draft: InstrumentDraft,
  text: string,
  today: Temporal.PlainDate,
): Result<InstrumentDraft> {
  if (draft.number === null) {
    const number = readInstrumentNumber(text)
    return number.ok ? ok({ ...draft, number: number.value }) : number
  }
  const day = readDay(text, today)
  if (!day.ok) return day
  if (draft.on === null) {
    const fits = checkDays({ instrumentOn: day.value, effectiveOn: day.value, since: null, today })
    return fits.ok ? ok({ ...draft, on: day.value.toString() }) : fits
  }
  const instrumentOn = Temporal.PlainDate.from(draft.on)
  const fits = checkDays({ instrumentOn, effectiveOn: day.value, since: null, today })
  return fits.ok ? ok({ ...draft, effectiveOn: day.value.toString() }) : fits
}

/** A whole date, or a day said in words ("hôm nay"). */
export function readDay(text: string, today: Temporal.PlainDate): Result<Temporal.PlainDate> {
  const written = parseDate(text)
  if (written.ok && written.value.kind === 'day') return ok(written.value.date)
  const said = parseDueDate(text, today)
  if (said.ok) return said
  return written.ok ? fail('date.unreadable', { value: text.slice(0, 40) }) : written
}
