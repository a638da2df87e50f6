import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { groupMessages, groupTexts, line, type NoticeWard, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const reminders = async ({ account }: TestPerson): Promise<SeenMessage[]> =>
  (await test.people.read(account, account)).filter(({ text }) => text.includes('chưa xác nhận một thông báo'))

/** Issues a month's results that ask members too; answers with the first branch's message. */
async function issue(ward: NoticeWard): Promise<SeenMessage> {
  const { account } = ward.leader
  const rows = ward.cadres.map((person) => line(person, 80))
  const preview = await sendResults(test, account, rows)
  expect(buttonsOf(preview)).toContain('Đảng viên cùng xác nhận: không')
  await test.people.press(account, account, preview, 'Đảng viên cùng xác nhận')
  const asking = await test.people.next(account, account, ({ buttons }) => buttons.length > 0)
  expect(buttonsOf(asking)).toContain('Đảng viên cùng xác nhận: có')
  await test.people.press(account, account, asking, 'Gửi tới các chi bộ')
  const { secretary, group } = nth(ward.branches, 0)
  return test.people.next(secretary.account, group, says('Thông báo kết quả đánh giá'))
}

it('members confirm each for themself where the ward asks it, and the secretary for those without a smartphone', async () => {
  const ward = await noticeWard(test)
  const branch = nth(ward.branches, 0)
  const { secretary, deputy, members, probationary, group } = branch
  const [, reader, offline] = members
  if (!reader || !offline) throw new Error('too few members')
  const message = await issue(ward)
  expect(message.text).toContain('bí thư và từng đồng chí đảng viên bấm nút')

  // A member's press counts for themself, not for the branch.
  const said = await test.people.press(reader.account, group, message, 'Đã nhận')
  expect(said.text).toContain(`Đã ghi nhận: đồng chí ${reader.fullName}, Đảng viên`)
  expect((await groupTexts(test, branch)).join()).not.toContain('Đã xác nhận:')
  expect((await test.people.press(reader.account, group, message, 'Đã nhận')).text).toContain('đã được xác nhận')
  await test.people.press(secretary.account, group, message, 'Đã nhận')
  const [confirmed] = await groupMessages(test, branch)
  if (!confirmed) throw new Error('no message')
  expect(confirmed.text).toContain(`Đã xác nhận: đồng chí ${secretary.fullName}`)
  expect(buttonsOf(confirmed)).toContain('Đã nhận thông báo')
  // The branch has it: its deputy is now a member like the others.
  expect((await test.people.press(deputy.account, group, confirmed, 'Đã nhận')).text).toContain(deputy.fullName)
  const elsewhere = nth(ward.branches, 1).secretary.account
  await test.people.changeGroup(group, { add: [elsewhere] })
  expect((await test.people.press(elsewhere, group, confirmed, 'Đã nhận')).text).toContain('dành cho đảng viên')

  // Seen is what was opened in private.
  const inbox = await test.people.ask(probationary.account, '/thongbaocuatoi')
  expect(inbox.text).toContain('– chưa xem')
  await test.people.press(probationary.account, probationary.account, inbox, '1')
  const opened = await test.people.next(probationary.account, probationary.account, says('kết quả đánh giá'))
  expect(buttonsOf(opened)).toEqual(['Đã nhận thông báo'])

  const status = await test.people.ask(secretary.account, '/tinhhinh')
  await test.people.press(secretary.account, secretary.account, status, 'Đảng viên đã nhận số 01-TB/ĐU')
  const list = await test.people.next(secretary.account, secretary.account, says('Đảng viên xác nhận'))
  expect(list.text).toContain('Đã xác nhận: 3/6 đồng chí')
  expect(list.text).toContain(
    `Chưa xem (2):\n1. ${ward.leader.fullName}\n2. ${offline.fullName}: không dùng điện thoại`,
  )
  expect(list.text).toContain(`Đã xem, chưa xác nhận (1):\n3. ${probationary.fullName}: đã xem 09:00 23/11/2026`)
  await test.people.press(secretary.account, secretary.account, list, 'Ghi thay')
  const which = await test.people.next(secretary.account, secretary.account, says('nói là nhận được'))
  await test.people.press(secretary.account, secretary.account, which, '1')
  const after = await test.people.next(secretary.account, secretary.account, says('Đã xác nhận: 4/6'))
  expect(after.text).toContain(`${offline.fullName}, 09:00 23/11/2026 (bí thư ghi thay)`)
  const whole = await test.people.ask(ward.leader.account, '/tinhhinh')
  expect(whole.text).toContain('đảng viên: 4/6 xác nhận, 5 đã xem')

  await test.people.press(ward.leader.account, ward.leader.account, whole, 'Xem đảng viên từng chi bộ')
  const byBranch = await test.people.next(ward.leader.account, ward.leader.account, says('Đảng viên xác nhận'))
  expect(byBranch.text).toContain(`1. ${branch.name}: đảng viên: 4/6 xác nhận, 5 đã xem`)
  const ofBranch = await test.people.ask(ward.leader.account, '1')
  expect(ofBranch.text).toContain('Đã xác nhận: 4/6 đồng chí')
  expect(buttonsOf(ofBranch)).toEqual([])

  // Two days later those are reminded who have not, and nobody else.
  await test.people.advance('PT48H')
  for (const person of [ward.leader, probationary]) expect(await reminders(person)).toHaveLength(1)
  for (const person of [reader, secretary, deputy]) expect(await reminders(person)).toEqual([])
  const [asked] = await reminders(probationary)
  if (!asked) throw new Error('not reminded')
  await test.people.press(probationary.account, probationary.account, asked, 'Đã nhận')
  expect((await test.people.ask(probationary.account, '/thongbaocuatoi')).text).toContain('– đã xác nhận')
})

it('a member is not asked where the ward has not chosen so, and nobody confirms for one who can press', async () => {
  const ward = await noticeWard(test)
  const { secretary, members, group } = nth(ward.branches, 0)
  const message = await issue(ward)
  const notice = await test.app.services.database.notice.findFirstOrThrow({ where: { issue: { wardId: ward.id } } })
  const forge = (from: number, data: string) =>
    test.sandbox.world.press({ from, chat: group, message: message.id, button: '', data })
  const other = nth(members, 1)
  expect((await forge(secretary.account, `nfor:${notice.id}:${other.id}`)).text).toContain('tự bấm')
  expect((await forge(other.account, `nfor:${notice.id}:${nth(members, 2).id}`)).text).toContain('chưa được giao')
  const { account } = ward.leader
  const plain = await test.people.ask(account, '/thongbao Không hỏi đảng viên')
  await test.people.press(account, account, plain, 'Chọn tất cả')
  await test.people.press(account, account, await test.people.next(account, account, says('Đã chọn 2/2')), 'Xem trước')
  await test.people.press(account, account, await test.people.next(account, account, says('Bấm “Gửi”')), 'Gửi')
  const told = await test.people.next(other.account, group, says('Không hỏi đảng viên'))
  expect((await test.people.press(other.account, group, told, 'Đã nhận')).text).toContain('dành cho bí thư')
})
