import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRegistry } from '../../../src/features/registry/export-registry.ts'
import type { Context } from '../../../src/platform/context.ts'
import { createContext } from '../../../src/platform/context.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { type SheetRows, writeWorkbook } from '../../../src/platform/workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { check, emptyWard, importAll, officerOf } from './officers.ts'
import { branchLine, type Line, memberLine, positionLine, smallWard, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** A ward with a tree, a past, people who have left and residents of branches elsewhere. */
const deepWard = workbook({
  branches: [
    { 'Mã chi bộ': 'DB', 'Tên chi bộ': 'Đảng bộ phường Mới', 'Loại tổ chức': 'Đảng bộ phường' },
    {
      'Mã chi bộ': 'TH',
      'Tên chi bộ': 'Đảng bộ Trường Tiểu học',
      'Loại tổ chức': 'Tổ chức cơ sở đảng',
      'Trực thuộc': 'DB',
    },
    branchLine(1, { 'Trực thuộc': 'db', 'Ngày thành lập': '15/01/2004', 'Số quyết định thành lập': '12-QĐ/ĐU' }),
    branchLine(2, { 'Loại tổ chức': 'Chi bộ trường', Loại: 'Trường học', 'Trực thuộc': 'TH' }),
    branchLine(3, {
      'Tên chi bộ': 'Chi bộ cơ quan',
      Loại: 'Cơ quan',
      'Ngày thành lập': '01/01/2000',
      'Ngày giải thể': '30/09/2019',
      'Số quyết định giải thể': '45-QĐ/ĐU',
    }),
    { 'Mã chi bộ': 'TD1', 'Tên chi bộ': 'Tổ đảng 1', 'Loại tổ chức': 'Tổ đảng', 'Trực thuộc': 'CB1' },
  ],
  members: [
    memberLine(1, { 'Điện thoại': '0912345678', 'Giới tính': 'Nam', 'Ngày về chi bộ': '01/10/2019' }),
    memberLine(2, { 'Ngày sinh': 1954, 'Tình trạng': 'Miễn sinh hoạt', 'Mã chi bộ': 'CB2' }),
    memberLine(3, { 'Mã chi bộ': null, 'Tình trạng': null, 'Ngày về chi bộ': null }),
    memberLine(4, { 'Mã chi bộ': null, 'Tình trạng': null, 'Ngày về chi bộ': null }),
  ],
  positions: [
    positionLine(1),
    positionLine(1, { 'Mã chi bộ': 'CB3', 'Từ ngày': '01/01/2010', 'Đến ngày': '30/09/2019' }),
    positionLine(2, { 'Mã chi bộ': 'TH' }),
    positionLine(2, { 'Chức vụ': 'Chủ tịch UBND phường Mới', 'Mã chi bộ': null }),
  ],
  more: {
    'Loại tổ chức': [{ 'Tên loại': 'Chi bộ trường', 'Tương đương': 'Chi bộ' }],
    'Tổ dân phố': [{ 'Tên tổ dân phố': 'Tổ dân phố số 4', 'Mã chi bộ': 'CB1', 'Số hộ': 254, 'Số dân': '1.925' }],
    'Sinh hoạt': [
      {
        'Số đảng viên': 'ĐV1',
        'Mã chi bộ': 'CB3',
        'Từ ngày': '01/01/2000',
        'Đến ngày': '30/09/2019',
        'Lý do': 'giải thể',
      },
      { 'Số đảng viên': 'ĐV1', 'Mã chi bộ': 'CB2', 'Hình thức': 'Tạm thời', 'Từ ngày': '01/06/2026' },
      { 'Số đảng viên': 'ĐV3', 'Mã chi bộ': 'CB1', 'Từ ngày': '01/01/2001', 'Đến ngày': '31/12/2020' },
    ],
    'Tình trạng': [
      { 'Số đảng viên': 'ĐV1', 'Tình trạng': 'Dự bị', 'Từ ngày': '03/02/1999', 'Đến ngày': '02/02/2000' },
      { 'Số đảng viên': 'ĐV1', 'Tình trạng': 'Chính thức', 'Từ ngày': '03/02/2000' },
      { 'Số đảng viên': 'ĐV2', 'Tình trạng': 'Miễn sinh hoạt', 'Từ ngày': '01/07/2024' },
    ],
    'Công tác': [
      {
        'Số đảng viên': 'ĐV1',
        'Cơ quan': 'UBND phường',
        'Chức danh': 'Chuyên viên',
        'Từ ngày': '01/01/2005',
        'Đến ngày': '31/12/2015',
      },
      { 'Số đảng viên': 'ĐV1', 'Cơ quan': 'UBND phường', 'Chức danh': 'Phó Chủ tịch', 'Từ ngày': '01/01/2016' },
    ],
    'Cư trú': [
      {
        'Số đảng viên': 'ĐV4',
        'Mã chi bộ': 'CB1',
        'Nơi công tác': 'Bộ Xây dựng',
        'Miễn nhận xét': 'x',
        'Từ ngày': '01/03/2020',
      },
    ],
    'Nhận xét cư trú': [{ 'Số đảng viên': 'ĐV4', Năm: 2025, 'Nhận xét': 'Chấp hành tốt nơi cư trú.' }],
  },
})

async function exported(ctx: Context): Promise<SheetRows[]> {
  const result = await exportRegistry(ctx)
  if (!result.ok) throw new Error(result.problem.code)
  const read = await readWorkbook(await writeWorkbook(result.value.sheets))
  if (!read.ok) throw new Error(read.problem.code)
  return read.value
}

describe('the whole register as a workbook', () => {
  it('with its tree and its past is written, and changes nothing when it comes back', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, deepWard)
    expect(await check(ctx, deepWard)).toMatchObject({ importId: null, problems: [], changes: [] })
    const sheets = await exported(ctx)
    expect(await check(ctx, sheets)).toMatchObject({ importId: null, problems: [], changes: [] })
    expect(sheets.find(({ sheet }) => sheet === 'Chi bộ')?.rows[2]).toEqual([
      'CB2',
      'Chi bộ tổ dân phố số 2',
      'Trường học',
      null,
      null,
      'Chi bộ trường',
      'TH',
      null,
      null,
    ])
  })

  it('makes the same register of an empty one', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, deepWard)
    const sheets = await exported(ctx)
    const { ctx: other } = await emptyWard(test)
    await importAll(other, sheets)
    expect(await exported(other)).toEqual(sheets)
  })

  it('of a ward that was not imported changes nothing either', async () => {
    const ward = await createTestWard(test)
    const ctx = createContext(test.app.services, officerOf(ward.id), null)
    expect(await check(ctx, await exported(ctx))).toMatchObject({ importId: null, problems: [], changes: [] })
  })

  it('is recorded when it leaves, and is for officers', async () => {
    const { ctx, wardId, officer } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    await exported(ctx)
    const { action, subject } = await ctx.db.auditEntry.findFirstOrThrow({ where: { wardId }, orderBy: { id: 'desc' } })
    expect([action, subject]).toEqual(['registry.exported', { people: 3 }])
    const stranger = createContext(test.app.services, { ...officer, grants: [] }, null)
    expect(await exportRegistry(stranger)).toMatchObject({ problem: { code: 'access.denied' } })
  })
})

