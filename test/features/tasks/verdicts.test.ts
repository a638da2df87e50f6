import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { assign, inGroup, inPrivate, member, oneBranch } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('the verdict on a report', () => {
  it('by replying to the task in the group: the secretary is asked in private and accepts', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    await test.people.say(assignee.account, group, 'Đã dọn xong 30 mét.', announced.id)
    expect((await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 1')).text).toContain(assignee.fullName)
    const asked = await inPrivate(test, secretary, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(asked.text).toContain('Kết quả: Đã dọn xong 30 mét.')
    expect(buttonsOf(asked)).toEqual(['Chấp nhận', 'Trả lại'])
    await test.people.press(secretary.account, secretary.account, asked, 'Chấp nhận')
    await inGroup(test, branch, 'báo cáo được chấp nhận')
    await inPrivate(test, assignee, 'báo cáo được chấp nhận')
    const again = await test.people.press(secretary.account, secretary.account, asked, 'Trả lại').catch(() => null)
    // The buttons are gone; a press that was already under way is answered calmly.
    expect(again?.text ?? '').not.toContain('Vì sao')
  })

  it('returned with a reason that only the member reads, then reported again', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    await test.people.say(assignee.account, group, 'Xong rồi', announced.id)
    const asked = await inPrivate(test, secretary, 'Đã có báo cáo')
    await test.people.press(secretary.account, secretary.account, asked, 'Trả lại')
    await inPrivate(test, secretary, 'Vì sao trả lại')
    await test.people.ask(secretary.account, 'Còn rác ở góc vườn')
    const inTheGroup = await inGroup(test, branch, 'báo cáo được trả lại')
    expect(inTheGroup.text).not.toContain('góc vườn')
    expect((await inPrivate(test, assignee, 'báo cáo lại')).text).toContain('Lý do: Còn rác ở góc vườn')
    // An answer to the message in the group that tells of the return is the next report.
    await test.people.say(assignee.account, group, 'Đã dọn nốt', inTheGroup.id)
    const second = await inPrivate(test, secretary, 'Đã dọn nốt')
    // The first report has its verdict: an old button changes nothing.
    const old = await test.people.press(secretary.account, secretary.account, asked, 'Chấp nhận').catch(() => null)
    expect(old?.text ?? '').not.toContain('Đã chấp nhận')
    await test.people.press(secretary.account, secretary.account, second, 'Chấp nhận')
    await inGroup(test, branch, 'báo cáo được chấp nhận')
    const late = await test.people.ask(assignee.account, '/baocao 1 Thêm một việc')
    expect(late.text).toContain('đã được chấp nhận hoàn thành')
  })

  it('a second verdict on a report is answered calmly and changes nothing', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    await test.people.say(assignee.account, group, 'Xong rồi', announced.id)
    await inPrivate(test, secretary, 'Đã có báo cáo')
    const cards = []
    for (const { account } of [secretary, deputy]) {
      await test.people.ask(account, '/viec')
      cards.push(await test.people.ask(account, '1'))
    }
    const [first, second] = cards
    if (!first || !second) throw new Error('no cards')
    await test.people.press(secretary.account, secretary.account, first, 'Chấp nhận')
    await inPrivate(test, secretary, 'Đã chấp nhận báo cáo Nhiệm vụ số 1')
    await test.people.press(deputy.account, deputy.account, second, 'Trả lại')
    await inPrivate(test, deputy, 'đã được chấp nhận từ trước')
  })

  it('is given only by those who lead the branch on that day', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    await test.people.say(assignee.account, group, 'Xong rồi', announced.id)
    const asked = await inPrivate(test, secretary, 'Đã có báo cáo')
    await test.app.services.database.position.updateMany({
      where: { personId: secretary.id },
      data: { to: new Date('2026-11-22T00:00:00Z') },
    })
    const refused = await test.people.press(secretary.account, secretary.account, asked, 'Chấp nhận')
    expect(refused.text).toContain('chưa được giao cho đồng chí')
  })
})
