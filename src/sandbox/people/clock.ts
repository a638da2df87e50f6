import { PeopleError } from '../errors.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'

/** Moves the clock by an ISO duration, or to an ISO moment; answers when what fell due has happened. */
export async function moveClock(
  state: State,
  move: { advance?: string | undefined; set?: string | undefined },
): Promise<{ now: string }> {
  const { clock } = state
  const target = move.set === undefined ? advanced(clock.milliseconds(), move.advance) : Date.parse(move.set)
  if (Number.isNaN(target)) throw new PeopleError('clock.invalid', texts.clockNothing)
  if (!(await clock.moveTo(target))) throw new PeopleError('clock.back', texts.clockBack)
  return { now: clock.now().toISOString() }
}

/** Days and weeks count 24 hours and seven days: the sandbox lives in no time zone. */
function advanced(from: number, duration: string | undefined): number {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration ?? '')
  if (!match || !/\d/.test(duration ?? '')) return Number.NaN
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return from + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}
