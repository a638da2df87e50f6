import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openVote } from '../../../src/features/votes/open-vote.ts'
import { readResult } from '../../../src/features/votes/record-view.ts'
import { createContext } from '../../../src/platform/context.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch } from '../../support/ward.ts'
import { close, inGroup, inPrivate, member, messageNow, oneBranch, open } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** Begins a vote in the group; answers with what is shown before it is opened. */
async function preview(branch: TestBranch, words: string): Promise<SeenMessage> {
  await test.people.say(branch.secretary.account, branch.group, `/bieuquyet ${words}`)
  return inGroup(test, branch, 'Xem lại trước khi mở')
}

async function change(branch: TestBranch, shown: SeenMessage, button: string): Promise<SeenMessage> {
  await test.people.press(branch.secretary.account, branch.group, shown, button)
  return inGroup(test, branch, 'Xem lại trước khi mở')
}

describe('an open vote', () => {
  it('may ask several things, show the counts as they grow, and remind only those who have not finished', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const first = await preview(branch, 'Nhất trí nghị quyết?')
    await test.people.press(secretary.account, group, first, 'Thêm nội dung')
    const asked = await inGroup(test, branch, 'Nội dung thứ 2')
    await test.people.say(secretary.account, group, 'Ngày họp sau\nThứ Bảy\nChủ nhật', asked.id)
    const second = await inGroup(test, branch, '2. Ngày họp sau')
    const third = await change(branch, second, 'Cho nhóm thấy số đang chọn')
    await test.people.press(secretary.account, group, third, 'Mở biểu quyết')
    const message = await inGroup(test, branch, 'Đã biểu quyết: 0/6')
    expect(buttonsOf(message)).toEqual([
      '1. Tán thành',
      '1. Không tán thành',
      '1. Ý kiến khác',
      '2. Thứ Bảy',
      '2. Chủ nhật',
      'Kết thúc biểu quyết',
    ])
    const vote = (account: number, button: string) => test.people.press(account, group, message, button)
    expect((await vote(deputy.account, '1. Tán thành')).text).toContain('Đã ghi: 1. Tán thành')
    for (const { account } of [secretary, member(branch, 0), member(branch, 1)]) {
      await vote(account, '1. Tán thành')
      await vote(account, '2. Chủ nhật')
    }
    const now = await messageNow(test, branch, message.id)
    expect(now.text).toContain('– Tán thành: 4')
    expect(now.text).toContain('– Chủ nhật: 3')
    expect(now.text).toContain('Đã biểu quyết: 4/6')

    const lead = await test.people.ask(secretary.account, '/cacbieuquyet')
    expect(lead.text).toContain('Phiếu thăm dò số 1')
    const card = await test.people.ask(secretary.account, '1')
    const remind = () => test.people.press(secretary.account, secretary.account, card, 'Nhắc người chưa biểu quyết')
    // The deputy has answered one of two; a member none; one has no smartphone.
    expect((await remind()).text).toBe(
      'Đã nhắc 2 đồng chí. Mới nhắc trong một giờ qua: 0. Chưa kết nối nên không nhắc được: 1.',
    )
    await inPrivate(test, deputy, 'Đồng chí chưa biểu quyết xong')
    await inPrivate(test, member(branch, 2), 'Đồng chí chưa biểu quyết xong')
    expect((await remind()).text).toContain('Đã nhắc 0 đồng chí. Mới nhắc trong một giờ qua: 2.')
    await test.app.settle()
    const told = await test.people.read(member(branch, 0).account, member(branch, 0).account)
    expect(told.filter(({ text }) => text.includes('chưa biểu quyết xong'))).toEqual([])

    const result = await close(test, branch, message)
    expect(result.text).toContain('Kết luận 1: «Tán thành» đạt đa số (4/6).')
    expect(result.text).toContain('Kết luận 2: không phương án nào đạt đa số.')
    expect(result.text).toContain('Không chọn: 1')
  })

  it('held by hand takes numbers and no names, closes with them, and gives a record', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const shown = await preview(branch, 'Nhất trí nghị quyết?')
    const byHand = await change(branch, shown, 'Chuyển sang giơ tay')
    await test.people.press(secretary.account, group, byHand, 'Mở biểu quyết')
    const message = await inGroup(test, branch, 'Biểu quyết tại cuộc họp')
    expect(message.text).toMatch(/^Biểu quyết số 1\nBiểu quyết giơ tay tại cuộc họp/)
    expect(buttonsOf(message)).toEqual([])
    const own = await inPrivate(test, secretary, 'Khi đếm xong')
    await test.people.press(secretary.account, secretary.account, own, 'Nhập số liệu')
    await inPrivate(test, secretary, 'Danh sách có 6 đồng chí')
    expect((await test.people.ask(secretary.account, '7')).text).toContain('nhiều hơn danh sách')
    await inPrivate(test, secretary, 'Danh sách có 6 đồng chí')
    await test.people.ask(secretary.account, '5')
    expect((await test.people.ask(secretary.account, '4 2 0')).text).toContain('Cộng dòng này được 6')
    await inPrivate(test, secretary, 'Kết quả 1/1')
    const sums = await test.people.ask(secretary.account, '4 0 0')
    await test.people.press(secretary.account, secretary.account, sums, 'Lưu số liệu')
    const result = await inGroup(test, branch, 'Kết quả Biểu quyết số 1')
    expect(result.text).toContain('1. Tán thành: 4/6')
    expect(result.text).toContain('Không chọn: 1')
    expect(buttonsOf(result)).toEqual([])
    await test.people.ask(secretary.account, '/cacbieuquyet')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Tải biên bản')
    const sent = await test.people.next(secretary.account, secretary.account, ({ files }) => files.length > 0)
    const xml = unzipSync(await test.people.file(sent.files[0]?.url ?? ''))['word/document.xml']
    expect(new TextDecoder().decode(xml)).toContain('BIÊN BẢN KẾT QUẢ BIỂU QUYẾT')
  })

  it('takes only those present onto its roll where the meeting says so, and keeps the absent in the base', async () => {
    const branch = await oneBranch(test)
    const { services } = test.app
    const { secretary } = branch
    const account = { id: BigInt(secretary.account), name: secretary.fullName }
    const { actor } = await speakerOf(services.database, account, services.clock.now())
    const present = new Set([secretary.id, branch.deputy.id, member(branch, 0).id])
    const opened = await openVote(createContext(services, actor, null), {
      key: `meeting-${branch.id}`,
      branchId: branch.id,
      questions: [{ text: 'Nhất trí?', options: ['Có', 'Không'] }],
      present,
      excused: new Set([member(branch, 1).id]),
    })
    if (!opened.ok) throw new Error(opened.problem.code)
    const message = await inGroup(test, branch, 'Đã biểu quyết: 0/3')
    const late = await test.people.press(member(branch, 2).account, branch.group, message, 'Có')
    expect(late.text).toContain('không có tên trong số người có mặt')
    for (const one of [secretary, branch.deputy, member(branch, 0)]) {
      await test.people.press(one.account, branch.group, message, 'Có')
    }
    await close(test, branch, message)
    // Six official members; the excused one is not there and so not counted: three of five.
    expect(await readResult(services.database, opened.value.id)).toMatchObject({ base: 5, voted: 3, majorityNeeded: 3 })
  })

  it('that ends in a tie is asked again with the tied options, as its second round', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const { message } = await open(test, branch, 'Chọn ngày\nThứ Sáu\nThứ Bảy\nChủ nhật')
    for (const [person, day] of [
      [secretary, 'Thứ Bảy'],
      [deputy, 'Thứ Bảy'],
      [member(branch, 0), 'Chủ nhật'],
      [member(branch, 1), 'Chủ nhật'],
    ] as const) {
      await test.people.press(person.account, group, message, day)
    }
    const result = await close(test, branch, message)
    expect(result.text).toContain('Kết luận: bằng phiếu (2): «Thứ Bảy», «Chủ nhật»; cần biểu quyết lại.')
    await test.people.ask(secretary.account, '/cacbieuquyet')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Bỏ phiếu lại phần chưa xong')
    const again = await inPrivate(test, secretary, 'Xem lại trước khi mở')
    expect(again.text).not.toContain('Thứ Sáu')
    await test.people.press(secretary.account, secretary.account, again, 'Mở biểu quyết')
    const second = await inGroup(test, branch, 'Phiếu thăm dò số 2, vòng 2')
    expect(buttonsOf(second)).toEqual(['Thứ Bảy', 'Chủ nhật', 'Kết thúc biểu quyết'])
  })
})

