import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromUtcMidnight, toUtcMidnight } from '../../../src/domain/dates.ts'
import { discardImport, discardOldImports } from '../../../src/features/registry/discard-import.ts'
import { branchesOf, checkRegistry, confirmImport, membersOf, titleOf } from '../../../src/features/registry/index.ts'
import { createContext, nobody } from '../../../src/platform/context.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { check, emptyWard, importAll, officerOf } from './officers.ts'
import { branchLine, type Line, memberLine, positionLine, smallWard, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-11-23')

const memberships = (wardId: number, number: string) => stretches('membership', wardId, number)
const statuses = (wardId: number, number: string) => stretches('memberStatus', wardId, number)

/** `what from–to` of a person's rows in the order of their beginning. */
async function stretches(table: 'membership' | 'memberStatus' | 'position' | 'cadre', wardId: number, number: string) {
  const person = await test.app.services.database.person.findUniqueOrThrow({
    where: { wardId_number: { wardId, number } },
    include: {
      memberships: { include: { organisation: true } },
      statuses: true,
      positions: { include: { organisation: true } },
      cadres: true,
    },
  })
  const rows = {
    membership: person.memberships.map((row) => ({ ...row, what: row.organisation.code })),
    memberStatus: person.statuses.map((row) => ({ ...row, what: row.kind })),
    position: person.positions.map((row) => ({ ...row, what: `${row.title} ${row.organisation?.code ?? 'phường'}` })),
    cadre: person.cadres.map((row) => ({ ...row, what: `${row.office}/${row.job}` })),
  }[table]
  return rows
    .sort((a, b) => a.id - b.id)
    .map(({ what, from, to }) => `${what} ${fromUtcMidnight(from)}–${to ? fromUtcMidnight(to) : ''}`)
}

function small(number: number, other: Line) {
  return workbook({ members: [memberLine(number, other)] })
}

describe('a first import', () => {
  it('brings branches, members and posts, as the workbook has them', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const { counts } = await importAll(ctx, workbook(smallWard))
    expect(counts).toMatchObject({
      branches: { new: 2, changed: 0, same: 0 },
      members: { new: 3, changed: 0, same: 0 },
      positions: { new: 1, changed: 0, same: 0 },
    })
    const [first] = await branchesOf(ctx.db, wardId, today)
    expect(first).toMatchObject({ code: 'CB1', name: 'Chi bộ tổ dân phố số 1', sector: 'residential' })
    const members = await membersOf(ctx.db, first?.id ?? 0, today)
    expect(members.map(({ number, birthYear, status }) => [number, birthYear, status])).toEqual([
      ['ĐV1', 1980, 'official'],
      ['ĐV2', 1980, 'official'],
    ])
    expect(await titleOf(ctx.db, members[0]?.id ?? 0, today)).toBe('Bí thư Chi bộ tổ dân phố số 1')
    expect(await membersOf(ctx.db, first?.id ?? 0, day('2019-12-31'))).toEqual([])
  })

  it('writes nothing before it is confirmed, and leaves no rows behind after', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const { importId } = await check(ctx, workbook(smallWard))
    expect(await ctx.db.person.count({ where: { wardId } })).toBe(0)
    await confirmImport(ctx, { importId: importId ?? 0 })
    const row = await ctx.db.registryImport.findUniqueOrThrow({ where: { id: importId ?? 0 } })
    expect(row).toMatchObject({ state: 'confirmed', content: null })
    const audit = await ctx.db.auditEntry.findMany({ where: { wardId } })
    expect(audit.map(({ action, subject }) => [action, subject])).toEqual([
      ['registry.imported', { import: importId, rows: 6 }],
    ])
  })

  it('stores nothing where a single cell is wrong', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const members = [...smallWard.members, memberLine(4, { 'Mã chi bộ': 'CB9' })]
    const checked = await check(ctx, workbook({ ...smallWard, members }))
    expect(checked.importId).toBeNull()
    expect(checked.problems.map(({ row, column }) => [row, column])).toEqual([[5, 'Mã chi bộ']])
    expect(await ctx.db.registryImport.count({ where: { wardId } })).toBe(0)
  })

  it('names a wrong row once, and not the posts that refer to it', async () => {
    const { ctx } = await emptyWard(test)
    const members = [memberLine(1, { 'Tình trạng': '?' }), memberLine(2), memberLine(3, { 'Mã chi bộ': 'CB2' })]
    const { problems } = await check(ctx, workbook({ ...smallWard, members }))
    expect(problems.map(({ problem }) => problem.code)).toEqual(['registry.statusUnknown'])
  })

  it('of another ward may use the same numbers and codes', async () => {
    const first = await emptyWard(test)
    const second = await emptyWard(test)
    await importAll(first.ctx, workbook(smallWard))
    const { counts } = await importAll(second.ctx, workbook(smallWard))
    expect(counts.members.new).toBe(3)
  })
})

