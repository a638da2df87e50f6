import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseActivityTime } from '../../src/domain/activity-times.ts'

// A Monday.
const today = Temporal.PlainDate.from('2026-11-23')
const read = (text: string) => {
  const result = parseActivityTime(text, today)
  if (!result.ok) return result.problem.code
  const { at, when } = result.value
  return `${at.toString().slice(0, 5)} ${'on' in when ? when.on : JSON.stringify(when.rule)}`
}

describe('when something takes place', () => {
  test.each([
    ['7:00 thứ 7', '07:00 2026-11-28'],
    ['thứ bảy tuần này 7 giờ 30', '07:30 2026-11-28'],
    ['7h sáng thứ 7', '07:00 2026-11-28'],
    ['2 giờ chiều ngày mai', '14:00 2026-11-24'],
    ['14:00 20/12', '14:00 2026-12-20'],
    ['19h30 cuối tháng sau', '19:30 2026-12-31'],
    ['7:00 mỗi thứ 7', '07:00 {"every":"week","weekday":6}'],
    ['7 giờ sáng ngày 15 hằng tháng', '07:00 {"every":"month","day":15}'],
  ])('“%s” is %s', (text, meant) => {
    expect(read(text)).toBe(meant)
  })
  test.each([
    ['thứ 7', 'activityTime.noTime'],
    ['25:00 thứ 7', 'activityTime.noTime'],
    ['7:00 ngày 31 hằng tháng', 'recurrence.notEveryMonth'],
    ['7:00 20/11', 'dueDate.past'],
    ['', 'activityTime.noTime'],
  ])('“%s” is refused with %s', (text, code) => {
    expect(read(text)).toBe(code)
  })
  test('whatever is typed is understood or refused, never thrown', () => {
    const words = fc.constantFrom('7', ':', '00', 'h', 'giờ', 'sáng', 'chiều', 'thứ', 'mỗi', 'ngày', '31', 'cuối tháng')
    fc.assert(fc.property(fc.array(words, { maxLength: 8 }), (text) => typeof read(text.join(' ')) === 'string'))
  })
})
