import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { groupTexts, issueResults, line, noticeWard, nth, says } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

it('says only how many they are where a stranger sits in the group, and tells the secretary why', async () => {
  const ward = await noticeWard(test)
  const branch = nth(ward.branches, 0)
  const { secretary, group } = branch
  const stranger = await test.people.add('Người lạ')
  await test.people.changeGroup(group, { add: [stranger] })
  await test.app.settle()
  const rows = ward.cadres.map((person) => line(person, 85))
  const message = await issueResults(test, ward, rows)
  expect(message.text.split('\n')).toEqual([
    'Thông báo kết quả đánh giá tháng 11/2026',
    'Số 01-TB/ĐU, ngày 23/11/2026',
    branch.name,
    `Đồng chí ${ward.leader.fullName}, Chủ tịch Ủy ban nhân dân`,
    '',
    'Có 1 đồng chí của chi bộ được đánh giá.',
    'Đảng viên chi bộ bấm “Xem kết quả” để đọc trong chat riêng.',
    '',
    'Đề nghị đồng chí bí thư chi bộ bấm nút “Đã nhận thông báo”.',
  ])
  expect(buttonsOf(message)).toEqual(['Đã nhận thông báo', 'Xem kết quả', 'Xem điểm và nhận xét'])
  const why = await test.people.next(secretary.account, secretary.account, says('không kèm tên', 'Thông báo số'))
  expect(why.text).toContain('- 1 tài khoản tôi chưa nhận ra')
  const [other] = await groupTexts(test, nth(ward.branches, 1))
  expect(other).toContain(`1. Đồng chí ${nth(ward.cadres, 1).fullName}: Hoàn thành tốt nhiệm vụ`)

  const member = nth(branch.members, 1).account
  await test.people.press(member, group, message, 'Xem kết quả')
  const shown = await test.people.next(member, member, says('Thông báo kết quả đánh giá'))
  expect(shown.text).toContain(`1. Đồng chí ${ward.leader.fullName}: Hoàn thành tốt nhiệm vụ`)
  expect(shown.text).not.toContain('85')
  expect(shown.protected).toBe(true)
  const audited = await test.app.services.database.auditEntry.count({ where: { action: 'notice.levelsViewed' } })
  expect(audited).toBe(1)

  expect((await test.people.press(stranger, group, message, 'Xem kết quả')).text).toContain('giấy mời')
  const elsewhere = nth(ward.branches, 1).secretary.account
  await test.people.changeGroup(group, { add: [elsewhere] })
  expect((await test.people.press(elsewhere, group, message, 'Xem kết quả')).text).toContain(
    'chỉ để đảng viên của chi bộ',
  )

  await test.people.press(secretary.account, group, message, 'Đã nhận thông báo')
  const [confirmed] = await groupTexts(test, branch)
  expect(confirmed).toContain('Đã xác nhận: đồng chí')
  expect(confirmed).not.toContain('Hoàn thành tốt')
})

it('opens the private chat of a member to whom the bot may not write yet, and shows it there', async () => {
  const ward = await noticeWard(test)
  const { group, members } = nth(ward.branches, 0)
  await test.people.changeGroup(group, { add: [await test.people.add('Người lạ')] })
  await test.app.settle()
  const message = await issueResults(test, ward, [line(ward.leader, 85)])
  const member = nth(members, 1).account
  test.sandbox.world.block({ from: member, blocked: true })
  await test.app.settle()
  const pressed = await test.people.press(member, group, message, 'Xem kết quả')
  // Nothing has reached them in private, so nothing has been seen.
  const readings = () => test.app.services.database.noticeReading.count({ where: { person: { wardId: ward.id } } })
  expect(await readings()).toBe(0)
  const payload = /\?start=(nlevels_\d+)$/.exec(pressed.url ?? '')?.[1]
  test.sandbox.world.block({ from: member, blocked: false })
  expect((await test.people.ask(member, `/start ${payload}`)).text).toContain('Hoàn thành tốt nhiệm vụ')
  // Written once Telegram has taken the message.
  await expect.poll(readings).toBe(1)
})
