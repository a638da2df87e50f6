import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../support/app.ts'
import type { NoticeWard } from '../support.ts'
import { line, nth, says, sendResults } from '../support.ts'
import { makeLeader, tap, threeCadres } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const entered = (ward: NoticeWard) =>
  test.app.services.database.enteredResult.findMany({
    where: { sheet: { wardId: ward.id } },
    orderBy: { personId: 'asc' },
  })

async function paste(ward: NoticeWard, ...lines: string[]) {
  const { account } = ward.leader
  const offered = await test.people.ask(account, '/ketqua 11/2026')
  await test.people.press(account, account, offered, 'Dán danh sách')
  await test.people.next(account, account, says('Đồng chí dán danh sách'))
  return test.people.ask(account, lines.join('\n'))
}

it('lines are pasted from /ketqua, previewed and sent; the same lines again change nothing, a changed one shows what', async () => {
  const ward = await threeCadres(test)
  const { account } = ward.leader
  const lines = ['1. Nguyễn Văn An – Tốt – 85 – Có sáng kiến', 'tran thi binh; 72', `${ward.leader.number}\tHoàn thành`]
  const said = await paste(ward, ...lines)
  expect(said.text).toBe('Đã ghi 3 đồng chí vào bản của đồng chí.')
  const list = await test.people.next(account, account, says('Đã nhập 3/3 đồng chí.'))
  expect(list.text).toContain(
    '1. Nguyễn Văn An: tốt (85 điểm)\n2. Trần Thị Bình: tốt (72 điểm)\n3. Vũ Thị Yến: hoàn thành',
  )
  await test.people.press(account, account, list, 'Xem trước bản của tôi')
  const preview = await test.people.next(account, account, says('Xem trước kết quả'))
  expect(preview.text).toContain('2 tốt, 1 hoàn thành')
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  await test.app.settle()

  await paste(ward, ...lines)
  const again = await test.people.next(account, account, says('Đã nhập 3/3'))
  const unchanged = await test.people.press(account, account, again, 'Xem trước bản của tôi')
  expect(unchanged.text).toContain('3 kết quả tháng 11/2026 này đã được gửi đúng như vậy, không có gì thay đổi')
  await paste(ward, 'Nguyễn Văn An – 65 – Chậm một việc')
  const changed = await test.people.next(account, account, says('Đã nhập 3/3'))
  await test.people.press(account, account, changed, 'Xem trước bản của tôi')
  const correction = await test.people.next(account, account, says('Xem trước kết quả'))
  expect(correction.text).toContain(
    'Đính chính 1 kết quả đã thông báo:\n1. Đồng chí Nguyễn Văn An: tốt (85 điểm) → hoàn thành (65 điểm) (thay Thông báo số 01-TB/ĐU)',
  )
})

it('every line that cannot be read is shown back with the remedy, and nothing is kept until all can', async () => {
  const ward = await threeCadres(test)
  const refused = await paste(
    ward,
    'Nguyễn Văn An – Tốt – 85',
    'Trần Thị Binh – 80',
    'Vũ Thị Yến – chăm chỉ',
    'Nguyễn Văn An – 90',
    'Trần Thị Bình – 85 – Hoàn thành',
    'Vũ Thị Yến – 101',
  )
  expect(refused.text.split('\n')).toEqual([
    'Có 5 dòng chưa đọc được',
    '',
    'Dòng 2: “Trần Thị Binh – 80”',
    '   Không có cán bộ nào tên “Trần Thị Binh”. Đề nghị ghi đủ họ tên như trong sổ, hoặc số đảng viên.',
    'Dòng 3: “Vũ Thị Yến – chăm chỉ”',
    '   Chưa rõ kết quả của đồng chí Vũ Thị Yến. Đề nghị ghi mức hoặc điểm ngay sau họ tên.',
    'Dòng 4: “Nguyễn Văn An – 90”',
    '   Đồng chí này đã có ở dòng 1. Đề nghị bỏ một dòng.',
    'Dòng 5: “Trần Thị Bình – 85 – Hoàn thành”',
    '   Mức «Hoàn thành nhiệm vụ» không khớp với 85: phải là «Hoàn thành tốt nhiệm vụ». Đề nghị sửa một trong hai ô.',
    'Dòng 6: “Vũ Thị Yến – 101”',
    '   Điểm 101 nằm ngoài khoảng từ 0 đến 100. Đề nghị xem lại.',
    '',
    'Chưa có gì được ghi lại. Đề nghị đồng chí sửa các dòng này rồi dán lại cả danh sách.',
  ])
  expect(await entered(ward)).toEqual([])
  const mended = await test.people.ask(ward.leader.account, 'Nguyễn Văn An – Tốt – 85\nTrần Thị Bình – 80')
  expect(mended.text).toContain('Đã ghi 2 đồng chí')
  expect(await entered(ward)).toHaveLength(2)
})

it('a line about somebody whom another leader rates is shown back', async () => {
  const ward = await threeCadres(test)
  const front = nth(nth(ward.branches, 0).members, 1)
  await makeLeader(test, ward, front)
  const list = await test.people.ask(front.account, '/nhapketqua')
  await tap(test, front.account, list, 'Ai đã nhập, ai chưa', 'Chọn cán bộ tôi đánh giá', '2')
  const refused = await paste(ward, 'Trần Thị Bình – 80', 'Nguyễn Văn An – 80')
  expect(refused.text).toContain(`Đồng chí Trần Thị Bình do đồng chí ${front.fullName} đánh giá. Đề nghị bỏ dòng này.`)
  expect(await entered(ward)).toEqual([])
})

it('words with a mark of secrecy are refused; a workbook sent instead of lines is taken as one', async () => {
  const ward = await threeCadres(test)
  expect((await paste(ward, 'Nguyễn Văn An – 85 – [Mật] Theo văn bản số 12')).text).toContain(
    'không được chuyển qua đây',
  )
  expect(await entered(ward)).toEqual([])
  const preview = await sendResults(test, ward.leader.account, [line(nth(ward.cadres, 0), 85)])
  expect(preview.text).toContain('Xem trước kết quả')
})
