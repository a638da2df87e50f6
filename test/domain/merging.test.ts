import { describe, expect, it } from 'vitest'
import { keepsSecond, likelihood, type MergeSide, mergeBlocks } from '../../src/domain/merging.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const side = (other: Partial<MergeSide> = {}): MergeSide => ({
  birthYear: 1980,
  birthOn: null,
  gender: null,
  official: [],
  hasAccount: false,
  openPostCount: 0,
  openTaskCount: 0,
  periods: new Set(),
  ...other,
})
const apart = { votedTogether: false, onOpenRoll: false }
const membership = (branchId: number, from: string, to: string | null) => ({
  branchId,
  from: day(from),
  to: to === null ? null : day(to),
})

describe('a merge', () => {
  it.each<[string, Partial<MergeSide>, Partial<MergeSide>, string[]]>([
    ['nothing contradicts', {}, {}, []],
    ['one has no birth year', { birthYear: null }, {}, []],
    ['birth years differ', {}, { birthYear: 1981 }, ['mergeBirth']],
    ['birth dates differ in one year', { birthOn: '1980-05-01' }, { birthOn: '1980-06-01' }, ['mergeBirth']],
    ['genders differ', { gender: 'male' }, { gender: 'female' }, ['mergeGender']],
    ['both are linked', { hasAccount: true }, { hasAccount: true }, ['mergeAccounts']],
    ['the closed one is linked', {}, { hasAccount: true }, ['mergeAccountBehind']],
    ['the closed one holds a post', {}, { openPostCount: 1 }, ['mergePosts']],
    ['the kept one holds a post', { openPostCount: 1 }, {}, []],
    ['the closed one has tasks', {}, { openTaskCount: 2 }, ['mergeTasks']],
    ['both have a result', { periods: new Set(['2026-10']) }, { periods: new Set(['2026-10']) }, ['mergeResults']],
    ['results are of two months', { periods: new Set(['2026-10']) }, { periods: new Set(['2026-09']) }, []],
  ])('where %s', (_, kept, closed, codes) => {
    const blocks = mergeBlocks(side(kept), side(closed), apart)
    expect(blocks.map(({ code }) => code)).toEqual(codes.map((code) => `registry.${code}`))
  })

  it('is blocked by one ballot both voted in, and by an open roll with both', () => {
    const blocks = mergeBlocks(side(), side(), { votedTogether: true, onOpenRoll: true })
    expect(blocks.map(({ code }) => code)).toEqual(['registry.mergeVoted', 'registry.mergeOpenVote'])
  })

  it('is blocked by two branches on one day, not by one branch twice or one after the other', () => {
    const blocks = (one: ReturnType<typeof membership>, other: ReturnType<typeof membership>) =>
      mergeBlocks(side({ official: [one] }), side({ official: [other] }), apart).length
    expect(blocks(membership(1, '2020-01-01', null), membership(2, '2025-01-01', null))).toBe(1)
    expect(blocks(membership(1, '2020-01-01', null), membership(1, '2025-01-01', null))).toBe(0)
    expect(blocks(membership(1, '2020-01-01', '2024-12-31'), membership(2, '2025-01-01', null))).toBe(0)
  })

  it('keeps the record with the account, else the one with posts, else the older one', () => {
    expect(keepsSecond(side(), side({ hasAccount: true }))).toBe(true)
    expect(keepsSecond(side({ hasAccount: true }), side({ openPostCount: 1 }))).toBe(false)
    expect(keepsSecond(side(), side({ openPostCount: 1 }))).toBe(true)
    expect(keepsSecond(side(), side())).toBe(false)
  })
})

describe('two records of one name are proposed', () => {
  const record = (birthOn: string | null, birthYear: number | null, phone: string | null = null) => ({
    searchName: 'nguyen van a',
    birthOn,
    birthYear,
    phone,
  })
  it.each([
    ['with the same birth date', record('1980-05-01', 1980), record('1980-05-01', 1980), 3],
    ['with another birth date', record('1980-05-01', 1980), record('1980-05-02', 1980), 0],
    ['with another year', record(null, 1980), record(null, 1981), 0],
    ['with the same telephone', record(null, 1980, '0912345678'), record(null, null, '0912345678'), 2],
    ['with the same year', record(null, 1980), record('1980-05-01', 1980), 1],
    ['where one has no year', record(null, null), record(null, 1980), 1],
  ])('%s', (_, one, other, expected) => {
    expect(likelihood(one, other)).toBe(expected)
    expect(likelihood(other, one)).toBe(expected)
    expect(likelihood(one, { ...other, searchName: 'nguyen van b' })).toBe(0)
  })
})