describe('the same workbook again', () => {
  it('changes 0 rows and asks for nothing', async () => {
    const { ctx } = await emptyWard(test)
    const full = workbook({
      branches: [branchLine(1, { 'Ngày thành lập': '15/01/2004' }), branchLine(2)],
      members: [
        memberLine(1, {
          'Điện thoại': '0912345678',
          'Cơ quan': 'UBND phường',
          'Chức danh': 'Chủ tịch',
          'Ghi chú': 'x',
        }),
        memberLine(2, { 'Ngày sinh': 1954, 'Tình trạng': 'Miễn sinh hoạt', 'Ngày về chi bộ': null }),
        memberLine(3, { 'Tình trạng': 'Dự bị', 'Ngày vào Đảng': '01/03/2026', 'Mã chi bộ': 'CB2' }),
      ],
      positions: [
        positionLine(1, { 'Chức vụ': 'Chủ tịch UBND phường', 'Mã chi bộ': null, 'Từ ngày': null }),
        positionLine(2, { 'Từ ngày': '01/01/2020', 'Đến ngày': '14/04/2025' }),
        positionLine(1),
      ],
    })
    await importAll(ctx, full)
    expect(await check(ctx, full)).toMatchObject({
      importId: null,
      problems: [],
      changes: [],
      counts: { branches: { same: 2 }, members: { same: 3 }, positions: { same: 3 } },
    })
  })

  it('sent while the first one waits can be confirmed once; the older is put aside', async () => {
    const { ctx } = await emptyWard(test)
    const first = await check(ctx, workbook(smallWard))
    const second = await check(ctx, workbook(smallWard))
    expect(await confirmImport(ctx, { importId: first.importId ?? 0 })).toMatchObject({
      problem: { code: 'registry.importPutAside' },
    })
    expect(await confirmImport(ctx, { importId: second.importId ?? 0 })).toMatchObject({ value: { kind: 'written' } })
  })

  it('handled twice for one update is one import', async () => {
    const { officer, wardId } = await emptyWard(test)
    const ctx = createContext(test.app.services, officer, `test:${wardId}`)
    const first = await check(ctx, workbook(smallWard))
    const second = await check(ctx, workbook(smallWard))
    expect(second.importId).toBe(first.importId)
  })
})

