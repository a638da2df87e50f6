const zone = 'Asia/Ho_Chi_Minh'

const clockFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
const secondFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' })
const dateFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})
const weekdayFormat = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, weekday: 'long' })

/** 09:05 */
export function timeOfDay(moment: Date): string {
  return clockFormat.format(moment)
}

/** 09:05:31 */
export function exactTime(moment: Date): string {
  return secondFormat.format(moment)
}

/** 23/11/2026 */
export function day(moment: Date): string {
  return dateFormat.format(moment)
}

/** Thứ Hai, 23/11/2026 */
export function longDay(moment: Date): string {
  return `${weekdayFormat.format(moment)}, ${day(moment)}`
}

/** 09:05 Thứ Hai, 23/11/2026 */
export function fullTime(moment: Date): string {
  return `${timeOfDay(moment)} ${longDay(moment)}`
}

/** 1,4 MB */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`
}
