import { afterAll, beforeAll, expect, it } from 'vitest'
import { readNumberForm } from '../../../src/features/notices/number-form.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { groupMessages, issueResults, line, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

it.each([
  ['…-TB/ĐU', '…-TB/ĐU'],
  ['Số ...-TB/ĐUP', '…-TB/ĐUP'],
  ['số: 07/TB-ĐU', '…/TB-ĐU'],
  ['TB-__/ĐU', 'TB-…/ĐU'],
  ['TB/ĐU', null],
  ['…-…-TB/ĐU', null],
  ['…', null],
  ['…-TB ĐU', null],
  [`…-${'A'.repeat(40)}`, null],
])('«%s» is the form %s', (text, expected) => {
  const form = readNumberForm(text)
  expect(form.ok ? form.value : null).toBe(expected)
})

it('the ward has its numbers printed in its own form, after a preview; what went out keeps its number', async () => {
  const ward = await noticeWard(test)
  const { account } = ward.leader
  await issueResults(test, ward, [line(ward.leader, 80)])
  const settings = await test.people.ask(account, '/caidat')
  const number = /(\d+)\. Số thông báo: 02-TB\/ĐU/.exec(settings.text)?.[1] ?? ''
  expect((await test.people.ask(account, number)).text).toContain('Số của thông báo sau: 02-TB/ĐU')
  expect((await test.people.ask(account, 'thông báo')).text).toContain('Mẫu số chưa rõ')
  const preview = await test.people.ask(account, 'Số …/TB-ĐUP')
  expect(preview.text).toContain('Thông báo sau sẽ ghi: Số 02/TB-ĐUP')
  await test.people.press(account, account, preview, 'Dùng mẫu này')
  await test.app.settle()

  const corrected = await sendResults(test, account, [line(ward.leader, 60)])
  expect(corrected.text).toContain('(thay Thông báo số 01-TB/ĐU)')
  await test.people.press(account, account, corrected, 'Gửi tới các chi bộ')
  const read = await groupMessages(test, nth(ward.branches, 0))
  const before = read.find(({ text }) => text.startsWith('Thông báo kết quả'))
  const after = read.find(({ text }) => text.startsWith('Thông báo đính chính'))
  expect(before?.text).toContain('Số 01-TB/ĐU, ngày')
  expect(before?.text).toContain('Đã đính chính 1 đồng chí tại Thông báo số 02/TB-ĐUP')
  expect(after?.text).toContain('Số 02/TB-ĐUP, ngày')
  expect(after?.text).toContain('tại Thông báo số 01-TB/ĐU')
  await test.people.ask(account, '/tinhhinh')
  const db = test.app.services.database
  const issue = await db.noticeIssue.findFirstOrThrow({ where: { wardId: ward.id, number: 2 } })
  expect(issue.numberForm).toBe('…/TB-ĐUP')
  await expect(db.noticeIssue.update({ where: { id: issue.id }, data: { numberForm: null } })).rejects.toThrow(
    'is not changed',
  )
  const nobody = nth(ward.branches, 1).secretary.account
  expect((await test.people.ask(nobody, '/caidat')).text).toContain('chưa được giao')
})

it('a preview that was given up changes nothing', async () => {
  const ward = await noticeWard(test)
  const { officer } = ward
  const settings = await test.people.ask(officer, '/caidat')
  await test.people.ask(officer, /(\d+)\. Số thông báo/.exec(settings.text)?.[1] ?? '')
  const preview = await test.people.ask(officer, '…-TB/ĐU-X')
  await test.people.press(officer, officer, preview, 'Thôi')
  await test.people.press(officer, officer, settings, '1')
  await test.people.next(officer, officer, says('Nhắc lãnh đạo'))
  expect(await test.app.services.database.noticeSettings.findUnique({ where: { wardId: ward.id } })).toBeNull()
})
