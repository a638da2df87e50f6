import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { issueResults, line, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

/** The words of a .docx, without its marks. */
async function wordsOf(message: SeenMessage): Promise<string> {
  const files = unzipSync(await test.people.file(nth(message.files, 0).url))
  const xml = new TextDecoder().decode(files['word/document.xml'])
  return xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/\n+/g, '\n')
}

it('a branch without a group, with a lost one, or without a secretary gets a paper, printed and marked by the ward', async () => {
  const ward = await noticeWard(test, { branches: 4 })
  const [whole, noGroup, lost, headless] = ward.branches
  if (!whole || !noGroup || !lost || !headless) throw new Error('too few branches')
  await db().groupLink.updateMany({ where: { organisationId: noGroup.id }, data: { endedAt: new Date() } })
  await db().position.deleteMany({ where: { organisationId: headless.id, post: 'secretary' } })
  test.sandbox.world.changeMembers(lost.group, { bot: 'kick' })
  await test.app.settle()
  await db().groupLink.updateMany({ where: { organisationId: lost.id }, data: { endedAt: null } })
  await issueResults(
    test,
    ward,
    ward.cadres.map((person) => line(person, 80, { remark: 'Riêng tư' })),
  )
  await test.app.settle()
  const { officer } = ward
  const told = await test.people.next(officer, officer, says('bản giấy'))
  expect(told.text).toContain('Có 2 bản giấy của Thông báo số 01-TB/ĐU cần trao tận tay')
  expect(told.text).toContain(`1. ${noGroup.name}: chưa có nhóm\n2. ${headless.name}: chưa có bí thư`)

  await test.people.press(officer, officer, told, 'In và trao')
  const copies = await test.people.next(officer, officer, says('còn 3 bản giấy'))
  expect(copies.text).toContain(`${lost.name}: nhóm không nhận được tin`)
  await test.people.press(officer, officer, copies, '1')
  const paper = await test.people.next(officer, officer, ({ files }) => files.length > 0)
  const words = await wordsOf(paper)
  for (const part of [
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    `ĐẢNG ỦY ${ward.name.replace('Đảng bộ ', '').toLocaleUpperCase('vi')}`,
    'Số 01-TB/ĐU',
    'ngày 23 tháng 11 năm 2026',
    'THÔNG BÁO',
    'kết quả đánh giá cán bộ tháng 11/2026',
    `Kính gửi: ${noGroup.name}`,
    nth(ward.cadres, 1).fullName,
    'Hoàn thành tốt nhiệm vụ',
    'CHỦ TỊCH ỦY BAN NHÂN DÂN',
    ward.leader.fullName,
  ]) {
    expect(words).toContain(part)
  }
  expect(words).not.toContain('Riêng tư')
  expect(words).not.toContain(nth(ward.cadres, 2).fullName)

  const mark = await test.people.next(officer, officer, says('Trao xong'))
  await test.people.press(officer, officer, mark, 'Đã trao tận tay')
  const who = await test.people.next(officer, officer, says('trao cho ai'))
  expect(buttonsOf(who)).toContain(`Đồng chí ${noGroup.secretary.fullName}`)
  await test.people.press(officer, officer, who, `Đồng chí ${noGroup.secretary.fullName}`)
  await test.people.next(officer, officer, says(`cho đồng chí ${noGroup.secretary.fullName}`))
  const again = await test.people.press(officer, officer, mark, 'Đã trao tận tay')
  expect(again.text ?? '').toBe('')
  expect((await test.people.ask(officer, 'Người khác')).text).toContain('đã được ghi là trao cho đồng chí Nguyễn Thị')

  const status = await test.people.ask(ward.leader.account, '/tinhhinh')
  expect(status.text).toContain('Đã xác nhận: 0/4 chi bộ')
  expect(status.text).toContain('Nhận trong 72 giờ: 1/4 (25%)')
  expect(status.text).toContain(`Cần trao bản giấy (2):\n2. ${lost.name}: không gửi được`)
  expect(status.text).toContain(`3. ${headless.name}: chưa có bí thư`)
  expect(status.text).toContain(
    `Đã trao tận tay (1):\n4. ${noGroup.name}: trao đồng chí ${noGroup.secretary.fullName}, 09:00 23/11/2026`,
  )
  expect(buttonsOf(status)).toContain('In và trao bản giấy')

  // The morning after, the lost group is among what the officer is told of; the handed one is not.
  await test.people.advance('PT24H')
  const morning = await test.people.next(officer, officer, says('Có 2 bản giấy'))
  expect(morning.text).toContain(`${lost.name}: nhóm không nhận được tin`)
  expect(morning.text).not.toContain(noGroup.name)
  // Of what was handed over nobody is reminded.
  await test.people.advance('PT24H')
  const reminders = await test.people.read(noGroup.secretary.account, noGroup.secretary.account)
  expect(reminders.filter(({ text }) => text.includes('chưa xác nhận thông báo'))).toEqual([])
})

it('the papers are for the ward: a secretary neither prints nor marks them', async () => {
  const ward = await noticeWard(test)
  const { id, secretary } = nth(ward.branches, 1)
  await db().groupLink.updateMany({ where: { organisationId: id }, data: { endedAt: new Date() } })
  await sendAll(ward)
  const refused = await test.people.ask(secretary.account, '/traotay')
  expect(refused.text).toContain('chưa được giao')
  const notice = await db().notice.findFirstOrThrow({ where: { branchId: id } })
  for (const word of ['npaper', 'nhanded']) {
    const { text } = await test.sandbox.world.press({
      from: secretary.account,
      chat: secretary.account,
      message: refused.id,
      button: '',
      data: `${word}:0:${notice.id}`,
    })
    expect(text).toContain('chưa được giao')
  }
  expect(await db().noticeHandover.count({ where: { noticeId: notice.id } })).toBe(0)
})

async function sendAll(ward: Awaited<ReturnType<typeof noticeWard>>): Promise<void> {
  const { account } = ward.leader
  const rows = ward.cadres.map((person) => line(person, 80))
  await test.people.press(account, account, await sendResults(test, account, rows), 'Gửi tới các chi bộ')
  await test.people.next(account, account, says('Đã gửi Thông báo'))
}
