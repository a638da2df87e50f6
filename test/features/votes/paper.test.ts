import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markWhereabouts } from '../../../src/features/votes/ballots/absences.ts'
import { toggleTeller } from '../../../src/features/votes/ballots/choose-tellers.ts'
import { createBallot } from '../../../src/features/votes/ballots/create-ballot.ts'
import { voidBallot } from '../../../src/features/votes/ballots/void-ballot.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { inGroup, inPrivate, member, oneBranch } from './kit.ts'
import { as } from './sealed-kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** The secretary prepares this year's classification on paper; answers with the card in private and the ballot's id. */
async function classification(branch: TestBranch): Promise<{ id: number; card: SeenMessage }> {
  const { secretary } = branch
  const subject = await test.people.ask(secretary.account, '/bophieu')
  await test.people.press(secretary.account, secretary.account, subject, 'Xếp loại đảng viên năm 2026')
  const form = await inPrivate(test, secretary, 'hình thức nào')
  await test.people.press(secretary.account, secretary.account, form, 'Phiếu giấy')
  const card = await inPrivate(test, secretary, 'Xếp loại chất lượng đảng viên năm 2026')
  const { id } = await test.app.services.database.vote.findFirstOrThrow({
    where: { branchId: branch.id },
    orderBy: { id: 'desc' },
  })
  return { id, card }
}

/** The ward has issued a month's result of that member, and the branch has remarked on it. */
async function told(branch: TestBranch, { id: personId }: TestPerson): Promise<void> {
  const db = test.app.services.database
  const { wardId } = await db.organisation.findUniqueOrThrow({ where: { id: branch.id } })
  const at = test.app.services.clock.now()
  const result = { personId, branchId: branch.id, period: '2026-11', score: 74, level: 'good', inForce: true }
  const remark = { text: 'Gương mẫu ở tổ dân phố.', writtenById: branch.secretary.id, title: 'Bí thư chi bộ', at }
  await db.noticeIssue.create({
    data: {
      wardId,
      kind: 'evaluation',
      state: 'issued',
      period: '2026-11',
      number: 7,
      year: 2026,
      createdAt: at,
      issuedAt: at,
      entries: { create: [{ ...result, remark: 'Chậm hai việc.', remarks: { create: [remark] } }] },
    },
  })
}

/** Chooses these people and opens the ballot; answers with the card as it then reads. */
async function openWith(branch: TestBranch, card: SeenMessage, team: readonly TestPerson[]): Promise<SeenMessage> {
  const { account } = branch.secretary
  await test.people.press(account, account, card, 'Chọn tổ kiểm phiếu')
  const list = await inPrivate(test, branch.secretary, 'chọn tổ kiểm phiếu')
  for (const { fullName } of team) {
    const line = list.text.split('\n').find((text) => text.includes(fullName)) ?? ''
    await test.people.press(account, account, list, line.split('.')[0] ?? '')
  }
  await test.app.settle()
  await test.people.press(account, account, list, 'Chọn xong')
  const ready = await inPrivate(test, branch.secretary, 'Tổ kiểm phiếu: ')
  await test.people.press(account, account, ready, 'Mở bỏ phiếu')
  return inPrivate(test, branch.secretary, 'Đang bỏ phiếu')
}

/** One of the tally team types the counts, line by line, and keeps them. */
async function save(teller: TestPerson, lines: readonly string[]): Promise<void> {
  await test.people.say(teller.account, teller.account, lines.join('\n'))
  const preview = await inPrivate(test, teller, 'xem lại số liệu')
  await test.people.press(teller.account, teller.account, preview, 'Lưu số liệu')
}