describe('confirming', () => {
  it('twice writes once and says when', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const { importId } = await check(ctx, workbook(smallWard))
    await confirmImport(ctx, { importId: importId ?? 0 })
    const again = await confirmImport(ctx, { importId: importId ?? 0 })
    expect(again).toMatchObject({ ok: true, value: { kind: 'already' } })
    expect(await ctx.db.membership.count({ where: { organisation: { wardId } } })).toBe(3)
  })

  it('at the same moment writes once', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const { importId } = await check(ctx, workbook(smallWard))
    const both = [confirmImport(ctx, { importId: importId ?? 0 }), confirmImport(ctx, { importId: importId ?? 0 })]
    const kinds = (await Promise.all(both)).map((one) => one.ok && one.value.kind)
    expect(kinds.sort()).toEqual(['already', 'written'])
    expect(await ctx.db.person.count({ where: { wardId } })).toBe(3)
  })

  it('is for who sent the workbook, while they are an officer of that ward', async () => {
    const { wardId, officer, ctx } = await emptyWard(test)
    const { importId } = await check(ctx, workbook(smallWard))
    const as = (actor: typeof officer) =>
      confirmImport(createContext(test.app.services, actor, null), { importId: importId ?? 0 })
    expect(await as(officerOf(wardId))).toMatchObject({ problem: { code: 'registry.importOfAnother' } })
    expect(await as({ ...officer, grants: [] })).toMatchObject({ problem: { code: 'access.denied' } })
    expect(await as(officerOf(wardId + 1))).toMatchObject({ problem: { code: 'access.denied' } })
    expect(await ctx.db.person.count({ where: { wardId } })).toBe(0)
  })

  it('looks at the register as it then is: what has become wrong is not written', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const waiting = await check(ctx, workbook({ members: [memberLine(4)] }))
    const other = createContext(test.app.services, officerOf(wardId), null)
    await importAll(other, workbook({ members: [memberLine(4, { 'Họ và tên': 'Trần Thị Khác', 'Ngày sinh': 1970 })] }))
    expect(await confirmImport(ctx, { importId: waiting.importId ?? 0 })).toMatchObject({
      problem: { code: 'registry.registerChanged', params: { count: 1 } },
    })
  })

  it('leaves nothing half done when the database refuses a row', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const { importId } = await check(ctx, workbook(smallWard))
    const id = importId ?? 0
    const { content } = await ctx.db.registryImport.findUniqueOrThrow({ where: { id } })
    const broken = JSON.parse(JSON.stringify(content).replace('"year":1980', '"year":19800000000'))
    await ctx.db.registryImport.update({ where: { id }, data: { content: broken } })
    await expect(confirmImport(ctx, { importId: id })).rejects.toThrow()
    expect(await ctx.db.organisation.count({ where: { wardId } })).toBe(0)
    expect(await ctx.db.person.count({ where: { wardId } })).toBe(0)
  })

  it('is over once the workbook is dropped, or a week old', async () => {
    const { ctx } = await emptyWard(test)
    const dropped = (await check(ctx, workbook(smallWard))).importId ?? 0
    expect(await discardImport(ctx, { importId: dropped })).toMatchObject({ ok: true })
    expect(await discardImport(ctx, { importId: dropped })).toMatchObject({ ok: true })
    const old = (await check(ctx, workbook(smallWard))).importId ?? 0
    await discardOldImports(
      createContext(test.app.services, nobody, null),
      new Date(ctx.now().getTime() + 8 * 86_400_000),
    )
    for (const importId of [dropped, old]) {
      expect(await confirmImport(ctx, { importId })).toMatchObject({ problem: { code: 'registry.importPutAside' } })
      expect((await ctx.db.registryImport.findUniqueOrThrow({ where: { id: importId } })).content).toBeNull()
    }
  })

  it('an import that was written cannot be dropped any more', async () => {
    const { ctx } = await emptyWard(test)
    const importId = (await importAll(ctx, workbook(smallWard))).importId ?? 0
    expect(await discardImport(ctx, { importId })).toMatchObject({ problem: { code: 'registry.importConfirmed' } })
  })
})

it('who is no officer cannot even check a workbook', async () => {
  const { officer } = await emptyWard(test)
  const ctx = createContext(test.app.services, { ...officer, grants: [] }, null)
  expect(await checkRegistry(ctx, { sheets: workbook(smallWard), fileHash: '' })).toMatchObject({
    problem: { code: 'access.denied' },
  })
})

