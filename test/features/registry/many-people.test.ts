import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateWard } from '../../../src/demo/generate/ward.ts'
import { wardWorkbookRows } from '../../../src/demo/generate/workbook.ts'
import { branchesOf, confirmImport, leadersOfBranch } from '../../../src/features/registry/index.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { writeWorkbook } from '../../../src/platform/workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { check, emptyWard, importAll } from './officers.ts'
import { branchLine, memberLine, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('a whole ward', () => {
  it('of 642 people is written, and the same file changes 0 rows', { timeout: 60_000 }, async () => {
    const { wardId, ctx } = await emptyWard(test)
    const ward = generateWard(1, ctx.today())
    const read = await readWorkbook(await writeWorkbook(wardWorkbookRows(ward)))
    if (!read.ok) throw new Error(read.problem.code)
    const checked = await check(ctx, read.value)
    expect(checked.problems).toEqual([])
    expect(checked.counts.members.new).toBe(642)
    const confirmed = await confirmImport(ctx, { importId: checked.importId ?? 0 })
    expect(confirmed.ok).toBe(true)
    expect(await check(ctx, read.value)).toMatchObject({ importId: null, problems: [], changes: [] })
    for (const branch of await branchesOf(ctx.db, wardId, ctx.today())) {
      const posts = (await leadersOfBranch(ctx.db, branch.id, ctx.today())).map(({ post }) => post)
      expect(posts.slice(0, 2)).toEqual(['secretary', 'deputySecretary'])
      expect(posts.at(-1)).toBe('supervisingMember')
    }
  })

  it('of 5,000 people is checked and written', { timeout: 60_000 }, async () => {
    const { wardId, ctx } = await emptyWard(test)
    const sheets = workbook({
      branches: Array.from({ length: 80 }, (_, index) => branchLine(index + 1)),
      members: Array.from({ length: 5000 }, (_, index) => memberLine(index, { 'Mã chi bộ': `CB${1 + (index % 80)}` })),
    })
    await importAll(ctx, sheets)
    expect(await ctx.db.membership.count({ where: { organisation: { wardId } } })).toBe(5000)
    expect((await check(ctx, sheets)).counts.members).toEqual({ new: 0, changed: 0, same: 5000 })
  })
})
