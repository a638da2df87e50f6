import { describe, expect, test } from 'vitest'
import { cadreResults } from '../../src/demo/generate/results.ts'
import { generateWard, type Ward } from '../../src/demo/generate/ward.ts'
import { type Cell, resultsWorkbookRows, wardWorkbookRows } from '../../src/demo/generate/workbook.ts'
import { checkCap } from '../../src/domain/caps.ts'
import { fromUtcMidnight } from '../../src/domain/dates.ts'
import { deriveLevel } from '../../src/domain/evaluation.ts'
import { recogniseGender, recogniseStatus } from '../../src/domain/members.ts'
import { normaliseName } from '../../src/domain/names.ts'
import { recogniseSector } from '../../src/domain/organisations.ts'
import { packFor } from '../../src/domain/packs/index.ts'
import { isPeriod, lastDay, type Period } from '../../src/domain/period.ts'
import { recognisePost } from '../../src/domain/posts.ts'
import { coversDay } from '../../src/domain/spans.ts'

const today = Temporal.PlainDate.from('2026-11-23')
const november = '2026-11'
const period: Period = isPeriod(november) ? november : raise(november)
const ward = generateWard(2026, today)
const seeds = [1, 2, 3, 42, 2026]
const notAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) <= 0

function raise(what: string): never {
  throw new Error(what)
}
function count<T>(items: readonly T[], of: (item: T) => boolean): number {
  return items.filter(of).length
}
function holders(of: Ward, post: string, branchCode: string | null, on = today) {
  return of.posts.filter((held) => held.post === post && held.branchCode === branchCode && coversDay(held, on))
}

describe('a generated ward', () => {
  test('the same seed gives the same ward, another seed another', () => {
    expect(JSON.stringify(generateWard(2026, today))).toBe(JSON.stringify(ward))
    expect(JSON.stringify(generateWard(2027, today))).not.toBe(JSON.stringify(ward))
  })

  test.each(seeds)('seed %i has the shape of a real ward', (seed) => {
    const made = generateWard(seed, today)
    const sector = new Map(made.branches.map((branch) => [branch.code, branch.sector]))
    const sectors = made.branches.map((branch) => branch.sector)
    expect([count(sectors, (s) => s === 'residential'), count(sectors, (s) => s === 'police')]).toEqual([9, 1])
    expect(made.branches).toHaveLength(15)
    expect(made.members).toHaveLength(642)
    expect(new Set(made.members.map((member) => member.number)).size).toBe(642)
    const cadres = made.members.filter((member) => member.cadre)
    expect(cadres).toHaveLength(30)
    expect(cadres.every((member) => sector.get(member.branchCode) === 'residential')).toBe(true)
    for (const branch of made.branches.filter((one) => one.sector === 'residential')) {
      expect(count(cadres, (member) => member.branchCode === branch.code)).toBeGreaterThanOrEqual(3)
    }
    expect(count(made.members, (member) => member.status === 'probationary')).toBe(19)
    expect(count(made.members, (member) => member.status === 'exempt')).toBe(14)
    expect(count(made.members, (member) => member.status === 'suspended')).toBe(2)
  })

  test.each(seeds)('seed %i fills every post, and those who hold one can be reached', (seed) => {
    const made = generateWard(seed, today)
    const byNumber = new Map(made.members.map((member) => [member.number, member]))
    for (const branch of made.branches) {
      expect(holders(made, 'secretary', branch.code)).toHaveLength(1)
      expect(holders(made, 'deputySecretary', branch.code)).toHaveLength(1)
      expect([1, 2, 3]).toContain(holders(made, 'committeeMember', branch.code).length)
      const [inCharge] = holders(made, 'supervisingMember', branch.code)
      expect(byNumber.get(inCharge?.memberNumber ?? '')?.branchCode).not.toBe(branch.code)
      expect(inCharge).toBeDefined()
    }
    expect(count(made.posts, (held) => held.post === 'secretary' && held.to !== null)).toBeGreaterThan(0)
    expect(count(made.posts, (held) => held.post === 'groupLeader')).toBeGreaterThan(0)
    for (const [post, number] of [
      ['wardSecretary', 1],
      ['wardStandingDeputySecretary', 1],
      ['peoplesCommitteeChair', 1],
      ['peoplesCommitteeViceChair', 2],
      ['frontChair', 1],
      ['womensUnionChair', 1],
      ['youthUnionSecretary', 1],
      ['veteransChair', 1],
      ['farmersChair', 1],
    ] as const) {
      expect([post, holders(made, post, null).length]).toEqual([post, number])
    }
    for (const held of made.posts) {
      const member = byNumber.get(held.memberNumber)
      expect(member?.name).toBe(held.name)
      expect(member?.hasSmartphone).toBe(true)
      expect(member && notAfter(member.joinedBranchOn, held.from)).toBe(true)
      expect(held.to === null || notAfter(held.from, held.to)).toBe(true)
    }
    expect(byNumber.get(made.officerNumber)?.hasSmartphone).toBe(true)
  })

  test.each(seeds)('seed %i lives lives that could have been lived', (seed) => {
    const made = generateWard(seed, today)
    const founded = new Map(made.branches.map((branch) => [branch.code, branch.foundedOn]))
    for (const member of made.members) {
      expect(member.name).toBe(normaliseName(member.name))
      expect(notAfter(member.birthDate.add({ years: 18 }), member.admittedOn)).toBe(true)
      expect(notAfter(member.admittedOn, member.joinedBranchOn)).toBe(true)
      expect(notAfter(founded.get(member.branchCode) ?? today, member.joinedBranchOn)).toBe(true)
      expect(notAfter(member.joinedBranchOn, today)).toBe(true)
      if (member.officialOn) expect(notAfter(member.admittedOn.add({ months: 12 }), member.officialOn)).toBe(true)
      if (member.officialOn) expect(notAfter(member.officialOn, today)).toBe(true)
      if (member.cadre) expect(notAfter(member.admittedOn.add({ years: 2 }), member.joinedBranchOn)).toBe(true)
      expect(member.officialOn === null).toBe(member.status === 'probationary')
    }
  })

  test('about a fifth has no smartphone, most of them old; one cadre among them', () => {
    expect(count(ward.members, (member) => !member.hasSmartphone)).toBe(128)
    expect(count(ward.members, (member) => member.cadre !== null && !member.hasSmartphone)).toBe(1)
    expect(count(ward.members, (member) => member.phone === null)).toBeGreaterThan(20)
    const phones = ward.members.flatMap((member) => member.phone ?? [])
    expect(new Set(phones).size).toBe(phones.length)
    expect(phones.every((phone) => /^0100\d{6}$/.test(phone))).toBe(true)
  })

  test('most of the residential branches are over sixty, and some people share a name', () => {
    const residential = new Set(ward.branches.filter((one) => one.sector === 'residential').map((one) => one.code))
    const elders = ward.members.filter((member) => residential.has(member.branchCode))
    const overSixty = count(elders, (member) => notAfter(member.birthDate.add({ years: 60 }), today))
    expect(overSixty / elders.length).toBeGreaterThan(0.6)
    const names = ward.members.map((member) => `${member.name}`)
    expect(names.length - new Set(names).size).toBe(6)
    const inBranch = ward.members.map((member) => `${member.branchCode} ${member.name}`)
    expect(inBranch.length - new Set(inBranch).size).toBe(2)
  })
})

