import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
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

/** From the list of branches to the answer that all of them are sent to. */
async function sendToAll(ward: NoticeWard, list: SeenMessage): Promise<void> {
  await press(ward, list, 'Chọn tất cả')
  const ticked = await answer(ward, `Đã chọn ${ward.branches.length}/`)
  await press(ward, ticked, 'Xem trước')
  await press(ward, await answer(ward, 'Bấm “Gửi”'), 'Gửi')
  await answer(ward, 'Đã gửi Thông báo')
}

describe('/thongbao', () => {
  it('with words goes to the chosen branches in the name and post of the leader, with a number', async () => {
    const ward = await noticeWard(test, { branches: 3 })
    const list = await test.people.ask(ward.leader.account, '/thongbao Mời họp giao ban 14:00 ngày 30/11/2026.')
    expect(list.text).toContain('2. ▫️ Chi bộ tổ dân phố số 2')
    await press(ward, list, '2')
    const ticked = await answer(ward, '2. ✅ Chi bộ tổ dân phố số 2')
    await press(ward, ticked, 'Xem trước')
    const preview = await answer(ward, 'Xem trước thông báo')
    expect(preview.text).toContain('Gửi tới 1 chi bộ: Chi bộ tổ dân phố số 2.')
    expect(preview.text).toContain('không thuộc phạm vi bí mật nhà nước')
    await press(ward, preview, 'Gửi')
    const [sent] = await groupTexts(test, nth(ward.branches, 1))
    expect(sent?.split('\n')).toEqual([
      `Thông báo của Đảng ủy ${ward.name.replace('Đảng bộ ', '')}`,
      'Số 01-TB/ĐU, ngày 23/11/2026',
      `Đồng chí ${ward.leader.fullName}, Chủ tịch Ủy ban nhân dân`,
      '',
      'Mời họp giao ban 14:00 ngày 30/11/2026.',
      '',
      'Đề nghị đồng chí bí thư chi bộ bấm nút “Đã nhận thông báo”.',
    ])
    expect(await groupTexts(test, nth(ward.branches, 0))).toEqual([])
    expect(await groupTexts(test, nth(ward.branches, 2))).toEqual([])
  })

  it('asks step by step, and lines may be typed by number', async () => {
    const ward = await noticeWard(test, { branches: 3 })
    expect((await test.people.ask(ward.leader.account, '/thongbao')).text).toContain('gõ nội dung')
    await test.people.ask(ward.leader.account, 'Nội dung thông báo')
    const ticked = await test.people.ask(ward.leader.account, '1, 3')
    expect(ticked.text).toContain('Đã chọn 2/3')
    expect((await test.people.ask(ward.leader.account, '7')).text).toContain('Không có dòng số 7')
    expect((await test.people.ask(ward.leader.account, 'tất cả')).text).toContain('Đã chọn 3/3')
  })

  it('is acknowledged in the same way', async () => {
    const ward = await noticeWard(test)
    await sendToAll(ward, await test.people.ask(ward.leader.account, '/thongbao Nội dung'))
    const branch = nth(ward.branches, 1)
    const [message] = await groupMessages(test, branch)
    if (!message) throw new Error('nothing came')
    expect(buttonsOf(message)).toEqual(['Đã nhận thông báo'])
    await test.people.press(branch.deputy.account, branch.group, message, 'Đã nhận thông báo')
    const [shown] = await groupTexts(test, branch)
    expect(shown).toContain(`Đã xác nhận: đồng chí ${branch.deputy.fullName}, Phó Bí thư chi bộ`)
  })

  it('goes out once, however often Gửi is tapped', async () => {
    const ward = await noticeWard(test)
    await press(ward, await test.people.ask(ward.leader.account, '/thongbao Một lần'), 'Chọn tất cả')
    await press(ward, await answer(ward, 'Đã chọn 2/2'), 'Xem trước')
    const preview = await answer(ward, 'Bấm “Gửi”')
    await Promise.allSettled([press(ward, preview, 'Gửi'), press(ward, preview, 'Gửi'), press(ward, preview, 'Gửi')])
    for (const branch of ward.branches) expect(await groupTexts(test, branch)).toHaveLength(1)
  })

  it('to no branch is not sent', async () => {
    const ward = await noticeWard(test)
    const list = await test.people.ask(ward.leader.account, '/thongbao Nội dung')
    expect((await press(ward, list, 'Xem trước')).text).toContain('Chưa chọn nơi nhận nào')
  })

  it('is refused to a secretary and to an officer', async () => {
    const ward = await noticeWard(test)
    const { secretary } = nth(ward.branches, 0)
    expect((await test.people.ask(secretary.account, '/thongbao Nội dung')).text).toContain('chưa được giao')
    expect((await test.people.ask(ward.officer, '/thongbao Nội dung')).text).toContain('chưa được giao')
  })
})