describe('the tree', () => {
  const branches = async (...lines: Line[]) => {
    const { ctx } = await emptyWard(test)
    return (await check(ctx, workbook({ branches: lines }))).problems.map(
      ({ row, problem }) => `${row} ${problem.code}`,
    )
  }

  it('names a parent that is unknown or no higher, and a kind that nobody knows', async () => {
    expect(await branches(branchLine(1, { 'Trực thuộc': 'DB' }))).toEqual(['2 registry.parentUnknown'])
    expect(await branches(branchLine(1), branchLine(2, { 'Trực thuộc': 'CB1' }))).toEqual(['3 registry.parentTooLow'])
    expect(await branches(branchLine(1, { 'Loại tổ chức': 'Câu lạc bộ' }))).toEqual(['2 registry.kindUnknown'])
  })

  it('has members only in branches', async () => {
    const { ctx } = await emptyWard(test)
    const top = branchLine(1, { 'Loại tổ chức': 'Đảng bộ bộ phận' })
    const { problems } = await check(ctx, workbook({ branches: [top], members: [memberLine(1)] }))
    expect(problems).toMatchObject([{ column: 'Mã chi bộ', problem: { code: 'registry.notABranch' } }])
  })

  it('loses a branch only when nobody belongs to it or holds a post in it any more', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const dissolved = branchLine(1, { 'Ngày giải thể': '31/10/2026', 'Số quyết định giải thể': '9-QĐ/ĐU' })
    expect((await check(ctx, workbook({ branches: [dissolved] }))).problems).toMatchObject([
      { column: 'Ngày giải thể', problem: { code: 'registry.stillInside', params: { count: 2, posts: 1 } } },
    ])
    const moved = { 'Mã chi bộ': 'CB2', 'Ngày về chi bộ': '01/11/2026' }
    await importAll(
      ctx,
      workbook({
        branches: [dissolved],
        members: [memberLine(1, moved), memberLine(2, moved)],
        positions: [positionLine(1, { 'Đến ngày': '31/10/2026' })],
      }),
    )
    const { problems } = await check(ctx, workbook({ positions: [positionLine(2, { 'Từ ngày': '01/11/2026' })] }))
    expect(problems).toMatchObject([{ problem: { code: 'registry.branchDissolved' } }])
  })
})

