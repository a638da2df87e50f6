import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportRegistry } from '../../../src/features/registry/export-registry.ts'
import { findDuplicates } from '../../../src/features/registry/find-duplicates.ts'
import { memberOf } from '../../../src/features/registry/index.ts'
import { mergePeople } from '../../../src/features/registry/merge-people.ts'
import { createContext } from '../../../src/platform/context.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { newOfficer, reread, send } from './chat.ts'
import { check, emptyWard, importAll } from './officers.ts'
import { type Line, memberLine, smallWard, workbook } from './workbooks.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const twin = { 'Họ và tên': 'Nguyễn Văn Trùng', 'Ngày sinh': '01/05/1980' }

/** A ward with two records of one name, and their ids. */
async function wardWithTwins(first: Line = {}, second: Line = {}) {
  const ward = await emptyWard(test)
  const members = [memberLine(1, { ...twin, ...first }), memberLine(2, { ...twin, ...second }), memberLine(3)]
  await importAll(ward.ctx, workbook({ branches: smallWard.branches, members }))
  const people = await ward.ctx.db.person.findMany({ where: { wardId: ward.wardId }, orderBy: { number: 'asc' } })
  const ids: [number, number] = [people[0]?.id ?? 0, people[1]?.id ?? 0]
  return { ...ward, ids }
}

