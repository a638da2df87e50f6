import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { line, type NoticeWard, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function issue(ward: NoticeWard, month: string, score: number, remark?: string): Promise<void> {
  const { account } = ward.leader
  const rows = ward.cadres.map((person) => line(person, score, remark ? { remark } : {}))
  const preview = await sendResults(test, account, rows, { caption: `tháng ${month}` })
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  await test.app.settle()
}

it('a cadre reads their own months with a picture, and says something on the newest once, to the issuer alone', async () => {
  const ward = await noticeWard(test)
  await issue(ward, '10/2026', 95)
  await issue(ward, '11/2026', 74, 'Chậm hai việc.')
  const cadre = nth(ward.cadres, 1)
  const own = await test.people.ask(cadre.account, '/ketquacuatoi')
  expect(own.text).toContain(
    'tháng 11/2026: tốt (74 điểm) – số 02-TB/ĐU\ntháng 10/2026: xuất sắc (95 điểm) – số 01-TB/ĐU',
  )
  expect(own.text).toContain('Nhận xét: Chậm hai việc.')
  expect(own.protected).toBe(true)
  const picture = await test.people.next(cadre.account, cadre.account, ({ files }) => files.length > 0)
  const bytes = await test.people.file(nth(picture.files, 0).url)
  expect(Buffer.from(bytes.slice(1, 4)).toString()).toBe('PNG')

  await test.people.press(cadre.account, cadre.account, own, 'Gửi ý kiến về kết quả tháng 11/2026')
  await test.people.next(cadre.account, cadre.account, says('Đồng chí gõ ý kiến'))
  expect((await test.people.ask(cadre.account, 'Hai việc ấy do mưa bão.')).text).toContain(
    `Đã gửi ý kiến của đồng chí tới đồng chí ${ward.leader.fullName}`,
  )
  const told = await test.people.next(ward.leader.account, ward.leader.account, says('Ý kiến của đồng chí'))
  expect(told.text).toContain('Hai việc ấy do mưa bão.')
  const again = await test.people.press(cadre.account, cadre.account, own, 'Gửi ý kiến')
  expect(again.text).toContain('mỗi kết quả được gửi một lần')
  expect(await test.app.services.database.resultComment.count()).toBe(1)
})

it('the branch remarks on its own cadre only, the leader sees both sides, and who has nothing is told so', async () => {
  const ward = await noticeWard(test)
  await issue(ward, '11/2026', 82, 'Việc cơ quan tốt.')
  const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const cadre = nth(ward.cadres, 1)
  const { secretary } = second
  const list = await test.people.ask(secretary.account, '/canbo')
  expect(list.text).toContain('Cán bộ của phường (1 đồng chí)')
  expect(list.text).not.toContain(ward.leader.fullName)
  const card = await test.people.ask(secretary.account, '1')
  await test.people.next(secretary.account, secretary.account, ({ files }) => files.length > 0)
  await test.people.press(secretary.account, secretary.account, card, 'Nhận xét của chi bộ về tháng 11/2026')
  await test.people.next(secretary.account, secretary.account, says('Đồng chí gõ nhận xét của chi bộ'))
  const done = await test.people.ask(secretary.account, 'Dự đủ các buổi dọn vệ sinh.')
  expect(done.text).toContain(`Đã ghi nhận xét của chi bộ về đồng chí ${cadre.fullName}`)
  const told = await test.people.next(ward.leader.account, ward.leader.account, says('Chi bộ nhận xét'))
  expect(told.text).toContain('Dự đủ các buổi dọn vệ sinh.')

  const whole = await test.people.ask(ward.leader.account, '/canbo')
  expect(whole.text).toContain('(2 đồng chí)')
  const number =
    whole.text
      .split('\n')
      .find((row) => row.includes(cadre.fullName))
      ?.split('.')[0] ?? ''
  const both = await test.people.ask(ward.leader.account, number)
  expect(both.text).toContain('Phường nhận xét: Việc cơ quan tốt.')
  expect(both.text).toContain('Dự đủ các buổi dọn vệ sinh.')
  expect(buttonsOf(both)).toEqual([])

  // A forged press for the cadre of another branch is refused, as is a remark on its result.
  const seen = await test.people.ask(first.secretary.account, '/canbo')
  const forged = await test.sandbox.world.press({
    from: first.secretary.account,
    chat: first.secretary.account,
    message: seen.id,
    button: '',
    data: `ncadre:${cadre.id}`,
  })
  expect(forged.text ?? '').toContain('Không có cán bộ nào')
  const plain = nth(first.members, 1)
  expect((await test.people.ask(plain.account, '/ketquacuatoi')).text).toContain('Chưa có kết quả đánh giá nào')
  expect((await test.people.ask(plain.account, '/canbo')).text).toContain('chưa được giao')
})
