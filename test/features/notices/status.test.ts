import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { issueResults, line, noticeWard, nth, says } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('/tinhhinh', () => {
  it('shows the ward who has confirmed, who has not, who needs paper, and what failed', async () => {
    const ward = await noticeWard(test, { branches: 4 })
    const [confirmed, silent, paper, kicked] = ward.branches
    if (!confirmed || !silent || !paper || !kicked) throw new Error('too few branches')
    const db = test.app.services.database
    await db.groupLink.updateMany({ where: { organisationId: paper.id }, data: { endedAt: new Date() } })
    // The link still stands, so only the sending finds out.
    test.sandbox.world.changeMembers(kicked.group, { bot: 'kick' })
    await test.app.settle()
    await db.groupLink.updateMany({ where: { organisationId: kicked.id }, data: { endedAt: null } })

    const message = await issueResults(
      test,
      ward,
      ward.cadres.map((person) => line(person, 80)),
    )
    await test.people.press(confirmed.secretary.account, confirmed.group, message, 'Đã nhận thông báo')
    await test.app.settle()
    const status = await test.people.ask(ward.leader.account, '/tinhhinh')
    expect(status.text).toContain('Tình hình nhận Thông báo số 01-TB/ĐU')
    expect(status.text).toContain('Đã xác nhận: 1/4 chi bộ')
    expect(status.text).toContain(
      `Chưa xác nhận (1):\n1. ${silent.name}: đã gửi vào nhóm, chưa xem\n\nCần trao bản giấy (2):\n2. ${paper.name}: chưa có nhóm, nhận bản giấy\n3. ${kicked.name}: không gửi được – tôi đã bị đưa ra khỏi nhóm`,
    )
    expect(status.text).toContain('Nhận trong 72 giờ: 1/4 (25%)')
    expect(status.text).toContain(`4. ${confirmed.name}: đồng chí ${confirmed.secretary.fullName}, Bí thư chi bộ`)

    await test.people.press(ward.leader.account, ward.leader.account, status, 'Xem tên người chưa xác nhận')
    const missing = await test.people.next(ward.leader.account, ward.leader.account, says('Chưa xác nhận Thông báo'))
    expect(missing.text).toContain(`Đồng chí ${silent.secretary.fullName}, Bí thư chi bộ`)
    expect(missing.text).not.toContain(confirmed.secretary.fullName)
  })

  it('shows a secretary their own branch only, to be confirmed there too', async () => {
    const ward = await noticeWard(test)
    await issueResults(
      test,
      ward,
      ward.cadres.map((person) => line(person, 80)),
    )
    await test.app.settle()
    const { secretary } = nth(ward.branches, 1)
    const status = await test.people.ask(secretary.account, '/tinhhinh')
    expect(status.text).toContain('Kết quả đánh giá tháng 11/2026')
    expect(status.text).not.toContain(nth(ward.branches, 0).name)
    expect(buttonsOf(status)).toEqual(['Đã nhận thông báo số 01-TB/ĐU'])
    await test.people.press(secretary.account, secretary.account, status, 'Đã nhận')
    const after = await test.people.next(secretary.account, secretary.account, says('Thông báo gửi chi bộ'))
    expect(after.text).toContain(`đồng chí ${secretary.fullName}, Bí thư chi bộ`)
    expect(buttonsOf(after)).toEqual([])
  })

  it('lets the secretary of a branch without a group confirm what came on paper', async () => {
    const ward = await noticeWard(test)
    const { id, secretary } = nth(ward.branches, 1)
    const db = test.app.services.database
    await db.groupLink.updateMany({ where: { organisationId: id }, data: { endedAt: new Date() } })
    await issueResults(
      test,
      ward,
      ward.cadres.map((person) => line(person, 80)),
    )
    const status = await test.people.ask(secretary.account, '/tinhhinh')
    expect(status.text).toContain('chưa có nhóm, nhận bản giấy')
    await test.people.press(secretary.account, secretary.account, status, 'Đã nhận')
    await test.people.next(secretary.account, secretary.account, says('Bí thư chi bộ'))
    expect((await test.people.ask(ward.leader.account, '/tinhhinh')).text).toContain('Đã xác nhận: 1/2 chi bộ')
  })

  it('finds a notice by its number or its month, and says so where there is none', async () => {
    const ward = await noticeWard(test)
    await issueResults(test, ward, [line(ward.leader, 80)])
    const { account } = ward.leader
    for (const asked of ['1', 'số 01-TB/ĐU', '11/2026']) {
      expect((await test.people.ask(account, `/tinhhinh ${asked}`)).text).toContain('Thông báo số 01-TB/ĐU')
    }
    expect((await test.people.ask(account, '/tinhhinh 77')).text).toContain('Chưa có thông báo')
    expect((await test.people.ask(account, '/tinhhinh gì đó')).text).toContain('Không tìm thấy thông báo “gì đó”')
  })

  it('offers the notices before, by number', async () => {
    const ward = await noticeWard(test)
    await issueResults(test, ward, [line(ward.leader, 80)])
    const { account } = ward.leader
    const status = await test.people.ask(account, '/tinhhinh')
    await test.people.press(account, account, status, 'Xem thông báo khác')
    const list = await test.people.next(account, account, says('Các thông báo gần đây'))
    expect(list.text).toContain('1. Số 01-TB/ĐU: Kết quả đánh giá tháng 11/2026')
    expect((await test.people.ask(account, '1')).text).toContain('Tình hình nhận Thông báo số 01-TB/ĐU')
  })

  it('is refused to a plain member, and says where nothing has been issued', async () => {
    const ward = await noticeWard(test)
    const { members } = nth(ward.branches, 1)
    expect((await test.people.ask(nth(members, 1).account, '/tinhhinh')).text).toContain('chưa được giao')
    expect((await test.people.ask(ward.officer, '/tinhhinh')).text).toContain('Chưa có thông báo nào')
  })
})
