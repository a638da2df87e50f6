import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { inGroup, inPrivate, member, oneBranch } from './kit.ts'
import { closeBallot, fill, openDraft, pressData, reread, secretDraft } from './sealed-kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('a secret ballot', () => {
  it('goes from the shares over papers and the closed slot to an opened box, and the group sees the turnout only', async () => {
    const branch = await oneBranch(test, 6)
    const { secretary, deputy } = branch
    const tellers = [deputy, member(branch, 0), member(branch, 1)]
    const voteId = await secretDraft(test, branch, tellers, ['Trần A', 'Trần B', 'Trần C'])
    const shares = await openDraft(test, branch, voteId, tellers)
    expect(shares.map((share) => buttonsOf(share))).toEqual(tellers.map(() => ['Mở hòm phiếu']))
    const inTheGroup = await inGroup(test, branch, 'Đã biểu quyết: 0/8')
    expect(buttonsOf(inTheGroup)).toEqual(['Nhận phiếu', 'Kết thúc bỏ phiếu'])

    const paper = await inPrivate(test, secretary, 'Phiếu được giữ kín đến đâu')
    for (const limit of [
      'Telegram đọc được phiếu',
      'Người quản trị máy, kho dữ liệu hoặc giữ mã của tôi',
      'cả trước khi kết thúc',
      'Ai biết thói quen của đồng chí có thể đoán ra phiếu',
      'Ít người bỏ',
      'mọi phiếu giống nhau',
      'Ai cầm điện thoại',
      'đề nghị đồng chí bỏ phiếu giấy',
    ]) {
      expect(paper.text).toContain(limit)
    }
    const said = await fill(test, secretary, paper, ['Ghi phiếu', 'Tốt', 'Xuất sắc', 'Quay lại', 'Phiếu trắng', 'Tốt'])
    expect(said).toEqual([
      undefined,
      'Trần A: Tốt',
      'Trần B: Xuất sắc',
      undefined,
      'Trần B: Phiếu trắng',
      'Trần C: Tốt',
    ])
    const whole = await reread(test, secretary, secretary.account, paper)
    expect(whole.text).toContain('Tốt (2)\n1. Trần A\n3. Trần C\n\nPhiếu trắng (1)\n2. Trần B')
    await fill(test, secretary, paper, ['Bỏ phiếu'])
    await test.app.settle()
    const done = await reread(test, secretary, secretary.account, paper)
    expect(done.text).toContain('đã vào hòm')
    expect(done.text).not.toContain('Trần')
    expect((await reread(test, secretary, branch.group, inTheGroup)).text).toContain('Đã biểu quyết: 1/8')

    const other = await inPrivate(test, deputy, 'Phiếu được giữ kín đến đâu')
    await fill(test, deputy, other, ['Ghi phiếu', 'Xuất sắc', 'Cùng một ý cho 2', 'Hoàn thành', 'Bỏ phiếu'])
    await test.app.settle()
    await closeBallot(test, branch)
    const [first, second] = shares
    if (!first || !second) throw new Error('no shares')
    const early = await test.people.press(deputy.account, deputy.account, first, 'Mở hòm phiếu')
    expect(early.text).toContain('mảnh thứ nhất')
    const { account } = member(branch, 0)
    const enough = await test.people.press(account, account, second, 'Mở hòm phiếu')
    expect(enough.text).toContain('đang được mở')
    await test.app.settle()
    const db = test.app.services.database
    const plain = await db.plainBallot.findMany({ where: { voteId }, orderBy: { number: 'asc' } })
    expect(plain.map(({ marks }) => marks)).toEqual(['022', '141'])
    expect(await db.sealedBallot.count({ where: { voteId } })).toBe(0)
    expect((await db.vote.findUniqueOrThrow({ where: { id: voteId } })).state).toBe('opened')
    const spent = await reread(test, deputy, deputy.account, first)
    expect(spent.text).toContain('đã mở')
    expect(buttonsOf(spent)).toEqual([])
  })

  it('is prepared by /bophieu, signed for by two of the team and published, and says where all chose the same', async () => {
    const branch = await oneBranch(test, 5)
    const { secretary, deputy } = branch
    const { account } = secretary
    const team = [deputy, member(branch, 0), member(branch, 1)]
    const subject = await test.people.ask(account, '/bophieu')
    await test.people.press(account, account, subject, 'Nội dung khác')
    await inPrivate(test, secretary, 'Biểu quyết về việc gì?')
    const form = await test.people.ask(account, 'Nhất trí đề nghị khen thưởng đồng chí Lê A?')
    await test.people.press(account, account, form, 'Phiếu kín trong chat riêng')
    const card = await inPrivate(test, secretary, 'chọn tổ kiểm phiếu')
    await test.people.press(account, account, card, 'Chọn tổ kiểm phiếu')
    const list = await inPrivate(test, secretary, 'chọn tổ kiểm phiếu')
    for (const { fullName } of team) {
      const line = list.text.split('\n').find((text) => text.includes(fullName)) ?? ''
      await test.people.press(account, account, list, line.split('.')[0] ?? '')
    }
    await test.app.quiet()
    await test.people.press(account, account, list, 'Chọn xong')
    const ready = await inPrivate(test, secretary, 'Tổ kiểm phiếu: ')
    await test.people.press(account, account, ready, 'Mở bỏ phiếu')
    const shares = [await share(deputy), await share(member(branch, 0)), await share(member(branch, 1))]
    for (const voter of [secretary, deputy]) {
      const paper = await inPrivate(test, voter, 'Phiếu được giữ kín đến đâu')
      await fill(test, voter, paper, ['Ghi phiếu', 'Tán thành', 'Bỏ phiếu'])
    }
    await test.app.quiet()
    await closeBallot(test, branch)
    for (const [index, { account: holder }] of team.entries()) {
      const key = shares[index]
      if (key && index > 0) await test.people.press(holder, holder, key, 'Mở hòm phiếu')
    }
    await test.app.settle()
    for (const teller of team.slice(0, 2)) {
      const message = await inPrivate(test, teller, 'ký')
      await test.people.press(teller.account, teller.account, message, 'Ký biên bản')
    }
    const signed = await inPrivate(test, secretary, 'ký')
    await test.people.press(account, account, signed, 'Công bố kết quả')
    const result = await inGroup(test, branch, 'Kết quả thăm dò')
    expect(result.text).toContain('Mọi phiếu ở mục 1 giống nhau')
    expect(result.text).toContain('Tán thành: 2/7')
  })

  it('is not opened where a share does not arrive: the others lose their buttons, and the next try makes a new key', async () => {
    const branch = await oneBranch(test, 5)
    const { secretary, deputy } = branch
    const tellers = [deputy, member(branch, 0), member(branch, 1)]
    const voteId = await secretDraft(test, branch, tellers, ['Trần A'])
    const db = test.app.services.database
    await test.people.faults({ fail: { method: 'sendMessage', chat: member(branch, 1).account, times: 1, with: 500 } })
    const menu = await test.people.ask(secretary.account, '/menu')
    const refused = await pressData(test, secretary, secretary.account, menu, `sopen:${voteId}`)
    expect(refused.text).toContain(`Chìa khoá chưa đến được đồng chí ${member(branch, 1).fullName}`)
    expect((await db.vote.findUniqueOrThrow({ where: { id: voteId } })).state).toBe('draft')
    const now = await inPrivate(test, deputy, 'chưa mở được')
    expect(buttonsOf(now)).toEqual([])

    const [first] = await openDraft(test, branch, voteId, tellers)
    if (!first) throw new Error('no share')
    const early = await test.people.press(deputy.account, deputy.account, first, 'Mở hòm phiếu')
    expect(early.text).toContain('Chưa kết thúc bỏ phiếu')
    const foreign = await pressData(
      test,
      secretary,
      secretary.account,
      menu,
      `k:${voteId.toString(36)}:${'A'.repeat(44)}`,
    )
    expect(foreign.text).toContain('không dùng được')
  })

  it('takes a paper from nobody else, changes nothing by an old button, and stores no sealed ballot made elsewhere', async () => {
    const branch = await oneBranch(test, 5)
    const { secretary, deputy, probationary } = branch
    const tellers = [deputy, member(branch, 0), member(branch, 1)]
    const voteId = await secretDraft(test, branch, tellers, ['Trần A', 'Trần B'])
    await openDraft(test, branch, voteId, tellers)
    const paper = await inPrivate(test, secretary, 'Phiếu được giữ kín đến đâu')
    await fill(test, secretary, paper, ['Ghi phiếu'])
    const page = await reread(test, secretary, secretary.account, paper)
    await fill(test, secretary, paper, ['Tốt', 'Tốt'])
    const whole = await reread(test, secretary, secretary.account, paper)
    const state = await pressData(test, secretary, secretary.account, page, `b:${voteId.toString(36)}:0:3:`)
    expect(state.text).toContain('không có gì thay đổi')
    expect((await reread(test, secretary, secretary.account, paper)).text).toBe(whole.text)
    await pressData(test, secretary, secretary.account, page, `bs:${voteId}:${'A'.repeat(80)}`)

    const menu = await test.people.ask(probationary.account, '/menu')
    const refused = await pressData(test, probationary, probationary.account, menu, `spaper:${voteId}`)
    expect(refused.text).toContain('dự bị')
    await pressData(test, probationary, probationary.account, menu, `b:${voteId.toString(36)}:2:!:A`)
    await test.app.quiet()
    expect(await test.app.services.database.sealedBallot.count({ where: { voteId } })).toBe(0)
  })

  it('asks the chair twice where few may vote, and is void unread when it is given up or ballots are missing', async () => {
    const branch = await oneBranch(test, 2)
    const { secretary, deputy } = branch
    const { account } = secretary
    const tellers = [secretary, deputy, member(branch, 0)]
    const db = test.app.services.database
    const stateOf = async (id: number) => (await db.vote.findUniqueOrThrow({ where: { id } })).state
    const voteId = await secretDraft(test, branch, tellers, ['Trần A'])
    const menu = await test.people.ask(account, '/menu')
    await pressData(test, secretary, account, menu, `sopen:${voteId}`)
    const question = await inPrivate(test, secretary, 'Chỉ có 4 đồng chí')
    await test.people.press(account, account, question, 'Vẫn bỏ phiếu kín')
    const key = await share(deputy)
    const paper = await inPrivate(test, deputy, 'Phiếu được giữ kín đến đâu')
    await fill(test, deputy, paper, ['Ghi phiếu', 'Tốt', 'Bỏ phiếu'])
    await test.app.quiet()
    const leader = await inPrivate(test, secretary, 'Khi mọi người bỏ phiếu xong')
    await test.people.press(account, account, leader, 'Kết thúc bỏ phiếu')
    expect((await inPrivate(test, secretary, 'Lưu ý: dưới 5 phiếu')).text).toContain('Đã biểu quyết: 1/4')
    await test.people.press(account, account, leader, 'Hủy bỏ phiếu')
    const sure = await inPrivate(test, secretary, 'Hủy Phiếu')
    await test.people.press(account, account, sure, 'Hủy')
    await test.app.settle()
    expect(await stateOf(voteId)).toBe('void')
    expect(await db.sealedBallot.count({ where: { voteId } })).toBe(0)
    expect(await db.plainBallot.count({ where: { voteId } })).toBe(0)
    expect((await reread(test, deputy, deputy.account, key)).text).toContain('đã huỷ')

    const restored = await secretDraft(test, branch, tellers, ['Trần A'])
    await pressData(test, secretary, account, menu, `sopenfew:${restored}`)
    const again = await inPrivate(test, deputy, 'Phiếu được giữ kín đến đâu')
    await fill(test, deputy, again, ['Ghi phiếu', 'Tốt', 'Bỏ phiếu'])
    await test.app.quiet()
    await db.sealedBallot.deleteMany({ where: { voteId: restored } })
    await test.app.settle()
    expect(await stateOf(restored)).toBe('void')
    expect((await inGroup(test, branch, 'khôi phục từ bản sao lưu')).text).toContain('bỏ phiếu lại')
  })
})

const share = (teller: TestPerson) => inPrivate(test, teller, 'mảnh chìa khoá')
