import type { Problem, Result } from '../../domain/result.ts'
import { fail, ok } from '../../domain/result.ts'
import { pickedData } from '../../telegram/pick-list.ts'

/**
 * The lines of a numbered list that are meant by `1, 3, 5-9` or `tất cả`: the numbers of the people behind them, which stand
 * last in their data. Fails with `activities.rollUnreadable`, `telegram.noSuchLine`.
 */
export function peopleTyped(text: string, data: Record<string, unknown>): Result<number[]> {
  if (!Array.isArray(data.items)) return fail('activities.rollUnreadable')
  const numbers = /^(?:tất cả|đủ|có mặt đủ)$/iu.test(text)
    ? data.items.map((_, index) => index + 1)
    : text.split(/[\s,;]+/).flatMap(rangeOf)
  const personIds: number[] = []
  for (const number of numbers) {
    const picked = pickedData(String(number), data)
    if (!picked?.ok) return { ok: false, problem: picked?.problem ?? unreadable }
    personIds.push(Number(picked.value.slice(picked.value.lastIndexOf('.') + 1)))
  }
  return ok(personIds)
}

const unreadable: Problem = { code: 'activities.rollUnreadable' }

function rangeOf(part: string): number[] {
  const [, first, last] = /^(\d{1,3})-(\d{1,3})$/.exec(part) ?? []
  if (first === undefined || last === undefined) return [Number(part)]
  const [from, to] = [Number(first), Number(last)]
  return from <= to ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [Number.NaN]
}