it('a resident keeps contact with a branch that stands, and it is not dissolved under them', async () => {
  const { ctx } = await emptyWard(test)
  await importAll(ctx, workbook({ branches: [branchLine(1), branchLine(2)] }))
  const resident = { 'Số đảng viên': 'C1', 'Họ và tên': 'Đỗ Thị An' }
  const contact = (branch: string, to: string | null = null): Line => ({
    ...resident,
    'Mã chi bộ': branch,
    'Từ ngày': '01/01/2025',
    'Đến ngày': to,
  })
  const people = { members: [resident] }
  await importAll(ctx, workbook({ ...people, more: { 'Cư trú': [contact('CB1')] } }))
  const gone = (nth: number) => branchLine(nth, { 'Ngày giải thể': '31/10/2026', 'Số quyết định giải thể': '9-QĐ/ĐU' })
  const told = await check(ctx, workbook({ branches: [gone(1)] }))
  expect(told.problems).toMatchObject([{ problem: { code: 'registry.stillInside', params: { count: 1, posts: 0 } } }])
  await importAll(ctx, workbook({ branches: [gone(2)] }))
  const refused = await check(
    ctx,
    workbook({ more: { 'Cư trú': [contact('CB1', '31/10/2026'), { ...contact('CB2'), 'Từ ngày': '01/11/2026' }] } }),
  )
  expect(refused.problems).toMatchObject([{ column: 'Mã chi bộ', problem: { code: 'registry.branchDissolved' } }])
})

