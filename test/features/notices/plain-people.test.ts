import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { type Post, postFacts } from '../../../src/domain/posts.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { groupMessages, groupTexts, type NoticeWard, noticeWard, nth, says } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const press = (ward: NoticeWard, message: SeenMessage, button: string) =>
  test.people.press(ward.leader.account, ward.leader.account, message, button)
const answer = (ward: NoticeWard, ...words: string[]) =>
  test.people.next(ward.leader.account, ward.leader.account, says(...words))
const inPrivate = async ({ account }: TestPerson, words: string): Promise<SeenMessage[]> => {
  await test.app.settle()
  return (await test.people.read(account, account)).filter(({ from, text }) => from.isBot && text.includes(words))
}

async function give(ward: NoticeWard, person: TestPerson, post: Post, organisationId: number | null): Promise<void> {
  const from = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  const { title } = postFacts(post)
  await test.app.services.database.position.create({
    data: { wardId: ward.id, personId: person.id, organisationId, post, title, from },
  })
}

/** From the list of branches to the list of roles and people. */
async function roles(ward: NoticeWard, words: string): Promise<SeenMessage> {
  await press(ward, await test.people.ask(ward.leader.account, `/thongbao ${words}`), 'Chức danh')
  return answer(ward, 'Gửi riêng cho những ai?')
}

async function send(ward: NoticeWard, list: SeenMessage): Promise<void> {
  await press(ward, list, 'Xem trước')
  await press(ward, await answer(ward, 'Bấm “Gửi”'), 'Gửi')
  await answer(ward, 'Đã gửi Thông báo')
  await test.app.settle()
}

it('a notice goes to all who hold a role, each in private, with the day by which, and to no group', async () => {
  const ward = await noticeWard(test)
  const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const head = nth(second.members, 1)
  await give(ward, head, 'groupLeader', second.id)
  const list = await roles(ward, 'Nộp báo cáo quý')
  expect(list.text).toContain('1. ▫️ Bí thư các chi bộ (2 đồng chí)')
  expect(list.text).toContain('4. ▫️ Tổ trưởng tổ dân phố (1 đồng chí)')
  await press(ward, list, '1')
  const ticked = await test.people.ask(ward.leader.account, '4')
  expect(ticked.text).toContain('1. ✅ Bí thư các chi bộ')
  expect(ticked.text).toContain('4. ✅ Tổ trưởng tổ dân phố')
  await press(ward, ticked, 'Xem trước')
  const preview = await answer(ward, 'Bấm “Gửi”')
  expect(preview.text).toContain('Gửi riêng 3 đồng chí: ')
  await press(ward, preview, 'Đặt hạn')
  await answer(ward, 'phải xong ngày nào')
  const dated = await test.people.ask(ward.leader.account, '30/11')
  expect(dated.text).toContain('Hạn thực hiện: 30/11/2026')
  await press(ward, dated, 'Gửi')
  const sent = await answer(ward, 'Đã gửi Thông báo số 01')
  expect(sent.text).toContain('Đang chuyển tới chat riêng của 3 đồng chí.')

  for (const person of [first.secretary, second.secretary, head]) {
    const [told, ...more] = await inPrivate(person, 'Nộp báo cáo quý')
    expect(more).toEqual([])
    expect(told?.text.split('\n')).toEqual([
      `Thông báo của Đảng ủy ${ward.name.replace('Đảng bộ ', '')}`,
      'Hạn thực hiện: 30/11/2026',
      'Số 01-TB/ĐU, ngày 23/11/2026',
      `Đồng chí ${ward.leader.fullName}, Chủ tịch Ủy ban nhân dân`,
      '',
      'Nộp báo cáo quý',
      '',
      'Đề nghị đồng chí bấm nút “Đã nhận thông báo”.',
    ])
  }
  expect(await inPrivate(first.deputy, 'Nộp báo cáo quý')).toEqual([])
  for (const branch of ward.branches) expect(await groupTexts(test, branch)).toEqual([])
})

