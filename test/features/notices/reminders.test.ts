import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { postFacts } from '../../../src/domain/posts.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import {
  groupTexts,
  issueResults,
  line,
  makeCadre,
  type NoticeWard,
  noticeWard,
  nth,
  says,
  sendResults,
} from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const reminders = async ({ account }: TestPerson, words: string): Promise<SeenMessage[]> =>
  (await test.people.read(account, account)).filter(({ from, text }) => from.isBot && text.includes(words))

async function supervise(ward: NoticeWard, person: TestPerson, branchId: number): Promise<void> {
  await test.app.services.database.position.create({
    data: {
      wardId: ward.id,
      personId: person.id,
      organisationId: branchId,
      post: 'supervisingMember',
      title: postFacts('supervisingMember').title,
      from: toUtcMidnight(Temporal.PlainDate.from('2024-01-01')),
    },
  })
}

it('those who have not confirmed are reminded in turn, each once, and the leaders of what is not issued yet', async () => {
  const ward = await noticeWard(test)
  const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const unrated = nth(second.members, 1)
  await makeCadre(test, unrated)
  await supervise(ward, nth(first.members, 1), second.id)
  await issueResults(
    test,
    ward,
    ward.cadres.map((person) => line(person, 80)),
  )

  // 25/11, 09:00: two days after the issue, and the ward's day of entry.
  await test.people.advance('PT48H')
  const [asked, ...more] = await reminders(first.secretary, 'chưa xác nhận thông báo')
  expect(more).toEqual([])
  expect(asked?.text).toContain(`${first.name} chưa xác nhận thông báo`)
  expect(asked?.text).toContain('Thông báo kết quả đánh giá tháng 11/2026, số 01-TB/ĐU, ngày 23/11/2026')
  expect(asked && buttonsOf(asked)).toEqual(['Đã nhận thông báo số 01-TB/ĐU'])
  expect(await reminders(second.secretary, 'chưa xác nhận thông báo')).toHaveLength(1)
  expect(await reminders(first.deputy, 'chưa xác nhận thông báo')).toEqual([])
  const [entry] = await reminders(ward.leader, 'Đã đến ngày nhập kết quả đánh giá tháng 11/2026')
  expect(entry?.text).toContain('Còn 1 cán bộ đồng chí đánh giá chưa được nhập kết quả')
  if (asked) await test.people.press(first.secretary.account, first.secretary.account, asked, 'Đã nhận')
  expect((await groupTexts(test, first)).join()).toContain('Đã xác nhận: đồng chí')

  // 27/11: the deputy, of the branch only that still has not.
  await test.people.advance('PT48H')
  expect(await reminders(first.deputy, 'chưa xác nhận thông báo')).toEqual([])
  expect(await reminders(second.deputy, 'Đồng chí bí thư chưa xác nhận')).toHaveLength(1)

  // 29/11: the ward member in charge, without a button; the day of issue was in between.
  await test.people.advance('PT48H')
  const [told] = await reminders(nth(first.members, 1), 'Bí thư và phó bí thư chi bộ chưa xác nhận')
  expect(told?.text).toContain(second.name)
  expect(told && buttonsOf(told)).toEqual([])
  expect(await reminders(ward.leader, 'Hôm nay là ngày gửi kết quả đánh giá tháng 11/2026')).toHaveLength(1)
  expect(await reminders(second.secretary, 'chưa xác nhận thông báo')).toHaveLength(1)
})

it('a ward sets its own days, and what a group may read; nobody else may', async () => {
  const ward = await noticeWard(test)
  const { leader } = ward
  const { secretary, members, group } = nth(ward.branches, 0)
  expect((await test.people.ask(secretary.account, '/caidat')).text).toContain('chưa được giao')
  const list = await test.people.ask(leader.account, '/caidat')
  expect(list.text).toContain('1. Nhắc lãnh đạo nhập kết quả tháng: ngày 25')
  const choices = await test.people.ask(leader.account, '3')
  await test.people.press(leader.account, leader.account, choices, '4. không')
  const changed = await test.people.next(leader.account, leader.account)
  expect(changed.text).toContain('3. Nhắc bí thư chưa xác nhận: không')
  const names = await test.people.ask(leader.account, '6')
  await test.people.press(leader.account, leader.account, names, '2. không')
  await test.people.next(leader.account, leader.account)

  const preview = await sendResults(test, leader.account, [line(leader, 80)])
  await test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
  const told = await test.people.next(secretary.account, group, says('Thông báo kết quả đánh giá'))
  expect(told.text).not.toContain(`Đồng chí ${leader.fullName}: `)
  expect(await reminders(secretary, 'Đảng ủy phường chọn không nêu tên')).toHaveLength(1)
  await test.people.press(nth(members, 1).account, group, told, 'Xem kết quả')
  const own = await test.people.next(nth(members, 1).account, nth(members, 1).account, says(leader.fullName))
  expect(own.text).toContain('Hoàn thành tốt nhiệm vụ')
  await test.people.advance('PT72H')
  expect(await reminders(secretary, 'chưa xác nhận thông báo')).toEqual([])
})

it('the sheet carries last month where the ward wants it so, and else nothing', async () => {
  const ward = await noticeWard(test)
  const { leader } = ward
  const preview = await sendResults(test, leader.account, [line(leader, 77, { remark: 'Vững' })], {
    caption: 'tháng 10/2026',
  })
  await test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
  const firstRow = async () => {
    await test.people.ask(leader.account, '/ketqua 11/2026')
    const sent = await test.people.next(leader.account, leader.account, ({ files }) => files.length > 0)
    await test.people.ask(leader.account, '/huy')
    const sheets = await readWorkbook(await test.people.file(nth(sent.files, 0).url))
    return sheets.ok ? sheets.value[0]?.rows[1]?.slice(3) : null
  }
  expect(await firstRow()).toEqual([null, null, null, null, null])
  await test.people.ask(leader.account, '/caidat')
  const choices = await test.people.ask(leader.account, '7')
  await test.people.press(leader.account, leader.account, choices, '2. có')
  await test.people.next(leader.account, leader.account)
  expect(await firstRow()).toEqual([77, null, null, 'Vững', null])
})
