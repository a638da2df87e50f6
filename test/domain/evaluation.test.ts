import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCap } from '../../src/domain/caps.ts'
import { deriveLevel, levelTitles, readScore, recogniseLevel, type WrittenResult } from '../../src/domain/evaluation.ts'
import { builtInPacks, packFor, packHash } from '../../src/domain/packs/index.ts'
import { type EvaluationPack, levels, packSchema } from '../../src/domain/packs/schema.ts'

function packOn(day: string): EvaluationPack {
  const pack = packFor('evaluation', Temporal.PlainDate.from(day))
  if (!pack.ok) throw new Error(pack.problem.code)
  return pack.value
}
const hanoi = packOn('2019-10-31')
const national = packOn('2026-11-30')
const derive = (pack: EvaluationPack, written: WrittenResult) => {
  const result = deriveLevel(pack, written)
  return result.ok ? result.value : result.problem.code
}

describe('rule packs', () => {
  test('the pack of the day is chosen', () => {
    expect([hanoi.id, national.id]).toEqual(['evaluation-2018-3814', 'evaluation-2025-335'])
    expect(packOn('2025-12-31').id).toBe('evaluation-2018-3814')
    expect(packOn('2026-01-01').id).toBe('evaluation-2025-335')
  })
  test('before any instrument there is no pack', () => {
    expect(packFor('evaluation', Temporal.PlainDate.from('2017-01-01'))).toMatchObject({
      problem: { code: 'pack.none' },
    })
  })
  test('a later pack wins over an earlier one that still holds', () => {
    const own = packSchema.parse({ ...national, id: 'own', from: '2026-06-01' })
    const found = packFor('evaluation', Temporal.PlainDate.from('2026-07-01'), [own, ...builtInPacks])
    expect(found).toMatchObject({ value: { id: 'own' } })
  })
  test('the hash follows the rules, not the order they are written in', () => {
    const reordered = packSchema.parse(Object.fromEntries(Object.entries(national).reverse()))
    expect(packHash(reordered)).toBe(packHash(national))
    expect(packHash({ ...national, maximum: 99 })).not.toBe(packHash(national))
    expect(packHash(national)).toMatch(/^[0-9a-f]{64}$/)
  })
  test('bands out of order are refused', () => {
    expect(packSchema.safeParse({ ...national, bands: [...national.bands].reverse() }).success).toBe(false)
  })
})

describe('a scheme of a ward', () => {
  const { maximum: _maximum, parts: _parts, cap: _cap, ...head } = national
  const lettersOnly = packSchema.parse({
    ...head,
    bands: [
      { level: 'excellent', grade: 'A+' },
      { level: 'excellent', grade: 'A' },
      { level: 'good', grade: 'B' },
      { level: 'notCompleted', grade: 'C' },
    ],
  }) as EvaluationPack
  const levelsOnly = packSchema.parse({ ...head, bands: levels.map((level) => ({ level })) }) as EvaluationPack

  test('may have letters alone, several for one level: the letter tells, the level names none', () => {
    expect(derive(lettersOnly, { grade: 'a+' })).toEqual({ level: 'excellent', grade: 'A+' })
    expect(derive(lettersOnly, { grade: 'Loại A', level: 'Xuất sắc' })).toEqual({ level: 'excellent', grade: 'A' })
    expect(derive(lettersOnly, { level: 'Xuất sắc' })).toEqual({ level: 'excellent' })
    expect(derive(lettersOnly, { level: 'Tốt' })).toEqual({ level: 'good', grade: 'B' })
    expect(derive(lettersOnly, { level: 'Hoàn thành' })).toBe('evaluation.levelUnknown')
    expect(derive(lettersOnly, { score: 90 })).toBe('evaluation.noPoints')
    expect(derive(lettersOnly, { score: '', disqualifier: '1' })).toMatchObject({ level: 'notCompleted', grade: 'C' })
  })
  test('may have levels alone', () => {
    expect(derive(levelsOnly, { level: 'HTT' })).toEqual({ level: 'good' })
    expect(derive(levelsOnly, { grade: 'Tốt' })).toEqual({ level: 'good' })
  })
  test.each([
    [
      'points without a first band at nought',
      {
        bands: [
          { level: 'good', atLeast: 90 },
          { level: 'completed', atLeast: 50 },
        ],
      },
    ],
    ['a band above the most points', { maximum: 80 }],
    ['points for some bands only', { bands: [{ level: 'good', atLeast: 90 }, { level: 'completed' }] }],
    [
      'letters for some bands only',
      { maximum: undefined, parts: undefined, bands: [{ level: 'good', grade: 'A' }, { level: 'completed' }] },
    ],
    [
      'one letter twice',
      {
        maximum: undefined,
        parts: undefined,
        bands: [
          { level: 'good', grade: 'A' },
          { level: 'completed', grade: 'A' },
        ],
      },
    ],
    [
      'a level twice without a letter',
      { maximum: undefined, parts: undefined, bands: [{ level: 'good' }, { level: 'good' }] },
    ],
    [
      'parts that are not all the points',
      {
        parts: [
          { name: 'a', maximum: 30 },
          { name: 'b', maximum: 60 },
        ],
      },
    ],
  ])('is refused with %s', (_what, change) => {
    expect(packSchema.safeParse({ ...national, ...change }).success).toBe(false)
  })
})

