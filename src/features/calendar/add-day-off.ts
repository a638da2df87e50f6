import { may } from '../../domain/access.ts'
import { parseDate, toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'

const longestName = 100
const longestSpan = 31

export interface WrittenSpan {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  name: string
}

/**
 * Reads `10/2/2027 - 20/2/2027: Nghỉ Tết`, or one day. Fails with the codes of `parseDate`, `calendar.noName`,
 * `calendar.nameTooLong`, `calendar.endBeforeBegin`, `calendar.spanTooLong`.
 */
export function readSpan(text: string): Result<WrittenSpan> {
  const [, days = '', name = ''] = /^([^:]+):?([\s\S]*)$/.exec(text.normalize('NFC').trim()) ?? []
  const [first = '', last = first] = days.split(/\s*[–—]\s*|\s+-\s+|\s+đến\s+/u).map((part) => part.trim())
  const from = dayOf(first)
  if (!from.ok) return from
  const to = dayOf(last)
  if (!to.ok) return to
  if (Temporal.PlainDate.compare(to.value, from.value) < 0) return fail('calendar.endBeforeBegin')
  if (from.value.until(to.value).days >= longestSpan) return fail('calendar.spanTooLong', { longest: longestSpan })
  const named = name.trim()
  if (named === '') return fail('calendar.noName')
  if (named.length > longestName) return fail('calendar.nameTooLong', { longest: longestName })
  return ok({ from: from.value, to: to.value, name: named })
}

/** Enters days on which nothing recurring is due, or on which the ward works all the same. Idempotent on its source. */
export async function addDayOff(
  ctx: Context,
  input: WrittenSpan & { wardId: number; kind: 'off' | 'working' },
): Promise<Result<true>> {
  const leave = may(ctx.actor, 'calendar.edit', { wardId: input.wardId })
  if (!leave.ok) return leave
  const { wardId, kind, name } = input
  try {
    return await ctx.transaction(async (tx) => {
      const { id } = await tx.dayOff.create({
        data: {
          wardId,
          kind,
          name,
          from: toUtcMidnight(input.from),
          to: toUtcMidnight(input.to),
          addedBy: ctx.actor.accountId,
          source: ctx.source,
        },
      })
      await ctx.audit(tx, 'calendar.added', { dayOff: id }, wardId)
      return ok(true)
    })
  } catch (error) {
    if (isDuplicate(error)) return ok(true)
    throw error
  }
}

function dayOf(text: string): Result<Temporal.PlainDate> {
  const written = parseDate(text)
  if (!written.ok) return written
  return written.value.kind === 'day' ? ok(written.value.date) : fail('date.unreadable', { value: text })
}