const words = (data: Uint8Array) => {
  const xml = new TextDecoder().decode(unzipSync(data)['word/document.xml'])
  return [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('\n')
}

async function papers(person: TestPerson, from: SeenMessage, count: number): Promise<string[]> {
  await test.people.press(person.account, person.account, from, 'Tải biên bản, giấy tờ')
  const texts: string[] = []
  for (let nth = 0; nth < count; nth++) {
    const message = await test.people.next(person.account, person.account, ({ files }) => files.length > 0)
    texts.push(words(await test.people.file(message.files[0]?.url ?? '')))
  }
  return texts
}

describe('a classification on paper', () => {
  it('is prepared, counted, confirmed by two, published, and corrected by a record of its own', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, probationary } = branch
    const team = [deputy, member(branch, 0), member(branch, 1)]
    const suspended = member(branch, 2)
    const db = test.app.services.database
    await db.memberStatus.updateMany({ where: { personId: suspended.id }, data: { kind: 'suspended' } })
    await db.person.update({ where: { id: probationary.id }, data: { admittedOn: new Date('2026-06-01T00:00:00Z') } })

    const { id, card } = await classification(branch)
    expect(card.text).toContain('Trên phiếu: 5 đồng chí.')
    expect(card.text).toContain('Không xếp loại: 2 đồng chí.')
    expect(card.text).toContain('Được biểu quyết: 5 đồng chí.')
    expect(buttonsOf(card)).not.toContain('Mở bỏ phiếu')
    await test.people.press(secretary.account, secretary.account, card, 'Xem nội dung phiếu')
    const content = await inPrivate(test, secretary, 'nội dung phiếu')
    expect(content.text).toContain(`${suspended.fullName}: đình chỉ sinh hoạt`)
    expect(content.text).toContain(`${probationary.fullName}: mới kết nạp, chưa đủ sáu tháng`)

    const cadre = member(branch, 1)
    await told(branch, cadre)
    const people = await inPrivate(test, secretary, 'Xem thông báo của phường về từng đồng chí')
    const line = people.text.split('\n').find((text) => text.includes(cadre.fullName)) ?? ''
    await test.people.press(secretary.account, secretary.account, people, line.split('.')[0] ?? '')
    const beside = await inPrivate(test, secretary, 'Phường đã thông báo trong năm 2026')
    expect(beside.text).toContain('tháng 11/2026: Hoàn thành tốt nhiệm vụ (thông báo số 07-TB/ĐU)')
    expect(beside.text).toContain('Chi bộ nhận xét: Gương mẫu ở tổ dân phố.')
    expect(beside.text).not.toContain('74')
    expect(beside.text).not.toContain('Chậm hai việc')
    expect(await db.auditEntry.count({ where: { action: 'ballot.dossierViewed' } })).toBe(1)

    const open = await openWith(branch, card, team)
    expect(open.text).toContain('Tổ kiểm phiếu có đồng chí có tên trên phiếu')
    await inGroup(test, branch, 'Bỏ phiếu giấy tại cuộc họp. Trong danh sách: 5 đồng chí.')
    const [roll = '', slip = '', form = ''] = await papers(secretary, open, 3)
    expect(roll).toContain('Ký nhận phiếu')
    expect(roll).toContain(`${suspended.fullName}: đình chỉ sinh hoạt`)
    expect(slip).toContain('Hoàn thành xuất sắc nhiệm vụ')
    expect(form).toContain('Số phiếu phát ra: …………')

    const asked = await inPrivate(test, deputy, 'đồng chí ở trong tổ kiểm phiếu')
    await test.people.press(deputy.account, deputy.account, asked, 'Nhập số liệu')
    await inPrivate(test, deputy, 'Số phiếu phát ra? Danh sách có 5 đồng chí.')
    expect((await test.people.ask(deputy.account, '6')).text).toContain('lớn hơn danh sách')
    expect((await test.people.ask(deputy.account, 'năm')).text).toContain('Chỉ gõ số')
    await test.people.say(deputy.account, deputy.account, '5\n5\n5\n0\n1 4 0 0 1')
    await inPrivate(test, deputy, 'Cộng dòng này được 6, số phiếu là 5')
    await save(deputy, ['1 4 0 0 0', '0 2 2 0 1', '0 5 0 0 0', '0 5 0 0 0', '0 3 2 0 0'])

    const [first, second] = [await inPrivate(test, deputy, 'xác nhận số liệu'), member(branch, 0)]
    await test.people.press(deputy.account, deputy.account, first, 'Đúng, tôi xác nhận và ký')
    const other = await inPrivate(test, second, 'xác nhận số liệu')
    await test.people.press(second.account, second.account, other, 'Đúng, tôi xác nhận và ký')
    const signed = await inPrivate(test, secretary, 'biên bản đã đủ chữ ký')
    await test.people.press(secretary.account, secretary.account, signed, 'Công bố kết quả')
    const result = await inGroup(test, branch, 'Kết quả Phiếu số 1')
    expect(result.text).toContain('Bỏ phiếu giấy.')
    expect(result.text).toContain('Phiếu thu về: 5; hợp lệ 5; không hợp lệ 0.')
    expect(result.text).toContain('Kết luận 1: «Hoàn thành tốt nhiệm vụ» đạt đa số (4/5).')
    expect(result.text).toContain('Kết luận 2: bằng phiếu (2)')
    expect(result.text).toContain('là đề xuất của chi bộ; Đảng ủy quyết định')

    const published = await inPrivate(test, secretary, 'Kết quả Phiếu số 1')
    expect(buttonsOf(published)).toContain('Bỏ phiếu lại phần chưa xong')
    const [record = ''] = await papers(secretary, published, 2)
    for (const wanted of [
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'BIÊN BẢN KIỂM PHIẾU',
      `Đồng chí ${deputy.fullName}, tổ trưởng`,
      'Số phiếu thu về: 5',
      'vote-2011-charter',
      `Đồng chí ${second.fullName} đã ký trong bot`,
      'Chưa đạt đa số',
    ]) {
      expect(record).toContain(wanted)
    }

    const mine = await test.people.ask(deputy.account, '/cacbieuquyet')
    expect(mine.text).toContain('Phiếu số 1')
    const own = await test.people.ask(deputy.account, '1')
    await test.people.press(deputy.account, deputy.account, own, 'Đính chính số liệu')
    await inPrivate(test, deputy, 'Lý do đính chính')
    await test.people.say(deputy.account, deputy.account, 'Đếm sót một phiếu')
    await inPrivate(test, deputy, 'Số phiếu phát ra?')
    await save(deputy, ['5', '5', '5', '0', '1 4 0 0 0', '0 3 2 0 0', '0 5 0 0 0', '0 5 0 0 0', '0 3 2 0 0'])
    for (const teller of [deputy, second]) {
      const again = await inPrivate(test, teller, 'Đếm sót một phiếu')
      await test.people.press(teller.account, teller.account, again, 'Đúng, tôi xác nhận và ký')
    }
    const corrected = await inGroup(test, branch, 'Kết quả Phiếu số 1 (đính chính)')
    expect(corrected.text).toContain('Lý do đính chính: Đếm sót một phiếu')
    expect(corrected.text).toContain('Kết luận 2: «Hoàn thành tốt nhiệm vụ» đạt đa số (3/5).')
    const counts = await db.voteRecordCount.findMany({ where: { voteId: id, question: 1 }, orderBy: { record: 'asc' } })
    expect(counts.map(({ count }) => count)).toEqual([0, 2, 2, 0, 0, 3, 2, 0])
  }, 180_000)
})