describe('what a vote is worth', () => {
  it('is a poll until the ward makes it the ballot by a paper of its own, from the next vote on', async () => {
    const { branches, leader } = await createTestWard(test)
    const [branch] = branches
    if (!branch) throw new Error('a ward without a branch')
    const { message: poll } = await open(test, branch)
    expect(poll.text).toMatch(/^Phiếu thăm dò số 1/)
    expect((await test.people.ask(branch.secretary.account, '/phieuchinhthuc')).text).toContain('chưa được giao')
    const card = await test.people.ask(leader.account, '/phieuchinhthuc')
    expect(card.text).toContain('phiếu thăm dò')
    await test.people.press(leader.account, leader.account, card, 'Dùng làm biểu quyết chính thức')
    await inPrivate(test, leader, 'Số và ngày văn bản')
    expect((await test.people.ask(leader.account, 'theo nghị quyết')).text).toContain('Chưa thấy số văn bản')
    expect((await test.people.ask(leader.account, '15-QĐ/ĐU ngày 05/11/2026')).text).toContain('chính thức')
    const before = await close(test, branch, poll)
    expect(before.text).toMatch(/^Kết quả thăm dò số 1\nThăm dò ý kiến/)
    const shown = await preview(branch, 'Nhất trí?')
    await test.people.press(branch.secretary.account, branch.group, shown, 'Mở biểu quyết')
    const ballot = await inGroup(test, branch, 'Đã biểu quyết: 0/')
    expect(ballot.text).toMatch(/^Biểu quyết số 2/)
    expect(ballot.text).toContain('Biểu quyết chính thức trên bot theo văn bản 15-QĐ/ĐU ngày 05/11/2026.')
  })
})

