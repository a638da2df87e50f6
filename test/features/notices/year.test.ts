import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { line, type NoticeWard, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function issue(ward: NoticeWard, period: string, scores: readonly number[]): Promise<void> {
  const { account } = ward.leader
  const rows = ward.cadres.map((person, index) => line(person, scores[index] ?? 0))
  const preview = await sendResults(test, account, rows, { caption: period })
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  await test.app.settle()
}

it('a year is issued as a month is, with its twelve months beside it: to the person, the branch in private, on paper', async () => {
  const ward = await noticeWard(test)
  const [, second] = ward.branches
  const [leader, cadre] = ward.cadres
  if (!second || !leader || !cadre) throw new Error('too few')
  await issue(ward, 'tháng 8/2026', [95, 75])
  await issue(ward, 'tháng 9/2026', [80, 60])
  // What is corrected before the year counts as corrected.
  await issue(ward, 'tháng 9/2026', [80, 72])
  await test.app.services.database.groupLink.updateMany({
    where: { organisationId: second.id },
    data: { endedAt: new Date() },
  })
  await issue(ward, 'năm 2026', [92, 74])
  const own = await test.people.next(cadre.account, cadre.account, says('Kết quả đánh giá năm 2026 của đồng chí'))
  expect(own.text).toContain('Mười hai tháng trong năm:\n- tháng 8, 9: tốt')
  expect(buttonsOf(own)).toEqual(['Kết quả đánh giá của tôi'])
  await test.people.press(cadre.account, cadre.account, own, 'Kết quả đánh giá của tôi')
  const table = await test.people.next(cadre.account, cadre.account, says('năm 2026: tốt (74 điểm)'))
  expect(buttonsOf(table)).toEqual(['Gửi ý kiến về kết quả tháng 9/2026', 'Gửi ý kiến về kết quả năm 2026'])
  const picture = await test.people.next(cadre.account, cadre.account, ({ files }) => files.length > 0)
  expect(Buffer.from((await test.people.file(nth(picture.files, 0).url)).slice(1, 4)).toString()).toBe('PNG')

  const { secretary } = second
  const inbox = await test.people.ask(secretary.account, '/thongbaocuatoi')
  expect(inbox.text).toContain('Kết quả đánh giá năm 2026 – chưa xem')
  await test.people.press(secretary.account, secretary.account, inbox, '1')
  const levels = await test.people.next(secretary.account, secretary.account, says('đánh giá năm 2026'))
  expect(levels.text).toContain(`1. Đồng chí ${cadre.fullName}: Hoàn thành tốt nhiệm vụ`)
  expect(levels.text).toContain('- tháng 8, 9: tốt')
  expect(levels.text).not.toContain('74')
  expect(buttonsOf(levels)).toEqual(['Đã nhận thông báo'])
  expect((await test.people.ask(secretary.account, '/tinhhinh')).text).toContain('đã xem 09:00 23/11/2026')

  await test.people.ask(ward.officer, '/traotay')
  const paper = await test.people.ask(ward.officer, '1')
  const files = unzipSync(await test.people.file(nth(paper.files, 0).url))
  const words = new TextDecoder().decode(files['word/document.xml']).replace(/<[^>]+>/g, '|')
  expect(words).toContain('Kết quả mười hai tháng trong năm')
  expect(words.split('|').filter((word) => word === 'T')).toHaveLength(2)
  // A correction after the year leaves what stood beside it.
  await issue(ward, 'tháng 8/2026', [95, 40])
  const again = await test.people.ask(secretary.account, '/thongbaocuatoi')
  const row = again.text.split('\n').find((text) => text.includes('năm 2026'))
  await test.people.press(secretary.account, secretary.account, again, row?.split('.')[0] ?? '')
  const then = await test.people.next(secretary.account, secretary.account, says('đánh giá năm 2026'))
  expect(then.text).toContain('- tháng 8, 9: tốt')
})

it('a branch reads beside the year only the months that were meant for it', async () => {
  const ward = await noticeWard(test)
  const [first, second] = ward.branches
  const [, cadre] = ward.cadres
  if (!first || !second || !cadre) throw new Error('too few')
  await issue(ward, 'tháng 10/2026', [80, 95])
  const db = test.app.services.database
  await db.membership.updateMany({
    where: { personId: cadre.id },
    data: { to: new Date('2026-10-31T00:00:00Z') },
  })
  await db.membership.create({
    data: { personId: cadre.id, organisationId: first.id, from: new Date('2026-11-01T00:00:00Z') },
  })
  await issue(ward, 'năm 2026', [80, 90])
  const { secretary } = first
  const inbox = await test.people.ask(secretary.account, '/thongbaocuatoi')
  await test.people.press(secretary.account, secretary.account, inbox, '1')
  const levels = await test.people.next(secretary.account, secretary.account, says('đánh giá năm 2026'))
  const about = levels.text.slice(levels.text.indexOf(cadre.fullName)).split('\n')
  expect(about[1]).toBe('Trong năm chưa có kết quả tháng.')
  const own = await test.people.next(cadre.account, cadre.account, says('đánh giá năm 2026 của đồng chí'))
  expect(own.text).toContain('- tháng 10: xuất sắc')
})