describe('where only those present vote', () => {
  it('the secretary notes before the opening who is absent: they have no vote, and stay in the base unless let off', async () => {
    const branch = await oneBranch(test, 6)
    const { secretary, deputy } = branch
    const { account } = secretary
    const [absent, excused] = [member(branch, 2), member(branch, 3)]
    const { id, card } = await classification(branch)
    await test.people.press(account, account, card, 'Ghi người vắng họp')
    const list = await inPrivate(test, secretary, 'ai vắng họp')
    expect(list.text).toContain('Chỉ ghi khi chi bộ quyết định chỉ người có mặt bỏ phiếu')
    const press = async ({ fullName }: TestPerson) => {
      const now = (await test.people.read(account, account)).findLast((one) => one.id === list.id) ?? list
      const line = now.text.split('\n').find((text) => text.includes(fullName)) ?? ''
      await test.people.press(account, account, now, line.split('.')[0] ?? '')
      await test.app.settle()
    }
    await press(absent)
    await press(excused)
    await press(excused)
    // Three presses lead back to where it began.
    for (let nth = 0; nth < 3; nth++) await press(member(branch, 4))
    const noted = (await test.people.read(account, account)).findLast((one) => one.id === list.id) ?? list
    expect(noted.text).toContain(`✗ ${absent.fullName} (vắng)`)
    expect(noted.text).toContain(`– ${excused.fullName} (vắng có lý do)`)
    await test.people.press(account, account, noted, 'Ghi xong')
    const ready = await inPrivate(test, secretary, 'Được biểu quyết: 6 đồng chí.')
    expect(ready.text).toContain('vắng mặt tại cuộc họp')
    await openWith(branch, ready, [deputy, member(branch, 0), member(branch, 1)])
    await inGroup(test, branch, 'Bỏ phiếu giấy tại cuộc họp. Trong danh sách: 6 đồng chí.')
    const db = test.app.services.database
    const left = await db.voteLeftOut.findMany({ where: { voteId: id, personId: { in: [absent.id, excused.id] } } })
    expect(new Map(left.map(({ personId, reason, inBase }) => [personId, [reason, inBase]]))).toEqual(
      new Map([
        [absent.id, ['absent', true]],
        [excused.id, ['excused', false]],
      ]),
    )
    await test.people.press(account, account, noted, '1')
    expect(await db.voteAbsence.count({ where: { voteId: id } })).toBe(2)
    await expect(db.voteAbsence.deleteMany({ where: { voteId: id } })).rejects.toThrow('is not changed')
  })

  it('whoever is absent does not count the votes', async () => {
    const branch = await oneBranch(test, 6)
    const { secretary, deputy } = branch
    const { id } = await classification(branch)
    const ctx = await as(test, secretary)
    expect((await markWhereabouts(ctx, { voteId: id, personId: deputy.id, is: 'absent' })).ok).toBe(true)
    expect(await toggleTeller(ctx, id, deputy.id)).toEqual({ ok: false, problem: { code: 'votes.noTeller' } })
    const member = await as(test, branch.members[0] ?? secretary)
    const refused = await markWhereabouts(member, { voteId: id, personId: deputy.id, is: 'present' })
    expect(refused.ok).toBe(false)
    expect(await test.app.services.database.voteAbsence.count({ where: { voteId: id } })).toBe(1)
  })
})

