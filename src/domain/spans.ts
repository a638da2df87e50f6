/** A stretch of days: both ends belong to it, as "từ ngày … đến ngày …" is read; no end means it still holds. */
export interface Span {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate | null
}

/** Whether the stretch holds on that day. */
export function coversDay(span: Span, day: Temporal.PlainDate): boolean {
  return (
    Temporal.PlainDate.compare(span.from, day) <= 0 &&
    (span.to === null || Temporal.PlainDate.compare(day, span.to) <= 0)
  )
}

/** Whether two stretches share a day. */
export function overlap(a: Span, b: Span): boolean {
  const startsBeforeEnd = (start: Span, end: Span) =>
    end.to === null || Temporal.PlainDate.compare(start.from, end.to) <= 0
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a)
}
