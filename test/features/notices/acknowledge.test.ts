import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { groupMessages, issueResults, line, noticeWard, nth, says } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function issued() {
  const ward = await noticeWard(test)
  const rows = ward.cadres.map((person, index) => line(person, 80 + index, { remark: `Lời ${index}` }))
  const message = await issueResults(test, ward, rows)
  return { ward, message, branch: nth(ward.branches, 0) }
}

describe('acknowledging a notice', () => {
  it('by the secretary is recorded once and shown in the group with name, post and time', async () => {
    const { branch, message } = await issued()
    const { secretary, deputy, group } = branch
    const said = await test.people.press(secretary.account, group, message, 'Đã nhận thông báo')
    expect(said.text).toContain('Đã ghi nhận')
    const second = await test.people.press(deputy.account, group, message, 'Đã nhận thông báo').catch(() => null)
    const [shown] = await groupMessages(test, branch)
    expect(shown?.text).toContain(`Đã xác nhận: đồng chí ${secretary.fullName}, Bí thư chi bộ, 09:00 23/11/2026`)
    expect(shown?.text).not.toContain('Đề nghị đồng chí bí thư')
    expect(shown && buttonsOf(shown)).toEqual(['Xem điểm và nhận xét'])
    if (second) expect(second.text).toContain(`đã được xác nhận: đồng chí ${secretary.fullName}`)
    expect(await test.app.services.database.noticeAcknowledgement.count({ where: { personId: secretary.id } })).toBe(1)
  })

  it('of a message that may stand in the group twice leaves its mark and number there', async () => {
    const ward = await noticeWard(test)
    const branch = nth(ward.branches, 0)
    const { secretary, group } = branch
    await test.people.faults({ fail: { method: 'sendMessage', chat: group, times: 1, with: 'dropAfter' } })
    await issueResults(test, ward, [line(nth(ward.cadres, 0), 80)])
    const twice = await groupMessages(test, branch)
    const marked = twice.findLast(({ text }) => text.includes('Gửi lại do đường truyền'))
    if (!marked) throw new Error('nothing was sent twice')
    await test.people.press(secretary.account, group, marked, 'Đã nhận thông báo')
    const shown = (await groupMessages(test, branch)).filter(({ text }) => text.includes('Đã xác nhận'))
    expect(shown.map(({ text }) => /tin số \d+/.test(text))).toEqual([true])
  })

  it('by secretary and deputy at once has one effect and two calm answers', async () => {
    const { branch, message } = await issued()
    const { secretary, deputy, group } = branch
    const answers = await Promise.all(
      [secretary, deputy].map(({ account }) => test.people.press(account, group, message, 'Đã nhận thông báo')),
    )
    expect(answers.every(({ text }) => /Đã ghi nhận|đã được xác nhận/.test(text ?? ''))).toBe(true)
    const notice = { branchId: branch.id }
    expect(await test.app.services.database.noticeAcknowledgement.count({ where: { notice } })).toBe(1)
  })

  it('by a member, a probationary member or the leader is refused with a sentence', async () => {
    const { branch, message, ward } = await issued()
    for (const { account } of [nth(branch.members, 1), branch.probationary, ward.leader]) {
      const refused = await test.people.press(account, branch.group, message, 'Đã nhận thông báo')
      expect(refused).toMatchObject({ alert: true })
      expect(refused.text).toContain('dành cho bí thư hoặc phó bí thư')
    }
  })
})

describe('Xem điểm và nhận xét', () => {
  it('brings the secretary all of the branch in private, and the group nothing', async () => {
    const { branch, message } = await issued()
    const { secretary, group } = branch
    const said = await test.people.press(secretary.account, group, message, 'Xem điểm')
    expect(said.text).toContain('Đã gửi vào chat riêng')
    const detail = await test.people.next(secretary.account, secretary.account, says('Điểm và nhận xét tháng 11/2026'))
    expect(detail.text).toContain('Điểm: 80')
    expect(detail.text).toContain('Nhận xét: Lời 0')
    expect(detail.text).not.toContain('Lời 1')
    expect(detail.protected).toBe(true)
    expect(await groupMessages(test, branch)).toHaveLength(1)
    const seen = { action: 'notice.detailViewed', actorPersonId: secretary.id }
    expect(await test.app.services.database.auditEntry.count({ where: seen })).toBe(1)
  })

  it('brings a cadre their own line only', async () => {
    const { ward, branch, message } = await issued()
    await test.people.press(ward.leader.account, branch.group, message, 'Xem điểm')
    const detail = await test.people.next(ward.leader.account, ward.leader.account, says('Điểm và nhận xét'))
    expect(detail.text.match(/Họ và tên|Đồng chí/g)).toHaveLength(1)
  })

  it('is refused to other members', async () => {
    const { branch, message } = await issued()
    const refused = await test.people.press(nth(branch.members, 1).account, branch.group, message, 'Xem điểm')
    expect(refused.text).toContain('chỉ dành cho bí thư')
  })

  it('opens the private chat where the bot may not write there', async () => {
    const { branch, message } = await issued()
    const { secretary, group } = branch
    test.sandbox.world.block({ from: secretary.account, blocked: true })
    const opened = await test.people.press(secretary.account, group, message, 'Xem điểm')
    expect(opened.url).toMatch(/^https:\/\/t\.me\/lienchi_bot\?start=ndetail_\d+$/)
    test.sandbox.world.block({ from: secretary.account, blocked: false })
    const payload = opened.url?.split('start=')[1]
    await test.people.say(secretary.account, secretary.account, `/start ${payload}`)
    const detail = await test.people.next(secretary.account, secretary.account, says('Điểm và nhận xét'))
    expect(detail.text).toContain('Điểm: 80')
  })
})
