import { describe, expect, test } from 'vitest'
import { dayAt } from '../../src/domain/dates.ts'
import { lastKnownYear, publicHolidays } from '../../src/domain/days-off.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const years = [2026, 2027, 2028, 2029, 2030]

/** From the table of holidays: Tết begins with the last day of the old year; the Hùng kings' day is the other lunar one. */
function lunarDaysOf(year: number): { newYear: Temporal.PlainDate; kings: Temporal.PlainDate } {
  const spans = publicHolidays(year)
  const tet = spans.find(({ from, to }) => from.until(to).days === 4)
  const kings = spans.find(({ from, to }) => from.equals(to) && [3, 4].includes(from.month) && from.day !== 30)
  if (!tet || !kings) throw new Error(`no lunar holidays in ${year}`)
  return { newYear: tet.from.add({ days: 1 }), kings: kings.from }
}

/**
 * The moment of the k-th new moon after that of January 2000, by the terms of Meeus, Astronomical Algorithms, chapter 49,
 * that exceed half a minute together; less the 72 seconds by which the earth's turning lags in these years. Good to some
 * minutes.
 */
function newMoon(k: number): Date {
  const t = k / 1236.85
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2
  const eccentricity = 1 - 0.002516 * t
  const julian =
    2451550.09766 +
    29.530588861 * k +
    0.00015437 * t ** 2 -
    0.4072 * sin(moon) +
    0.17241 * eccentricity * sin(sun) +
    0.01608 * sin(2 * moon) +
    0.01039 * sin(2 * latitude) +
    0.00739 * eccentricity * sin(moon - sun) -
    0.00514 * eccentricity * sin(moon + sun) +
    0.00208 * eccentricity ** 2 * sin(2 * sun) -
    0.00111 * sin(moon - 2 * latitude) -
    0.00057 * sin(moon + 2 * latitude) +
    0.00056 * eccentricity * sin(2 * moon + sun) -
    0.00042 * sin(3 * moon) +
    0.00042 * eccentricity * sin(sun + 2 * latitude) +
    0.00038 * eccentricity * sin(sun - 2 * latitude)
  return new Date((julian - 2440587.5) * 86_400_000 - 72_000)
}

/** The first days of the first lunar months after the winter solstice: the twelfth month, then the first, the second, the third. */
function monthsAfterSolstice(year: number): Date[] {
  const solstice = Date.UTC(year - 1, 11, 22)
  const about = Math.floor((year - 2000) * 12.3685) - 2
  const moons = Array.from({ length: 8 }, (_, index) => newMoon(about + index))
  return moons.filter((moon) => moon.getTime() > solstice)
}

describe('the lunar holidays of the table', () => {
  test.each(years)('%i: Tết is the day, in Viet Nam, of the second new moon after the solstice', (year) => {
    const [, first, , third] = monthsAfterSolstice(year)
    if (!first || !third) throw new Error('no new moons')
    const { newYear, kings } = lunarDaysOf(year)
    expect(newYear.toString()).toBe(dayAt(first).toString())
    // No leap month stands before the fourth in these years.
    expect(kings.toString()).toBe(dayAt(third).add({ days: 9 }).toString())
  })

  test('the Chinese calendar of the runtime agrees to a day: it reckons by Beijing, and by a rougher moon', () => {
    for (const year of years) {
      const { newYear, kings } = lunarDaysOf(year)
      for (const [on, month, dayOfMonth] of [
        [newYear, 1, 1],
        [kings, 3, 10],
      ] as const) {
        const near = [-1, 0, 1].map((offset) => on.add({ days: offset }).withCalendar('chinese'))
        expect(near.some((one) => one.month === month && one.day === dayOfMonth)).toBe(true)
      }
    }
  })

  test('in 2030 and in 2007 the hour between Ha Noi and Beijing makes a day', () => {
    expect(lunarDaysOf(2030).newYear.toString()).toBe('2030-02-02')
    expect(day('2030-02-03').withCalendar('chinese').month).toBe(1)
    const [, tet2007] = monthsAfterSolstice(2007)
    expect(tet2007 && dayAt(tet2007).toString()).toBe('2007-02-17')
  })

  test('ends where it says, and gives only the fixed days after it', () => {
    expect(years.at(-1)).toBe(lastKnownYear)
    expect(publicHolidays(lastKnownYear + 1).every(({ from, to }) => from.equals(to))).toBe(true)
  })
})