describe('a member who moves', () => {
  it('leaves the old branch the day before "Ngày về chi bộ"', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const { changes } = await importAll(ctx, small(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': '01/11/2026' }))
    expect(changes).toMatchObject([{ kind: 'moved', from: 'CB1', to: 'CB2', on: '2026-11-01' }])
    expect(await memberships(wardId, 'ĐV1')).toEqual(['CB1 2020-01-01–2026-10-31', 'CB2 2026-11-01–'])
    const [first, second] = await branchesOf(ctx.db, wardId, today)
    const on = async (branch: typeof first, date: string) =>
      (await membersOf(ctx.db, branch?.id ?? 0, day(date))).some(({ number }) => number === 'ĐV1')
    expect(await on(first, '2026-10-31')).toBe(true)
    expect(await on(first, '2026-11-01')).toBe(false)
    expect(await on(second, '2026-11-01')).toBe(true)
  })

  it('leaves it yesterday where no date is given', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    await importAll(ctx, small(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': null }))
    expect(await memberships(wardId, 'ĐV1')).toEqual(['CB1 2020-01-01–2026-11-22', 'CB2 2026-11-23–'])
  })

  it('with the old date still in the cell is asked for the new one', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const { problems } = await check(ctx, small(1, { 'Mã chi bộ': 'CB2' }))
    expect(problems).toMatchObject([
      { column: 'Ngày về chi bộ', problem: { code: 'registry.moveTooEarly', params: { earliest: '02/01/2020' } } },
    ])
  })

  it('on the day of entry, by mistake, was never there', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(
      ctx,
      workbook({ ...smallWard, members: [memberLine(1, { 'Ngày về chi bộ': null })], positions: [] }),
    )
    await importAll(ctx, small(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': '01/03/2021' }))
    const [first, second] = await branchesOf(ctx.db, wardId, today)
    for (const date of ['2021-03-01', '2026-11-22', '2026-11-23']) {
      expect(await membersOf(ctx.db, first?.id ?? 0, day(date))).toEqual([])
      expect(await membersOf(ctx.db, second?.id ?? 0, day(date))).toHaveLength(1)
    }
  })

  it('into a dissolved branch is refused', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook({ ...smallWard, members: [memberLine(1), memberLine(2)] }))
    await ctx.db.organisation.updateMany({
      where: { wardId, code: 'CB2' },
      data: { dissolvedOn: toUtcMidnight(today) },
    })
    const { problems } = await check(ctx, small(1, { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': null }))
    expect(problems).toMatchObject([{ problem: { code: 'registry.branchDissolved' } }])
  })
})

describe('a member who stays', () => {
  it('keeps what empty cells do not say, and loses what "Xóa" takes out', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(
      ctx,
      workbook({ ...smallWard, members: [memberLine(1, { 'Điện thoại': '0912345678', 'Giới tính': 'Nam' })] }),
    )
    const { counts } = await check(ctx, small(1, { 'Ngày sinh': null, 'Điện thoại': null }))
    expect(counts.members).toEqual({ new: 0, changed: 0, same: 1 })
    const { changes } = await importAll(ctx, small(1, { 'Điện thoại': 'Xóa' }))
    expect(changes).toMatchObject([{ kind: 'details', fields: ['phone'] }])
    const person = await ctx.db.person.findUniqueOrThrow({ where: { wardId_number: { wardId, number: 'ĐV1' } } })
    expect(person).toMatchObject({ phone: null, gender: 'male', birthYear: 1980 })
  })

  it('ends the old status when the new one begins', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const probationary = { 'Tình trạng': 'Dự bị', 'Ngày vào Đảng': '01/10/2025' }
    await importAll(ctx, workbook({ ...smallWard, members: [memberLine(1, probationary)], positions: [] }))
    await importAll(ctx, small(1, { 'Ngày chính thức': '01/10/2026' }))
    await importAll(ctx, small(1, { 'Tình trạng': 'Đình chỉ' }))
    expect(await statuses(wardId, 'ĐV1')).toEqual([
      'probationary 2025-10-01–2026-09-30',
      'official 2026-10-01–2026-11-22',
      'suspended 2026-11-23–',
    ])
  })

  it('has the day of arrival corrected in place', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const { changes } = await importAll(ctx, small(1, { 'Ngày về chi bộ': '01/02/2019' }))
    expect(changes).toMatchObject([{ kind: 'joined', on: '2019-02-01' }])
    expect(await memberships(wardId, 'ĐV1')).toEqual(['CB1 2019-02-01–'])
  })

  it('gets another office; the old one ends', async () => {
    const { wardId, ctx } = await emptyWard(test)
    const cadre = (job: string | null) => ({ 'Cơ quan': job && 'UBND phường', 'Chức danh': job })
    await importAll(ctx, workbook({ ...smallWard, members: [memberLine(1, cadre('Chuyên viên'))], positions: [] }))
    await importAll(ctx, small(1, cadre('Phó Chủ tịch')))
    await importAll(ctx, small(1, cadre(null)))
    expect(await stretches('cadre', wardId, 'ĐV1')).toEqual([
      'UBND phường/Chuyên viên 2020-01-01–2026-11-22',
      'UBND phường/Phó Chủ tịch 2026-11-23–',
    ])
    await importAll(ctx, small(1, cadre('Xóa')))
    expect((await stretches('cadre', wardId, 'ĐV1')).every((one) => !one.endsWith('–'))).toBe(false)
  })

  it('may have the diacritics of a name corrected, not another name put under the number', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const named = (name: string, birth: Line = {}) => check(ctx, small(1, { 'Họ và tên': name, ...birth }))
    expect((await named('Nguyễn Vấn B')).changes).toMatchObject([{ kind: 'details', fields: ['fullName'] }])
    expect((await named('Trần Thị Khác', { 'Ngày sinh': '02/02/1970' })).problems).toMatchObject([
      { column: 'Họ và tên', problem: { code: 'registry.numberOfAnother', params: { known: 'Nguyễn Văn B' } } },
    ])
    expect((await named('Nguyễn Mạnh B')).problems).toEqual([])
  })
})