describe('two records of one person', () => {
  it('are proposed, shown side by side and made one by two presses; the old number leads to the one that stays', async () => {
    const { account, wardId } = await newOfficer(test)
    const members = [
      memberLine(1, twin),
      memberLine(2, { ...twin, 'Họ và tên': 'Nguyen Van Trung', 'Cơ quan': 'UBND phường' }),
    ]
    const preview = await send(test, account, workbook({ branches: smallWard.branches, members }))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const list = await test.people.ask(account, '/trunghoso')
    expect(list.text).toMatch(/^1 cặp hồ sơ có thể trùng/)
    const card = await test.people.ask(account, '1')
    expect(card.text).toContain('Số đảng viên: ĐV1')
    expect(card.text).toContain('Số đảng viên: ĐV2')
    await test.people.press(account, account, card, 'Gộp vào số ĐV1')
    expect((await reread(test, account, card)).text).toMatch(/^Đã gộp hồ sơ ĐV2 vào ĐV1/)
    expect((await test.people.ask(account, '/trunghoso')).text).toContain('Không có hai hồ sơ nào')
    expect((await test.people.ask(account, '/timnguoi ĐV2')).text).toContain('Số đảng viên: ĐV1')
    const db = test.app.services.database
    const [kept, closed] = await db.person.findMany({
      where: { wardId },
      orderBy: { number: 'asc' },
      include: { memberships: true, cadres: true },
    })
    expect(closed).toMatchObject({ mergedIntoId: kept?.id, memberships: [{ reason: 'merged' }] })
    expect(kept).toMatchObject({ memberships: [{ to: null }], cadres: [{ office: 'UBND phường', to: null }] })
    const audit = await db.auditEntry.findMany({ where: { wardId, action: 'registry.merged' } })
    expect(audit.map(({ subject }) => subject)).toEqual([{ person: kept?.id, merged: closed?.id }])
  })

  it('said to be two people are not proposed again', async () => {
    const { account } = await newOfficer(test)
    const members = [memberLine(1, twin), memberLine(2, twin)]
    const preview = await send(test, account, workbook({ branches: smallWard.branches, members }))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    await test.people.ask(account, '/trunghoso')
    const card = await test.people.ask(account, '1')
    await test.people.press(account, account, card, 'Hai người khác nhau')
    expect((await test.people.ask(account, '/trunghoso')).text).toContain('Không có hai hồ sơ nào')
  })

  it('keep a membership that only the closed one had', async () => {
    const { ctx, ids } = await wardWithTwins({}, { 'Mã chi bộ': 'CB2' })
    const [kept, closed] = ids
    await ctx.db.membership.updateMany({ where: { personId: kept }, data: { to: new Date('2019-12-31') } })
    expect(await mergePeople(ctx, { ids })).toMatchObject({ ok: true })
    expect(await memberOf(ctx.db, kept, ctx.today())).toMatchObject({ branchName: 'Chi bộ tổ dân phố số 2' })
    expect(await memberOf(ctx.db, closed, ctx.today())).toBeNull()
    expect(await memberOf(ctx.db, closed, ctx.today().subtract({ days: 1 }))).not.toBeNull()
  })

  it('that both voted in one ballot are refused with the reason', async () => {
    const { ctx, ids, wardId } = await wardWithTwins()
    const branch = await ctx.db.organisation.findFirstOrThrow({ where: { wardId } })
    const roll = { create: ids.map((personId) => ({ personId, counts: 'always' })) }
    const options = { create: [{ index: 0, text: 'Có' }] }
    const { id } = await ctx.db.vote.create({
      data: {
        branchId: branch.id,
        number: 1,
        title: '?',
        createdById: ids[0],
        createdAt: ctx.now(),
        packId: 'p',
        packHash: 'h',
        pack: {},
        roll,
        questions: { create: [{ index: 0, text: '?', options }] },
      },
    })
    const opened = { openedAt: ctx.now(), openedById: ids[0] }
    await ctx.db.vote.update({ where: { id }, data: { state: 'open', ...opened } })
    expect(await mergePeople(ctx, { ids })).toMatchObject({ problem: { code: 'registry.mergeOpenVote' } })
    for (const personId of ids)
      await ctx.db.voteChoice.create({ data: { voteId: id, question: 0, personId, optionIndex: 0, at: ctx.now() } })
    const closed = { closedAt: ctx.now(), closedById: ids[0] }
    await ctx.db.vote.update({ where: { id }, data: { state: 'closed', ...closed } })
    expect(await mergePeople(ctx, { ids })).toMatchObject({ problem: { code: 'registry.mergeVoted' } })
  })

  it('are made one once, also by two presses at the same moment', async () => {
    const { ctx, ids } = await wardWithTwins()
    const answers = await Promise.all([mergePeople(ctx, { ids }), mergePeople(ctx, { ids })])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'registry.pairGone' } })
  })

  it('are not for others than officers of the ward, nor across wards', async () => {
    const { ctx, ids, officer } = await wardWithTwins()
    const other = await wardWithTwins()
    const stranger = createContext(test.app.services, { ...officer, grants: [] }, null)
    expect(await findDuplicates(stranger)).toMatchObject({ problem: { code: 'access.denied' } })
    expect(await mergePeople(stranger, { ids })).toMatchObject({ problem: { code: 'access.denied' } })
    expect(await mergePeople(other.ctx, { ids })).toMatchObject({ problem: { code: 'access.denied' } })
    const across: [number, number] = [ids[0], other.ids[0]]
    expect(await mergePeople(ctx, { ids: across })).toMatchObject({ problem: { code: 'registry.pairGone' } })
  })

  it('stand in the exported register with their past, which changes nothing when it comes back', async () => {
    const { ctx, ids } = await wardWithTwins({}, { 'Ngày về chi bộ': null })
    await mergePeople(ctx, { ids })
    const exported = await exportRegistry(ctx)
    expect(exported.ok && (await check(ctx, exported.value.sheets))).toMatchObject({ importId: null, problems: [] })
  })

  it('a workbook that still names the closed one is told the number that stays', async () => {
    const { ctx, ids } = await wardWithTwins()
    await mergePeople(ctx, { ids })
    const { problems } = await check(ctx, workbook({ members: [memberLine(2, twin)] }))
    expect(problems).toMatchObject([{ problem: { code: 'registry.numberMerged', params: { into: 'ĐV1' } } }])
  })
})