describe('results of a period', () => {
  const pack = packFor('evaluation', lastDay(period))
  const rules = pack.ok ? pack.value : raise(pack.problem.code)

  test.each(seeds)('seed %i: thirty results agree with the rules of the month and its cap', (seed) => {
    const results = cadreResults(generateWard(seed, today), period)
    expect(results).toHaveLength(30)
    for (const { score, grade, level } of results) {
      expect(deriveLevel(rules, { score, grade })).toMatchObject({ value: { level } })
    }
    expect(
      checkCap(
        rules,
        results.map((result) => result.level),
      ),
    ).toBeUndefined()
  })
  test('another month gives other results, the same month the same', () => {
    const october = '2026-10'
    expect(cadreResults(ward, period)).toEqual(cadreResults(ward, period))
    expect(cadreResults(ward, isPeriod(october) ? october : raise(october))).not.toEqual(cadreResults(ward, period))
  })
  test('years with letters have them', () => {
    const old = '2019-10'
    expect(cadreResults(ward, isPeriod(old) ? old : raise(old)).every((result) => result.grade !== null)).toBe(true)
  })
})

describe('the workbooks', () => {
  const sheets = new Map(wardWorkbookRows(ward).map(({ sheet, rows }) => [sheet, rows]))
  const text = (cell: Cell | undefined) => (typeof cell === 'string' ? cell : '')
  const body = (sheet: string) => sheets.get(sheet)?.slice(1) ?? []

  test('have the sheets and headers the bot reads', () => {
    expect([...sheets].map(([sheet, rows]) => [sheet, rows[0]?.length, rows.length])).toEqual([
      ['Chi bộ', 4, 16],
      ['Đảng viên', 13, 643],
      ['Chức vụ', 6, ward.posts.length + 1],
    ])
    for (const rows of sheets.values()) for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0)
  })
  test('say nothing that the rules do not recognise', () => {
    for (const row of body('Chi bộ')) expect(recogniseSector(text(row[2]))).toBeDefined()
    for (const row of body('Đảng viên')) {
      expect([recogniseGender(text(row[3])), recogniseStatus(text(row[6]))]).not.toContain(undefined)
    }
    for (const row of body('Chức vụ')) expect(recognisePost(text(row[2]), row[3] ? 'branch' : 'ward').ok).toBe(true)
  })
  test('keep days as days', () => {
    const [row] = body('Đảng viên')
    const birth = row?.[2]
    expect(birth instanceof Date && fromUtcMidnight(birth).toString()).toBe(ward.members[0]?.birthDate.toString())
  })
  test('the results stand in one sheet', () => {
    const [sheet, ...rest] = resultsWorkbookRows(ward, period)
    expect(rest).toEqual([])
    expect(sheet?.sheet).toBe('Kết quả')
    expect(sheet?.rows).toHaveLength(31)
  })
})
