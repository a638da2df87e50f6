import { toZoned } from './dates.ts'

const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat('vi-VN', { style: 'percent', maximumFractionDigits: 1 })
const two = (value: number) => String(value).padStart(2, '0')

/** `05/02/2021` */
export function formatDate(day: Temporal.PlainDate): string {
  return `${two(day.day)}/${two(day.month)}/${day.year}`
}

/** `ngày 05 tháng 02 năm 2021`, as papers are dated. */
export function formatLongDate(day: Temporal.PlainDate): string {
  return `ngày ${two(day.day)} tháng ${two(day.month)} năm ${day.year}`
}

/** `14:30`, on the clocks of Viet Nam. */
export function formatTime(moment: Temporal.Instant | Date): string {
  const zoned = toZoned(moment)
  return `${two(zoned.hour)}:${two(zoned.minute)}`
}

/** `14:30 05/02/2021`, on the clocks of Viet Nam. */
export function formatDateTime(moment: Temporal.Instant | Date): string {
  return `${formatTime(moment)} ${formatDate(toZoned(moment).toPlainDate())}`
}

/** `13.874`, `92,5`: dot for thousands, comma for decimals, at most two decimals. */
export function formatNumber(value: number): string {
  return number.format(value)
}

/** A share of one as `96,9%`, at most one decimal. */
export function formatPercent(share: number): string {
  return percent.format(share)
}