describe('one classification a branch and year', () => {
  it('is under way at a time, also where two prepare it at the same moment; void, it may be held again', async () => {
    const branch = await oneBranch(test)
    const ctx = await as(test, branch.secretary)
    const create = (key: string) =>
      createBallot(ctx, { key, branchId: branch.id, form: 'paper', about: { period: '2026' } })
    const made = await Promise.all(['one', 'two', 'three', 'four'].map((key) => create(`${branch.id}-${key}`)))
    const codes = made.map((one) => (one.ok ? 'made' : one.problem.code)).sort()
    expect(codes).toEqual(['made', ...Array(3).fill('votes.classifiedAlready')])
    const [vote] = made.flatMap((one) => (one.ok ? [one.value] : []))
    if (!vote) throw new Error('nothing was made')
    expect((await voidBallot(ctx, vote.id)).ok).toBe(true)
    expect((await create(`${branch.id}-again`)).ok).toBe(true)
  })
})

describe('the database itself', () => {
  it('keeps the sums, the roll, the team and the records of a ballot, whoever writes', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy } = branch
    const team = [deputy, member(branch, 0), member(branch, 1)]
    const { id, card } = await classification(branch)
    await openWith(branch, card, team)
    const db = test.app.services.database
    const at = test.app.services.clock.now()
    const slips = { issued: 6, returned: 6, valid: 5, invalid: 1, joined: 0 }
    const sheet = (more: object) =>
      db.voteSheet.create({
        data: { voteId: id, edition: 1, enteredById: deputy.id, enteredAt: at, ...slips, ...more },
      })
    await expect(sheet({ issued: 7 })).rejects.toThrow('more slips than voters')
    await expect(sheet({ valid: 6 })).rejects.toThrow('vote_sheet_sums')
    await expect(sheet({ returned: 7 })).rejects.toThrow()
    await sheet({})
    const votes = (index: number, count: number) =>
      db.voteSheetCount.create({ data: { voteId: id, question: 0, index, count } })
    await votes(0, 3)
    await expect(votes(1, 3)).rejects.toThrow('more votes than valid slips')
    const confirm = (personId: number) => db.voteSheetConfirmation.create({ data: { voteId: id, personId, at } })
    await expect(confirm(secretary.id)).rejects.toThrow('only the tally team')
    const change = (data: object) => db.vote.update({ where: { id }, data })
    await expect(change({ kind: 'open' })).rejects.toThrow('stays what it is')
    await expect(change({ state: 'draft' })).rejects.toThrow('does not go from open to draft')
    await expect(change({ state: 'published' })).rejects.toThrow('does not go from open to published')
    await expect(change({ packHash: 'other' })).rejects.toThrow('is not changed')
    await expect(db.voteRoll.deleteMany({ where: { voteId: id } })).rejects.toThrow('is not changed')
    await expect(
      db.voteChoice.create({ data: { voteId: id, question: 0, personId: deputy.id, optionIndex: 0, at } }),
    ).rejects.toThrow('takes no choices')
    const numbers = { base: 6, majorityBase: 6, majorityNeeded: 4, quorumNeeded: 4, quorum: true, enteredCount: 0 }
    const record = (counts: number[], blank: number) =>
      db.$transaction([
        db.voteRecord.create({
          data: { voteId: id, number: 1, madeAt: at, issued: 6, voted: 6, valid: 5, invalid: 1, ...numbers },
        }),
        db.voteRecordQuestion.create({ data: { voteId: id, record: 1, question: 0, blank, outcome: 'undecided' } }),
        db.voteRecordCount.createMany({
          data: counts.map((count, index) => ({ voteId: id, record: 1, question: 0, index, count })),
        }),
      ])
    await expect(record([3, 1, 0, 0], 0)).rejects.toThrow('do not make the valid ballots')
    await record([3, 1, 0, 0], 1)
    await expect(db.voteRecord.updateMany({ where: { voteId: id }, data: { voted: 5 } })).rejects.toThrow('added to')
    await expect(db.voteRecordCount.deleteMany({ where: { voteId: id } })).rejects.toThrow('added to')
  })

  it('takes nobody who is on the paper into the team, as long as others are left', async () => {
    const branch = await oneBranch(test)
    const { id } = await classification(branch)
    const data = { voteId: id, personId: branch.deputy.id }
    const db = test.app.services.database
    await expect(db.voteTeller.create({ data })).rejects.toThrow('nobody on the paper counts it')
  })
})
