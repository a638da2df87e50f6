import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateWard } from '../../../src/demo/generate/ward.ts'
import { wardWorkbookRows } from '../../../src/demo/generate/workbook.ts'
import { branchesOf, confirmImport, leadersOfBranch } from '../../../src/features/registry/index.ts'
import { readWorkbook, writeWorkbook } from '../../../src/platform/workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { check, emptyWard, importAll } from './officers.ts'
import { branchLine, memberLine, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** Seconds of the processor, this process's own: a busy machine does not change them. PGlite runs in the process. */
async function seconds<T>(work: () => Promise<T>): Promise<[number, T]> {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return [(user + system) / 1_000_000, result]
}

describe('a whole ward', () => {
  it('of 642 people is written within two seconds, and the same file changes 0 rows', { timeout: 60_000 }, async () => {
    const { wardId, ctx } = await emptyWard(test)
    const ward = generateWard(1, ctx.today())
    const read = await readWorkbook(await writeWorkbook(wardWorkbookRows(ward)))
    if (!read.ok) throw new Error(read.problem.code)
    const checked = await check(ctx, read.value)
    expect(checked.problems).toEqual([])
    expect(checked.counts.members.new).toBe(642)
    const [took, confirmed] = await seconds(() => confirmImport(ctx, { importId: checked.importId ?? 0 }))
    expect(confirmed.ok).toBe(true)
    expect(took).toBeLessThan(2)
    expect(await check(ctx, read.value)).toMatchObject({ importId: null, problems: [], changes: [] })
    for (const branch of await branchesOf(ctx.db, wardId, ctx.today())) {
      const posts = (await leadersOfBranch(ctx.db, branch.id, ctx.today())).map(({ post }) => post)
      expect(posts.slice(0, 2)).toEqual(['secretary', 'deputySecretary'])
      expect(posts.at(-1)).toBe('supervisingMember')
    }
  })

  it('of 5,000 people is checked within five seconds, and written', { timeout: 60_000 }, async () => {
    const { wardId, ctx } = await emptyWard(test)
    const sheets = workbook({
      branches: Array.from({ length: 80 }, (_, index) => branchLine(index + 1)),
      members: Array.from({ length: 5000 }, (_, index) => memberLine(index, { 'Mã chi bộ': `CB${1 + (index % 80)}` })),
    })
    const [took] = await seconds(() => check(ctx, sheets))
    expect(took).toBeLessThan(5)
    await importAll(ctx, sheets)
    expect(await ctx.db.membership.count({ where: { organisation: { wardId } } })).toBe(5000)
    expect((await check(ctx, sheets)).counts.members).toEqual({ new: 0, changed: 0, same: 5000 })
  })
})