describe('an election within the Party', () => {
  it('is not run: the bot says why, and prepares the roll, the slip and the form of the record', async () => {
    const branch = await oneBranch(test)
    const { account } = branch.secretary
    const subject = await test.people.ask(account, '/bophieu')
    await test.people.press(account, account, subject, 'Bầu cử trong Đảng')
    const why = await inPrivate(test, branch.secretary, 'Bầu cử trong Đảng chỉ bỏ phiếu giấy')
    expect(why.text).toContain('190-QĐ/TW')
    expect((await test.people.ask(account, 'Bầu chi ủy\nNguyễn Văn A')).text).toContain('chưa có số lượng')
    await test.people.say(
      account,
      account,
      'Bầu chi ủy nhiệm kỳ 2025-2027, số lượng 2\n1. Lê Văn C\n2. Trần Thị B\nĐỗ An',
    )
    const texts: string[] = []
    for (let nth = 0; nth < 3; nth++) {
      const { files } = await test.people.next(account, account, (message) => message.files.length > 0)
      texts.push(new TextDecoder().decode(unzipSync(await test.people.file(files[0]?.url ?? ''))['word/document.xml']))
    }
    const [roll = '', slip = '', form = ''] = texts
    expect(roll).toContain(branch.deputy.fullName)
    expect(roll).toContain('đảng viên dự bị')
    expect(slip).toContain('Số lượng được bầu: 2. Danh sách bầu: 3 đồng chí.')
    expect(slip).toContain('Trần Thị B')
    expect(form).toContain('BIÊN BẢN KIỂM PHIẾU')
    expect(await test.app.services.database.vote.count({ where: { branchId: branch.id } })).toBe(0)
  })
})