describe('the past', () => {
  const past = async (sheet: 'Sinh hoạt' | 'Tình trạng' | 'Công tác' | 'Cư trú', ...lines: Line[]) => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    return (await check(ctx, workbook({ more: { [sheet]: lines } }))).problems.map(({ problem }) => problem.code)
  }
  const line = (from: string, to: string | null, other: Line = {}): Line => ({
    'Số đảng viên': 'ĐV1',
    'Mã chi bộ': 'CB2',
    'Tình trạng': 'Dự bị',
    'Cơ quan': 'UBND phường',
    'Từ ngày': from,
    'Đến ngày': to,
    ...other,
  })

  it('has nobody in two branches on one day', async () => {
    expect(await past('Sinh hoạt', line('01/01/2015', '31/12/2019'))).toEqual([])
    expect(await past('Sinh hoạt', line('01/01/2015', '01/01/2020'))).toEqual(['registry.stretchOverlaps'])
    expect(await past('Sinh hoạt', line('01/01/2025', null))).toEqual(['registry.stretchOverlaps'])
    expect(await past('Sinh hoạt', line('01/01/2025', null, { 'Hình thức': 'Tạm thời' }))).toEqual([])
    const twice = [line('01/01/2015', '31/12/2016'), line('01/06/2016', '31/12/2017', { 'Mã chi bộ': 'CB1' })]
    expect(await past('Sinh hoạt', ...twice)).toEqual(['registry.stretchOverlaps'])
  })

  it('names the same row twice, an end before the beginning, a day ahead, a stranger', async () => {
    expect(await past('Tình trạng', line('01/01/2015', '31/12/2015'), line('01/01/2015', '31/12/2015'))).toEqual([
      'registry.stretchTwice',
    ])
    expect(await past('Công tác', line('01/01/2015', '31/12/2014'))).toEqual(['registry.endBeforeStart'])
    expect(await past('Cư trú', line('01/01/2030', null))).toEqual(['registry.dayAhead'])
    expect(await past('Cư trú', line('01/01/2020', null, { 'Số đảng viên': 'ĐV9' }))).toEqual([
      'registry.personUnknown',
    ])
  })

  it('ends a membership, and does not open it again', async () => {
    const { ctx } = await emptyWard(test)
    await importAll(ctx, workbook(smallWard))
    const own = { 'Mã chi bộ': 'CB1' }
    const ended = line('01/01/2020', '31/10/2026', { ...own, 'Lý do': 'chuyển đi' })
    const { changes } = await importAll(ctx, workbook({ more: { 'Sinh hoạt': [ended] } }))
    expect(changes).toMatchObject([{ kind: 'history', part: 'memberships', to: '2026-10-31' }])
    const again = await check(ctx, workbook({ more: { 'Sinh hoạt': [line('01/01/2020', null, own)] } }))
    expect(again.problems).toMatchObject([{ problem: { code: 'registry.stretchEnded' } }])
  })
})

describe('spellings met in the field', () => {
  it('an x under Nam or Nữ, under Dự bị or Miễn sinh hoạt, days with dots, serials, years', async () => {
    const { ctx, wardId } = await emptyWard(test)
    const rows = [
      [
        'STT',
        'SO DANG VIEN',
        'Ho va ten',
        'Nam sinh',
        'NAM',
        'NU',
        'Ma chi bo',
        'Du bi',
        'Mien sinh hoat',
        'Ngay ve chi bo',
      ],
      [1, 'ĐV1', 'TRẦN THỊ A', '01.05.1980', null, 'x', 'cb1', null, null, 43831],
      [2, 'ĐV2', 'Lê Văn B', 1954, 'X', null, 'CB1', null, 'có', '1/1/2020'],
      [3, 'ĐV3', 'Phạm Văn C', '1/5/1999', 'có', null, 'CB 1', 'x', null, '2020-01-01'],
    ]
    await importAll(ctx, [...workbook({ branches: [branchLine(1)] }), { sheet: 'DANG VIEN', rows }])
    const people = await ctx.db.person.findMany({
      where: { wardId },
      orderBy: { number: 'asc' },
      include: { statuses: true, memberships: true },
    })
    expect(people.map((one) => [one.fullName, one.birthYear, one.gender, one.statuses[0]?.kind])).toEqual([
      ['Trần Thị A', 1980, 'female', 'official'],
      ['Lê Văn B', 1954, 'male', 'exempt'],
      ['Phạm Văn C', 1999, 'male', 'probationary'],
    ])
    expect(new Set(people.map(({ memberships }) => memberships[0]?.from.toISOString().slice(0, 10)))).toEqual(
      new Set(['2020-01-01']),
    )
  })

  it('two ticks that contradict each other, and a tick nobody understands, are named', async () => {
    const { ctx } = await emptyWard(test)
    const rows = [
      ['Số đảng viên', 'Họ và tên', 'Nam', 'Nữ', 'Mã chi bộ', 'Tình trạng'],
      ['ĐV1', 'Trần Thị A', 'x', 'x', 'CB1', 'Chính thức'],
      ['ĐV2', 'Trần Thị B', '?', null, 'CB1', 'Chính thức'],
    ]
    const { problems } = await check(ctx, [...workbook({ branches: [branchLine(1)] }), { sheet: 'Đảng viên', rows }])
    expect(problems.map(({ row, column, problem }) => [row, column, problem.code])).toEqual([
      [2, 'Nữ', 'registry.tickedTwice'],
      [3, 'Nam', 'registry.markUnreadable'],
    ])
  })
})