describe('a plain notice that a branch does not confirm', () => {
  it('is reminded of in turn, with its day first: the secretary, the deputy, the ward member in charge', async () => {
    const ward = await noticeWard(test)
    const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
    const inCharge = nth(first.members, 1)
    await test.app.services.database.position.create({
      data: {
        wardId: ward.id,
        personId: inCharge.id,
        organisationId: second.id,
        post: 'supervisingMember',
        title: 'Cấp ủy viên phụ trách',
        from: new Date('2024-01-01'),
      },
    })
    await press(ward, await test.people.ask(ward.leader.account, '/thongbao Nộp danh sách'), 'Chọn tất cả')
    await press(ward, await answer(ward, 'Đã chọn 2/2'), 'Xem trước')
    await press(ward, await answer(ward, 'Bấm “Gửi”'), 'Đặt hạn')
    await answer(ward, 'phải xong ngày nào')
    expect((await test.people.ask(ward.leader.account, 'ngày nào đó')).text).toContain('ngày nào đó')
    await press(ward, await test.people.ask(ward.leader.account, '30/11/2026'), 'Gửi')
    const told = await test.people.next(first.secretary.account, first.group, says('Nộp danh sách'))
    expect(told.text.split('\n')[1]).toBe('Hạn thực hiện: 30/11/2026')
    await test.people.press(first.secretary.account, first.group, told, 'Đã nhận')
    const hears = async (account: number, ...words: string[]) =>
      (await test.people.read(account, account)).filter(says('chưa xác nhận', ...words))
    await test.people.advance('PT48H')
    const [asked] = await hears(second.secretary.account)
    expect(asked?.text.split('\n').slice(0, 2)).toEqual([
      `${second.name} chưa xác nhận thông báo`,
      'Hạn thực hiện: 30/11/2026',
    ])
    expect(await hears(first.secretary.account)).toEqual([])
    await test.people.advance('PT48H')
    expect(await hears(second.deputy.account, 'bí thư chưa xác nhận')).toHaveLength(1)
    await test.people.advance('PT48H')
    expect(await hears(inCharge.account, 'Bí thư và phó bí thư chi bộ')).toHaveLength(1)
    expect(await hears(first.deputy.account)).toEqual([])
  })
})

describe('a file', () => {
  const file = { name: 'Ke hoach 12.pdf', data: new Uint8Array([37, 80, 68, 70]) }

  it('with the command as its caption goes with its words', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await test.people.sendFile(account, account, { ...file, caption: '/thongbao Gửi kế hoạch tháng 12' })
    await sendToAll(ward, await answer(ward, 'chi bộ nào'))
    const branch = nth(ward.branches, 0)
    const [message, ...others] = await groupMessages(test, branch)
    expect(others).toEqual([])
    expect(message?.files[0]?.name).toBe(file.name)
    expect(message?.text).toContain('Gửi kế hoạch tháng 12')
    if (!message) return
    await test.people.press(branch.secretary.account, branch.group, message, 'Đã nhận thông báo')
    expect((await groupTexts(test, branch))[0]).toContain('Đã xác nhận')
  })

  it('may be sent when asked, and its words after it', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await test.people.ask(account, '/thongbao')
    await test.people.sendFile(account, account, file)
    const list = await answer(ward, 'chi bộ nào')
    expect((await test.people.ask(account, 'Kèm theo kế hoạch')).text).toContain('Đã thêm')
    await sendToAll(ward, list)
    const [message] = await groupMessages(test, nth(ward.branches, 0))
    expect(message?.files).toHaveLength(1)
    expect(message?.text).toContain('Kèm theo kế hoạch')
  })

  it('with words too long for a caption is followed by them, the button under the last', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    const words = Array.from({ length: 150 }, (_, index) => `từ${index}`).join(' ')
    await test.people.sendFile(account, account, { ...file, caption: `/thongbao ${words}` })
    await sendToAll(ward, await answer(ward, 'chi bộ nào'))
    const messages = await groupMessages(test, nth(ward.branches, 0))
    expect(messages.map(({ files }) => files.length)).toEqual([1, 0])
    expect(messages[1]?.text).toContain(words)
    expect(messages.map((message) => buttonsOf(message).length)).toEqual([0, 1])
  })
})

describe('a text that Telegram cuts into several messages', () => {
  it('arrives whole, and the group reads every word of it', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    const words = Array.from({ length: 1200 }, (_, index) => `từ${index}`)
    const list = await test.people.ask(account, `/thongbao ${words.slice(0, 600).join(' ')}`)
    expect((await test.people.ask(account, words.slice(600).join(' '))).text).toContain('Đã thêm')
    await sendToAll(ward, list)
    const messages = await groupMessages(test, nth(ward.branches, 0))
    expect(messages.length).toBeGreaterThan(1)
    const read = messages.flatMap(({ text }) => text.split(/\s+/)).filter((word) => /^từ\d+$/.test(word))
    expect(read).toEqual(words)
    expect(messages.map((message) => buttonsOf(message).length > 0)).toEqual([
      ...messages.slice(1).map(() => false),
      true,
    ])
  })
})

describe('a paper with a mark of secrecy', () => {
  it('is refused by its head and by the name of its file, and nothing of it is kept', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    expect((await test.people.ask(account, '/thongbao TỐI MẬT\nSố 3')).text).toContain('dấu “Tối mật”')
    await test.people.sendFile(account, account, {
      name: 'MẬT 12.pdf',
      data: new Uint8Array([1]),
      caption: '/thongbao Xem',
    })
    expect((await test.people.next(account, account)).text).toContain('dấu “Mật”')
    expect(await test.app.services.database.noticeIssue.count({ where: { wardId: ward.id } })).toBe(0)
    await sendToAll(ward, await test.people.ask(account, '/thongbao Ngày thường'))
    await press(ward, await test.people.ask(account, '/tinhhinh 1'), 'Thay bằng thông báo mới')
    await answer(ward, 'gõ lại toàn bộ')
    expect((await test.people.ask(account, 'Mật\nSố 4')).text).toContain('dấu “Mật”')
    expect(await test.app.services.database.noticeIssue.count({ where: { wardId: ward.id } })).toBe(1)
  })
})