it('each confirms for themself, is reminded alone, and the ward sees unread, seen and confirmed', async () => {
  const ward = await noticeWard(test, { branches: 3 })
  const [first, second, third] = [nth(ward.branches, 0), nth(ward.branches, 1), nth(ward.branches, 2)]
  const inCharge = nth(first.members, 1)
  await give(ward, inCharge, 'supervisingMember', third.id)
  const list = await roles(ward, 'Gửi bí thư')
  expect(list.text).toContain('Bí thư các chi bộ (3 đồng chí)')
  await send(ward, await test.people.ask(ward.leader.account, '1'))
  const [told] = await inPrivate(first.secretary, 'Gửi bí thư')
  if (!told) throw new Error('nothing came')
  const said = await test.people.press(first.secretary.account, first.secretary.account, told, 'Đã nhận')
  expect(said.text).toContain('Đồng chí đã xác nhận lúc 09:00 23/11/2026')
  const [marked] = await inPrivate(first.secretary, 'Gửi bí thư')
  expect(marked && buttonsOf(marked)).toEqual([])
  expect(marked?.text).toContain('Đồng chí đã xác nhận lúc 09:00')

  const inbox = await test.people.ask(second.secretary.account, '/thongbaocuatoi')
  expect(inbox.text).toContain('1. Số 01-TB/ĐU, 23/11/2026: “Gửi bí thư” – chưa xem')
  await test.people.press(second.secretary.account, second.secretary.account, inbox, '1')
  await test.people.next(second.secretary.account, second.secretary.account, says('Gửi bí thư', 'Đề nghị'))

  const status = await test.people.ask(ward.leader.account, '/tinhhinh 1')
  expect(status.text).toContain('Gửi riêng từng đồng chí: 1/3 đã xác nhận')
  expect(status.text).toContain(`Đồng chí ${second.secretary.fullName}: đã xem 09:00 23/11/2026`)
  expect(status.text).toContain(`Đồng chí ${third.secretary.fullName}: chưa xem`)
  expect(status.text).toContain(`Đồng chí ${first.secretary.fullName}: đã xác nhận 09:00 23/11/2026`)
  expect(status.text).toContain('Nhận trong 72 giờ: 1/3 (33,3%)')
  expect((await test.people.ask(second.secretary.account, '/viecchuaxong')).text).toContain('thông báo số 01-TB/ĐU')

  await test.people.advance('PT48H')
  const reminded = 'Đồng chí chưa xác nhận một thông báo'
  expect(await inPrivate(first.secretary, reminded)).toEqual([])
  expect(await inPrivate(second.secretary, reminded)).toHaveLength(1)
  await test.people.advance('PT48H')
  expect(await inPrivate(third.secretary, reminded)).toHaveLength(2)
  const [again] = await inPrivate(second.secretary, reminded)
  if (!again) throw new Error('not reminded')
  await test.people.press(second.secretary.account, second.secretary.account, again, 'Đã nhận')
  await test.people.advance('PT48H')
  const [silent, ...others] = await inPrivate(inCharge, 'chưa xác nhận thông báo')
  expect(others).toEqual([])
  expect(silent?.text).toContain(`Đồng chí ${third.secretary.fullName} chưa xác nhận thông báo`)
  await test.people.advance('PT48H')
  expect(await inPrivate(third.secretary, reminded)).toHaveLength(2)
})

