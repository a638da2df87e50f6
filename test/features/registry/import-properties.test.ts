import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRegistry } from '../../../src/features/registry/export-registry.ts'
import { branchesOf, membersOf } from '../../../src/features/registry/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { check, emptyWard, importAll } from './officers.ts'
import { branchLine, type Line, memberLine, positionLine, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const orEmpty = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const day = fc
  .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2000, max: 2024 }))
  .map(([day, month, year]) => `${day}/${month}/${year}`)
const branchCode = fc.constantFrom('CB1', 'CB2', 'cb3')

const member = fc
  .record({
    'Ngày sinh': orEmpty(fc.oneof(fc.integer({ min: 1930, max: 2000 }), fc.constant('1.5.1980'))),
    'Giới tính': orEmpty(fc.constantFrom('Nam', 'nữ')),
    'Điện thoại': orEmpty(fc.constantFrom('0912345678', 912345679, 'Xóa')),
    'Mã chi bộ': branchCode,
    'Tình trạng': fc.constantFrom('Chính thức', 'Miễn', 'Đình chỉ'),
    'Ngày về chi bộ': orEmpty(day),
    'Cơ quan': orEmpty(fc.constantFrom('UBND phường', 'Xóa')),
    'Ghi chú': orEmpty(fc.constantFrom('=1+1', '  hai  dấu cách ')),
  })
  .map((line): Line => line)

const position = fc
  .record({
    'Chức vụ': fc.constantFrom('Chi ủy viên', 'Phó Bí thư chi bộ', 'PBT'),
    'Mã chi bộ': branchCode,
    'Từ ngày': orEmpty(day),
  })
  .map((line): Line => line)

/** Up to eight members, and posts of some of them, one at most for each. */
const rows = fc.array(fc.tuple(member, orEmpty(position)), { minLength: 1, maxLength: 8 }).map((people) => ({
  branches: [branchLine(1), branchLine(2), branchLine(3)],
  members: people.map(([line], index) => memberLine(index, line)),
  positions: people.flatMap(([, line], index) => (line ? [positionLine(index, line)] : [])),
}))

describe('whatever right rows are imported', () => {
  it('the same rows again change nothing, nor does the register as it is exported', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        const { ctx } = await emptyWard(test)
        await importAll(ctx, workbook(lines))
        const again = await check(ctx, workbook(lines))
        expect(again).toMatchObject({ importId: null, problems: [], changes: [] })
        const exported = await exportRegistry(ctx)
        if (!exported.ok) throw new Error(exported.problem.code)
        expect(await check(ctx, exported.value.sheets)).toMatchObject({ importId: null, problems: [], changes: [] })
      }),
      { numRuns: 25 },
    )
  })

  it('their order does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        const { ctx } = await emptyWard(test)
        await importAll(ctx, workbook(lines))
        const turned = {
          branches: lines.branches.toReversed(),
          members: lines.members.toReversed(),
          positions: lines.positions.toReversed(),
        }
        expect(await check(ctx, workbook(turned))).toMatchObject({ importId: null, problems: [] })
      }),
      { numRuns: 15 },
    )
  })

  it('each person is in one branch on each day, also after they have moved', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(branchCode, { minLength: 8, maxLength: 8 }), async (lines, moves) => {
        const { wardId, ctx } = await emptyWard(test)
        await importAll(ctx, workbook(lines))
        const moved = lines.members.map((line, index) => ({
          ...line,
          'Mã chi bộ': moves[index] ?? 'CB1',
          'Ngày về chi bộ': null,
        }))
        await importAll(ctx, workbook({ members: moved }))
        const today = ctx.today()
        for (const on of [today, today.subtract({ days: 1 }), today.subtract({ years: 1 })]) {
          const everywhere = await Promise.all(
            (await branchesOf(ctx.db, wardId, on)).map(({ id }) => membersOf(ctx.db, id, on)),
          )
          const numbers = everywhere.flat().map(({ number }) => number)
          expect(new Set(numbers).size).toBe(numbers.length)
          if (on.equals(today)) expect(numbers).toHaveLength(lines.members.length)
        }
      }),
      { numRuns: 15 },
    )
  })
})