describe('levels', () => {
  test.each([
    ['Hoàn thành xuất sắc nhiệm vụ', 'excellent'],
    ['HTXSNV', 'excellent'],
    ['hoan thanh tot nhiem vu', 'good'],
    ['HTTNV', 'good'],
    ['Hoàn thành  nhiệm vụ', 'completed'],
    ['htnv', 'completed'],
    ['Không hoàn thành nhiệm vụ', 'notCompleted'],
    ['KHTNV', 'notCompleted'],
    ['khá', undefined],
  ])('“%s” is %s', (written, level) => {
    expect(recogniseLevel(written)).toBe(level)
  })
  test.each([
    ['92', 92],
    ['92,5', 92.5],
    [' 92.5 điểm', 92.5],
    [92.5, 92.5],
    ['chín hai', undefined],
    ['9 2', undefined],
  ])('the score “%s” is %s', (written, score) => {
    expect(readScore(written)).toBe(score)
  })
  test('the score decides, and the letter follows where the scheme has letters', () => {
    expect(derive(hanoi, { score: 90 })).toEqual({ level: 'excellent', score: 90, grade: 'A' })
    expect(derive(hanoi, { grade: 'b' })).toEqual({ level: 'good', grade: 'B' })
    expect(derive(hanoi, { grade: 'Loại C', level: 'HTNV', score: '50' })).toMatchObject({ level: 'completed' })
    expect(derive(national, { score: '69,9' })).toEqual({ level: 'completed', score: 69.9 })
    expect(derive(national, { grade: 'HTTNV' })).toEqual({ level: 'good' })
    expect(derive(national, { level: 'Không hoàn thành' })).toEqual({ level: 'notCompleted' })
  })
  test('a ground of the pack, in full, in short or by its number, overrides the score and what else is written', () => {
    const ground = 'Bị kỷ luật từ khiển trách trở lên liên quan đến nhiệm vụ được giao'
    for (const written of [ground, 'bị kỷ luật từ khiển trách', 'bi ky luat tu khien trach', '3']) {
      expect(derive(national, { score: 95, level: 'Xuất sắc', disqualifier: written })).toEqual({
        level: 'notCompleted',
        score: 95,
        disqualifier: ground,
      })
    }
    expect(derive(national, { score: 95, disqualifier: 'ốm dài ngày' })).toBe('evaluation.disqualifierUnknown')
    expect(derive(hanoi, { score: 95, disqualifier: '1' })).toBe('evaluation.disqualifierUnknown')
  })
  test('a score may be written as the sum of its parts, each within its own', () => {
    expect(derive(national, { score: '28,5+62' })).toEqual({ level: 'excellent', score: 90.5 })
    expect(derive(hanoi, { score: '20 + 60 + 5' })).toEqual({ level: 'good', score: 85, grade: 'B' })
    expect(derive(national, { score: '31+60' })).toBe('evaluation.partOutOfRange')
    expect(derive(national, { score: '20+60+5' })).toBe('evaluation.scoreUnreadable')
  })
  test.each<[WrittenResult, string]>([
    [{}, 'evaluation.nothingGiven'],
    [{ score: ' ', grade: '', level: null }, 'evaluation.nothingGiven'],
    [{ score: 101 }, 'evaluation.scoreOutOfRange'],
    [{ score: '-1' }, 'evaluation.scoreOutOfRange'],
    [{ score: 'cao' }, 'evaluation.scoreUnreadable'],
    [{ grade: 'E' }, 'evaluation.gradeUnknown'],
    [{ level: 'khá' }, 'evaluation.levelUnknown'],
    [{ score: 92, grade: 'B' }, 'evaluation.gradeDisagrees'],
    [{ score: 92, level: 'HTTNV' }, 'evaluation.levelDisagrees'],
    [{ grade: 'A', level: 'HTTNV' }, 'evaluation.levelDisagrees'],
  ])('%j is refused with %s', (written, code) => {
    expect(derive(hanoi, written)).toBe(code)
  })
  test('the national scheme has no letters', () => {
    expect(derive(national, { grade: 'A' })).toBe('evaluation.gradeUnknown')
  })
  test('every score has one level, and a better score never a worse one', () => {
    const score = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
    const rank = (pack: EvaluationPack, points: number) => {
      const result = deriveLevel(pack, { score: points })
      return result.ok ? levels.indexOf(result.value.level) : -1
    }
    fc.assert(
      fc.property(fc.constantFrom(hanoi, national), score, score, (pack, a, b) => {
        expect(rank(pack, a)).toBeGreaterThanOrEqual(0)
        if (a <= b) expect(rank(pack, a)).toBeGreaterThanOrEqual(rank(pack, b))
      }),
    )
  })
  test('a level and its own wording agree with the score of its band', () => {
    for (const { level, atLeast = 0 } of national.bands) {
      const wording = levelTitles.find((term) => term.code === level)?.titles[0] ?? ''
      expect(derive(national, { score: atLeast, level: wording })).toEqual({ level, score: atLeast })
    }
  })
})

describe('the cap on “excellent”', () => {
  const rated = (excellent: number, good: number, completed = 0) => [
    ...Array<'excellent'>(excellent).fill('excellent'),
    ...Array<'good'>(good).fill('good'),
    ...Array<'completed'>(completed).fill('completed'),
  ]
  test('national: a fifth of those rated “good”, rounded down', () => {
    expect(checkCap(national, rated(4, 24, 2))).toBeUndefined()
    expect(checkCap(national, rated(5, 24, 1))).toEqual({
      excellent: 5,
      allowed: 4,
      percent: 20,
      basis: 24,
      of: 'good',
    })
  })
  test('Hanoi: 30 % of those rated, 40 % in an outstanding unit', () => {
    expect(checkCap(hanoi, rated(3, 7))).toBeUndefined()
    expect(checkCap(hanoi, rated(4, 6))).toEqual({
      excellent: 4,
      allowed: 3,
      percent: 30,
      basis: 10,
      of: 'rated',
      outstanding: { percent: 40, allowed: 4 },
    })
    expect(checkCap(hanoi, rated(4, 6), { outstandingUnit: true })).toBeUndefined()
  })
  test('no one rated, nothing to warn of', () => {
    expect(checkCap(national, [])).toBeUndefined()
  })
})