describe('posts', () => {
  const positions = (...lines: Line[]) => workbook({ positions: lines })
  const held = (wardId: number, number: string) => stretches('position', wardId, number)

  it('not in the sheet stay; one with "Đến ngày" ends', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    await importAll(ctx, positions(positionLine(2, { 'Chức vụ': 'Chi ủy viên' })))
    expect(await held(wardId, 'ĐV1')).toEqual(['Bí thư chi bộ CB1 2025-04-15–'])
    await importAll(ctx, positions(positionLine(1, { 'Từ ngày': null, 'Đến ngày': '30/06/2026' })))
    expect(await held(wardId, 'ĐV1')).toEqual(['Bí thư chi bộ CB1 2025-04-15–2026-06-30'])
  })

  it('that have ended are not opened again by an old workbook', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    await importAll(ctx, positions(positionLine(1, { 'Đến ngày': '30/06/2026' })))
    const { problems } = await check(ctx, workbook(smallWard))
    expect(problems).toMatchObject([{ problem: { code: 'registry.positionEnded', params: { day: '30/06/2026' } } }])
  })

  it('a new secretary is refused until the one before has ended, and may follow in the same workbook', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const successor = positionLine(2, { 'Từ ngày': '01/07/2026' })
    expect((await check(ctx, positions(successor))).problems).toMatchObject([
      { problem: { code: 'registry.seatTaken', params: { number: 'ĐV1' } } },
    ])
    await importAll(ctx, positions(successor, positionLine(1, { 'Đến ngày': '30/06/2026' })))
    expect(await held(wardId, 'ĐV2')).toEqual(['Bí thư chi bộ CB1 2026-07-01–'])
  })

  it('a new term ends the old one the day before; an earlier beginning corrects it', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    await importAll(ctx, positions(positionLine(1, { 'Từ ngày': '01/09/2026' })))
    const two = ['Bí thư chi bộ CB1 2025-04-15–2026-08-31', 'Bí thư chi bộ CB1 2026-09-01–']
    expect(await held(wardId, 'ĐV1')).toEqual(two)
    await importAll(ctx, positions(positionLine(2, { 'Chức vụ': 'Chi ủy viên' })))
    await importAll(ctx, positions(positionLine(2, { 'Chức vụ': 'Chi ủy viên', 'Từ ngày': '01/02/2024' })))
    expect(await held(wardId, 'ĐV2')).toEqual(['Chi ủy viên CB1 2024-02-01–'])
  })

  it('keep the title as it is printed', async () => {
    const { wardId, ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const post = { 'Chức vụ': 'Chủ tịch UBND phường Mới', 'Mã chi bộ': null }
    await importAll(ctx, positions(positionLine(2, post)))
    await importAll(ctx, positions(positionLine(2, { ...post, 'Chức vụ': 'Chủ tịch UBND phường' })))
    expect(await held(wardId, 'ĐV2')).toEqual(['Chủ tịch UBND phường phường 2025-04-15–'])
  })
})