it('a person is found by name, one without an account is listed to be handed the paper, by hand', async () => {
  const ward = await noticeWard(test)
  const branch = nth(ward.branches, 1)
  const offline = nth(branch.members, 2)
  expect(offline.account).toBe(0)
  await roles(ward, 'Mời lên nhận huy hiệu')
  const found = await test.people.ask(ward.leader.account, 'đang vien 2')
  expect(found.text).toContain('Đồng chí nào?')
  expect((await test.people.ask(ward.leader.account, 'không có ai')).text).toContain('Không tìm thấy “không có ai”')
  const added = await test.people.ask(ward.leader.account, '3')
  expect(added.text).toContain(`✅ Đồng chí ${offline.fullName}`)
  await press(ward, added, 'Xem trước')
  const preview = await answer(ward, 'Bấm “Gửi”')
  expect(preview.text).toContain(`Chưa có chat riêng, phải trao tận tay: ${offline.fullName}.`)
  await press(ward, preview, 'Gửi')
  await answer(ward, 'phải trao tận tay')

  const officer = ward.officer
  const told = await test.people.next(officer, officer, says('bản giấy'))
  expect(told.text).toContain(`1. Đồng chí ${offline.fullName}: chưa có chat riêng`)
  await test.people.press(officer, officer, told, 'In và trao')
  const copies = await test.people.next(officer, officer, says('còn 1 bản giấy'))
  await test.people.press(officer, officer, copies, '1')
  const file = await test.people.next(officer, officer, ({ files }) => files.length > 0)
  expect(nth(file.files, 0).name).toMatch(/\.docx$/)
  const mark = await test.people.next(officer, officer, says('Trao xong'))
  await test.people.press(officer, officer, mark, 'Đã trao')
  const who = await test.people.next(officer, officer, says('trao cho ai'))
  expect(buttonsOf(who)).toContain(`Đồng chí ${offline.fullName}`)
  expect((await test.people.ask(officer, 'Lê Văn Con')).text).toContain('cho đồng chí Lê Văn Con')
  const status = await test.people.ask(ward.leader.account, '/tinhhinh 1')
  expect(status.text).toContain(`Đồng chí ${offline.fullName}: đã trao tận tay đồng chí Lê Văn Con, 09:00`)
  expect((await test.people.ask(officer, '/traotay')).text).toContain('Không có bản giấy nào')
})

it('a correction takes the place of a notice for the same readers, marks it, and is confirmed anew', async () => {
  const ward = await noticeWard(test)
  const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const list = await test.people.ask(ward.leader.account, '/thongbao Họp lúc 14:00')
  await press(ward, list, '1')
  const one = await answer(ward, 'Đã chọn 1/2')
  await press(ward, one, 'Chức danh')
  await answer(ward, 'Gửi riêng cho những ai?')
  await send(ward, await test.people.ask(ward.leader.account, second.secretary.number))
  const [old] = await groupMessages(test, first)
  if (!old) throw new Error('nothing came')
  await test.people.press(first.secretary.account, first.group, old, 'Đã nhận')

  const status = await test.people.ask(ward.leader.account, '/tinhhinh 1')
  await press(ward, status, 'Thay bằng thông báo mới')
  await answer(ward, 'gõ lại toàn bộ nội dung thay cho Thông báo số 01-TB/ĐU')
  const again = await test.people.ask(ward.leader.account, 'Họp lúc 15:00')
  expect(again.text).toContain('Đã chọn 1/2')
  await send(ward, again)

  const texts = await groupTexts(test, first)
  const [before, after] = ['14:00', '15:00'].map((hour) => texts.find((text) => text.includes(`Họp lúc ${hour}`)))
  expect(before).toContain('Đã được thay thế bằng Thông báo số 02-TB/ĐU.')
  expect(before).toContain('Đã xác nhận: đồng chí')
  expect(after).toContain('Thông báo thay thế của Đảng ủy')
  expect(after).toContain('Thay thế Thông báo số 01-TB/ĐU')
  expect(after).toContain('Đề nghị đồng chí bí thư chi bộ bấm nút')
  const [gone] = await inPrivate(second.secretary, 'Họp lúc 14:00')
  expect(gone?.text).toContain('Đã được thay thế bằng Thông báo số 02-TB/ĐU.')
  expect(gone && buttonsOf(gone)).toEqual([])
  expect(await inPrivate(second.secretary, 'Họp lúc 15:00')).toHaveLength(1)
  const old1 = await test.people.ask(ward.leader.account, '/tinhhinh 1')
  expect(old1.text).toContain(`Đồng chí ${second.secretary.fullName}: đã có thông báo thay thế`)
  expect((await press(ward, old1, 'Thay bằng')).text).toContain('đã được thay bằng Thông báo số 02-TB/ĐU')
})
