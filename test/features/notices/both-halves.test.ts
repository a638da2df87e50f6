import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectGroup } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { orThrow } from '../linking/support.ts'
import { threeCadres } from './entry/kit.ts'
import { groupTexts, line, type NoticeWard, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** The paragraphs of a .docx. */
async function paragraphsOf(message: SeenMessage): Promise<string[]> {
  const files = unzipSync(await test.people.file(nth(message.files, 0).url))
  const xml = new TextDecoder().decode(files['word/document.xml'])
  return xml.split('</w:p>').map((paragraph) => paragraph.replace(/<[^>]+>/g, ''))
}

/** Has the ward's numbers printed as `07/TB-ĐUP`. */
async function useOwnForm({ leader: { account } }: NoticeWard): Promise<void> {
  const settings = await test.people.ask(account, '/caidat')
  await test.people.ask(account, /(\d+)\. Số thông báo/.exec(settings.text)?.[1] ?? '')
  await test.people.press(account, account, await test.people.ask(account, '…/TB-ĐUP'), 'Dùng mẫu này')
  await test.app.settle()
}

async function losesGroup({ id }: { id: number }): Promise<void> {
  const where = { organisationId: id }
  await test.app.services.database.groupLink.updateMany({ where, data: { endedAt: new Date() } })
}

async function issue({ leader: { account } }: NoticeWard, preview: SeenMessage): Promise<void> {
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  await test.people.next(account, account, says('Đã gửi Thông báo'))
  await test.app.settle()
}

/** From the list of roles on: chooses the first of them, previews and sends. */
async function sendToSecretaries(account: number): Promise<void> {
  await test.people.next(account, account, says('Gửi riêng cho những ai?'))
  await test.people.press(account, account, await test.people.ask(account, '1'), 'Xem trước')
  await test.people.press(account, account, await test.people.next(account, account, says('Bấm “Gửi”')), 'Gửi')
}

it('members may be asked to confirm what was entered line by line, not only what came in a workbook', async () => {
  const ward = await threeCadres(test)
  const { account } = ward.leader
  await test.people.ask(account, '/nhapketqua')
  await test.people.ask(account, '1')
  await test.people.ask(account, 'tốt, 84')
  const list = await test.people.ask(account, '/nhapketqua')
  expect(list.text).toContain('Đã nhập 1/3')
  await test.people.press(account, account, list, 'Xem trước bản của tôi')
  const preview = await test.people.next(account, account, says('Xem trước kết quả'))
  await test.people.press(account, account, preview, 'Đảng viên cùng xác nhận: không')
  const asking = await test.people.next(account, account, ({ buttons }) => buttons.length > 0)
  expect(buttonsOf(asking)).toContain('Đảng viên cùng xác nhận: có')
  await issue(ward, asking)
  const [told] = await groupTexts(test, nth(ward.branches, 0))
  expect(told).toContain('từng đồng chí đảng viên bấm nút')
})

it('letters stand on the paper, in the twelve months beside a year and in one’s own table', async () => {
  const ward = await noticeWard(test)
  const second = nth(ward.branches, 1)
  const cadre = nth(ward.cadres, 1)
  const graded = { grade: 'B', level: 'Hoàn thành tốt nhiệm vụ' }
  const december = await sendResults(test, ward.leader.account, [line(cadre, null, graded)], {
    caption: 'tháng 12/2025',
  })
  await losesGroup(second)
  await issue(ward, december)
  await test.people.ask(ward.officer, '/traotay')
  const paper = await paragraphsOf(await test.people.ask(ward.officer, '1'))
  expect(paper).toContain('Hoàn thành tốt nhiệm vụ (loại B)')

  await issue(ward, await sendResults(test, ward.leader.account, [line(cadre, 75)], { caption: 'năm 2025' }))
  const own = await test.people.next(cadre.account, cadre.account, says('Kết quả đánh giá năm 2025 của đồng chí'))
  expect(own.text).toContain('- tháng 12: tốt (loại B)')
  const table = await test.people.ask(cadre.account, '/ketquacuatoi')
  expect(table.text).toContain('tháng 12/2025: tốt (loại B) – số 01-TB/ĐU')
  await test.people.ask(ward.officer, '/traotay')
  await test.people.ask(ward.officer, '2')
  const year = await paragraphsOf(await test.people.ask(ward.officer, '1'))
  expect(year.filter((text) => text === 'B T')).toHaveLength(1)
  expect(year.join('\n')).toContain('Chữ đứng trước là loại theo bộ tiêu chí của tháng đó')
})

it('numbers in the form of the ward stand on plain notices, papers and what is meant for one person', async () => {
  const ward = await noticeWard(test)
  const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const { account } = ward.leader
  await useOwnForm(ward)
  await losesGroup(second)
  const list = await test.people.ask(account, '/thongbao Họp cán bộ')
  await test.people.press(account, account, list, 'Chọn tất cả')
  await test.people.press(account, account, await test.people.next(account, account, says('Đã chọn 2/2')), 'Chức danh')
  await sendToSecretaries(account)
  expect((await test.people.next(account, account, says('Đã gửi'))).text).toContain('Thông báo số 01/TB-ĐUP')
  expect((await groupTexts(test, first)).join('\n')).toContain('Số 01/TB-ĐUP, ngày')
  const { secretary } = first
  const personal = await test.people.next(secretary.account, secretary.account, says('Họp cán bộ'))
  expect(personal.text).toContain('Số 01/TB-ĐUP, ngày')
  const owed = await test.people.ask(secretary.account, '/thongbaocuatoi')
  expect(owed.text).toContain('Số 01/TB-ĐUP')

  expect((await test.people.ask(ward.officer, '/traotay')).text).toContain('01/TB-ĐUP')
  const paper = await paragraphsOf(await test.people.ask(ward.officer, '1'))
  expect(paper).toContain('Số 01/TB-ĐUP')

  const fixed = await test.people.ask(account, '/tinhhinh')
  await test.people.press(account, account, fixed, 'Thay bằng thông báo mới')
  await test.people.next(account, account, says('thay cho Thông báo số 01/TB-ĐUP'))
  const targets = await test.people.ask(account, 'Họp cán bộ lúc 8 giờ')
  await test.people.press(account, account, targets, 'Xem trước')
  const preview = await test.people.next(account, account, says('Bấm “Gửi”'))
  expect(preview.text).toContain('Thay thế Thông báo số 01/TB-ĐUP')
  await test.people.press(account, account, preview, 'Gửi')
  await test.people.next(account, account, says('Đã gửi Thông báo số 02/TB-ĐUP'))
  expect((await groupTexts(test, first)).join('\n')).toContain('thay thế bằng Thông báo số 02/TB-ĐUP')
})

it('the leaders’ group counts what was handed over as the ward does, and reads nothing of a notice to people alone', async () => {
  const ward = await noticeWard(test)
  const second = nth(ward.branches, 1)
  const { account } = ward.leader
  const group = await test.people.addGroup('Lãnh đạo phường', [ward.officer, account])
  orThrow(await connectGroup(test.app.context(), { wardId: ward.id, chatId: BigInt(group), title: 'Lãnh đạo' }))
  await test.people.changeGroup(group, { bot: 'add' })
  await test.app.settle()
  await losesGroup(second)
  const rows = ward.cadres.map((person) => line(person, 80))
  await issue(ward, await sendResults(test, account, rows))
  const notice = await test.app.services.database.notice.findFirstOrThrow({ where: { branchId: second.id } })
  await test.people.ask(ward.officer, '/traotay')
  await test.people.ask(ward.officer, '1')
  const mark = await test.people.next(ward.officer, ward.officer, says('Trao xong'))
  await test.people.press(ward.officer, ward.officer, mark, 'Đã trao tận tay')
  await test.people.next(ward.officer, ward.officer, says('trao cho ai'))
  await test.people.ask(ward.officer, 'Nguyễn Văn Nhận')
  expect(await test.app.services.database.noticeHandover.count({ where: { noticeId: notice.id } })).toBe(1)
  await test.people.say(account, group, '/tinhhinh')
  const counted = await test.people.next(account, group, says('Tình hình nhận'))
  expect(counted.text).toContain('Đã xác nhận: 0/2 chi bộ')
  expect(counted.text).not.toContain(second.name)

  const list = await test.people.ask(account, '/thongbao Mời riêng')
  await test.people.press(account, account, list, 'Chức danh')
  await sendToSecretaries(account)
  await test.people.next(account, account, says('Đã gửi Thông báo số 02'))
  await test.people.say(account, group, '/tinhhinh')
  const answer = await test.people.next(account, group)
  expect(answer.text).toBe(test.app.services.texts('notices:sentPrivately'))
  const status = await test.people.next(account, account, says('Tình hình nhận Thông báo số 02'))
  expect(status.text).toContain('Mời riêng')
})
