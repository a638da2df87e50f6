import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

test('a member reads what is held about the account and withdraws the consent, which ends the link', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  const member = branch?.members[1]
  if (!branch || !member) throw new Error('no member')
  const own = await at.people.ask(member.account, '/dulieucuatoi')
  expect(own.text).toContain(member.fullName)
  expect(own.text).toContain('bản 2026-11')
  expect(buttonsOf(own)).toEqual([
    'Nhận tệp mọi dữ liệu về tôi',
    'Đề nghị sửa',
    'Đề nghị xóa',
    'Đọc lại thông báo',
    'Rút lại đồng ý',
  ])
  await at.people.press(member.account, member.account, own, 'Đọc lại')
  expect((await at.people.next(member.account, member.account)).text).toContain('Thông báo về dữ liệu cá nhân')
  await at.people.press(member.account, member.account, own, 'Rút lại')
  const question = await at.people.next(member.account, member.account)
  await at.people.press(member.account, member.account, question, 'Rút lại')
  await at.people.next(member.account, member.account, ({ text }) => text.includes('Đã rút lại'))
  const [link] = await db().accountLink.findMany({ where: { personId: member.id } })
  expect(link).toMatchObject({ endReason: 'withdrawn' })
  const note = await at.people.next(branch.secretary.account, branch.secretary.account, ({ text }) =>
    text.includes('rút lại'),
  )
  expect(note.text).toContain(member.fullName)
  expect((await at.people.ask(member.account, '/menu')).text).toContain('chưa được kết nối')
})

test('the last officer must hand over before withdrawing', async () => {
  const ward = await createTestWard(at)
  const own = await at.people.ask(ward.officer, '/dulieucuatoi')
  expect(own.text).toContain('cán bộ văn phòng Đảng ủy')
  await at.people.press(ward.officer, ward.officer, own, 'Rút lại')
  const question = await at.people.next(ward.officer, ward.officer)
  await at.people.press(ward.officer, ward.officer, question, 'Rút lại')
  // The remedy is a command, so it comes as a message, where it can be tapped.
  await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('cán bộ văn phòng cuối cùng'))
})

test('an account that was linked without consent is asked for it and can do nothing before', async () => {
  const ward = await createTestWard(at)
  const member = ward.branches[0]?.members[1]
  if (!member) throw new Error('no member')
  await db().accountLink.updateMany({ where: { personId: member.id }, data: { consentAt: null, consentVersion: null } })
  const asked = await at.people.ask(member.account, '/menu')
  await at.people.press(member.account, member.account, asked, 'Đọc thông báo')
  const notice = await at.people.next(member.account, member.account)
  await at.people.press(member.account, member.account, notice, 'Tôi đồng ý')
  await at.people.next(member.account, member.account, ({ text }) => text.includes('Đã ghi nhận'))
  expect((await at.people.ask(member.account, '/menu')).text).toContain('cần việc gì')
})
