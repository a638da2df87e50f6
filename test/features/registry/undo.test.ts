import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discardOldImports } from '../../../src/features/registry/discard-import.ts'
import { undoImport } from '../../../src/features/registry/undo-import.ts'
import { type Context, createContext, nobody } from '../../../src/platform/context.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { emptyWard, importAll, officerOf } from './officers.ts'
import { branchLine, type Line, memberLine, positionLine, smallWard, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** Everything a ward's register holds, without the ids that an undo cannot give back. */
async function registerOf(ctx: Context, wardId: number) {
  const people = await ctx.db.person.findMany({
    where: { wardId },
    orderBy: { id: 'asc' },
    include: { memberships: true, statuses: true, positions: true, cadres: true, liaisons: true },
  })
  const branches = await ctx.db.organisation.findMany({ where: { wardId }, orderBy: { id: 'asc' } })
  return { people, branches, groups: await ctx.db.residentialGroup.findMany({ where: { wardId } }) }
}

const second = workbook({
  branches: [branchLine(1, { 'Tên chi bộ': 'Chi bộ số Một' }), branchLine(3)],
  members: [
    memberLine(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': '01/11/2026', 'Điện thoại': '0912345678' }),
    memberLine(2, { 'Tình trạng': 'Đình chỉ', 'Cơ quan': 'UBND phường' }),
    memberLine(5, { 'Mã chi bộ': 'CB3' }),
  ],
  positions: [positionLine(1, { 'Đến ngày': '31/10/2026' }), positionLine(2, { 'Từ ngày': '01/11/2026' })],
  more: {
    'Tổ dân phố': [{ 'Tên tổ dân phố': 'Tổ 1', 'Mã chi bộ': 'CB3' }],
    'Cư trú': [{ 'Số đảng viên': 'ĐV3', 'Mã chi bộ': 'CB1', 'Từ ngày': '01/01/2026' }],
    'Nhận xét cư trú': [{ 'Số đảng viên': 'ĐV3', Năm: 2026, 'Nhận xét': 'Tốt.' }],
  },
})

const importOne = async (ctx: Context, ...members: Line[]) =>
  (await importAll(ctx, workbook({ members }))).importId ?? 0
const used = { problem: { code: 'registry.undoUsed' } }

describe('an import that is undone', () => {
  it('leaves the register as it was, to the last row, and is recorded', async () => {
    const { ctx, wardId } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const before = await registerOf(ctx, wardId)
    const importId = (await importAll(ctx, second)).importId ?? 0
    expect(await registerOf(ctx, wardId)).not.toEqual(before)
    expect(await undoImport(ctx, { importId })).toEqual({ ok: true, value: true })
    expect(await registerOf(ctx, wardId)).toEqual(before)
    expect(await undoImport(ctx, { importId })).toEqual({ ok: true, value: true })
    const entries = await ctx.db.auditEntry.findMany({ where: { wardId, action: 'registry.importUndone' } })
    expect(entries.map(({ subject }) => subject)).toEqual([{ import: importId }])
    expect((await importAll(ctx, second)).counts.members).toEqual({ new: 1, changed: 2, same: 0 })
  })

  it('may be followed by undoing the one before it, not the other way round', async () => {
    const { ctx, wardId } = await emptyWard(test)
    const first = (await importAll(ctx, workbook(smallWard))).importId ?? 0
    const next = await importOne(ctx, memberLine(1, { 'Điện thoại': '0912345678' }))
    expect(await undoImport(ctx, { importId: first })).toMatchObject(used)
    expect(await undoImport(ctx, { importId: next })).toMatchObject({ ok: true })
    expect(await undoImport(ctx, { importId: first })).toMatchObject({ ok: true })
    expect((await registerOf(ctx, wardId)).people).toEqual([])
  })

  it('is refused once anything refers to its people or branches, whatever that is', async () => {
    const { ctx, wardId } = await emptyWard(test)
    const importId = (await importAll(ctx, workbook(smallWard))).importId ?? 0
    const { people, branches } = await registerOf(ctx, wardId)
    const [person, branch] = [people[0]?.id ?? 0, branches[0]?.id ?? 0]
    const now = ctx.now()
    const code = { kind: 'person', createdAt: now, expiresAt: now }
    const makers = [
      async () => {
        const { id } = await ctx.db.accessCode.create({ data: { ...code, hash: `a${wardId}`, personId: person } })
        return () => ctx.db.accessCode.delete({ where: { id } })
      },
      async () => {
        const chat = { chatId: BigInt(-wardId), title: 'Nhóm', linkedAt: now }
        const { id } = await ctx.db.groupLink.create({ data: { organisationId: branch, ...chat } })
        return () => ctx.db.groupLink.delete({ where: { id } })
      },
    ]
    for (const make of makers) {
      const unmake = await make()
      expect(await undoImport(ctx, { importId })).toMatchObject(used)
      await unmake()
    }
    expect(await undoImport(ctx, { importId })).toMatchObject({ ok: true })
  })

  it('that only moved somebody is refused once the new branch has had them vote', async () => {
    const { ctx, wardId } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const importId = await importOne(ctx, memberLine(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': '01/11/2026' }))
    const { people, branches } = await registerOf(ctx, wardId)
    const roll = { create: [{ personId: people[0]?.id ?? 0, counts: 'always' }] }
    const pack = { packId: 'p', packHash: 'h', pack: {} }
    const drafted = { branchId: branches[1]?.id ?? 0, number: 1, title: '?', createdById: 0, createdAt: ctx.now() }
    await ctx.db.vote.create({ data: { ...drafted, ...pack, roll } })
    expect(await undoImport(ctx, { importId })).toMatchObject(used)
  })

  it('is for who sent it, while they are an officer, and for a month', async () => {
    const { ctx, wardId, officer } = await emptyWard(test)
    const importId = (await importAll(ctx, workbook(smallWard))).importId ?? 0
    const as = (actor: typeof officer) => undoImport(createContext(test.app.services, actor, null), { importId })
    expect(await as(officerOf(wardId))).toMatchObject({ problem: { code: 'registry.importOfAnother' } })
    expect(await as({ ...officer, grants: [] })).toMatchObject({ problem: { code: 'access.denied' } })
    const later = new Date(ctx.now().getTime() + 31 * 86_400_000)
    await discardOldImports(createContext(test.app.services, nobody, null), later)
    expect(await as(officer)).toMatchObject({ problem: { code: 'registry.undoOver' } })
    const { undo } = await ctx.db.registryImport.findUniqueOrThrow({ where: { id: importId } })
    expect(undo).toBeNull()
  })
})
