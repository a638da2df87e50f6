import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutText, inParts, longestText } from '../../src/platform/long-text.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

describe('a text that is too long', () => {
  test('is cut into parts within the limit, without losing a word', () => {
    const word = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcđêượ.,') })
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n\n')), { maxLength: 200 })
    fc.assert(
      fc.property(text, fc.integer({ min: 45, max: 400 }), (pieces, longest) => {
        const whole = pieces.map((piece) => piece.join('')).join('')
        const parts = cutText(whole, longest)
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(longest)
        expect(parts.flatMap(words)).toEqual(words(whole))
      }),
    )
  })

  test('without a single space is cut between letters, never inside one', () => {
    const parts = cutText(`${'a'.repeat(9)}😀${'ệ'.normalize('NFD').repeat(9)}`, 10)
    expect(parts.join('')).toBe(`${'a'.repeat(9)}😀${'ệ'.normalize('NFD').repeat(9)}`)
    expect(parts.every((part) => part.isWellFormed() && !/^\p{M}/u.test(part))).toBe(true)
  })

  test('keeps its emphasis in the first part and its buttons under the last', () => {
    const text = `Tiêu đề\n${'dòng chữ\n'.repeat(1000)}`
    const parts = inParts({
      text,
      entities: [{ type: 'bold', offset: 0, length: 7 }],
      buttons: [[{ text: 'Gửi', data: 'x' }]],
      protect: true,
    })
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.every((part) => part.text.length <= longestText && part.protect)).toBe(true)
    expect(parts[0]?.entities).toHaveLength(1)
    expect(parts.map((part) => part.buttons !== undefined)).toEqual([...parts.slice(1).map(() => false), true])
  })
})
