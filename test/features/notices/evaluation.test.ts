import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { groupTexts, issueResults, line, noticeWard, nth, says, sendResults, titles } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('/ketqua', () => {
  it('explains in two lines and sends the sheet with the cadres of the ward', async () => {
    const ward = await noticeWard(test)
    const { leader } = ward
    const explained = await test.people.ask(leader.account, '/ketqua 11/2026')
    expect(explained.text.split('\n')).toHaveLength(3)
    const template = await test.people.next(leader.account, leader.account, ({ files }) => files.length > 0)
    expect(template.files[0]?.name).toBe('ket-qua-danh-gia-thang-11-2026.xlsx')
    const sheets = await readWorkbook(await test.people.file(nth(template.files, 0).url))
    expect(sheets).toMatchObject({ ok: true, value: [{ sheet: 'Kết quả' }, { sheet: 'Hướng dẫn' }] })
    if (!sheets.ok) return
    expect(sheets.value[0]?.rows[0]).toEqual(titles)
    expect(sheets.value[0]?.rows.slice(1).map(([number, name, branch]) => [number, name, branch])).toEqual(
      ward.cadres.map((person, index) => [person.number, person.fullName, ward.branches[index]?.name]),
    )
  })

  it('is refused for a month in the future and for words that are no month', async () => {
    const { leader } = await noticeWard(test)
    expect((await test.people.ask(leader.account, '/ketqua 12/2026')).text).toContain('tháng 12/2026 chưa tới')
    expect((await test.people.ask(leader.account, '/ketqua abc')).text).toContain('Không rõ «abc» là tháng nào')
  })

  it('is refused to a member without a role, however the sheet comes', async () => {
    const ward = await noticeWard(test)
    const { secretary } = nth(ward.branches, 1)
    expect((await test.people.ask(secretary.account, '/ketqua')).text).toContain('chưa được giao')
    const refused = await sendResults(test, secretary.account, [line(ward.leader, 91)])
    expect(refused.text).toContain('chưa được giao')
  })
})

describe('the month of a sheet', () => {
  it('comes from the caption, else from the name of the file', async () => {
    const { leader } = await noticeWard(test)
    const rows = [line(leader, 91)]
    const captioned = await sendResults(test, leader.account, rows, {
      caption: 'tháng 10/2026',
      name: 'kq 11-2026.xlsx',
    })
    expect(captioned.text).toContain('kết quả đánh giá tháng 10/2026')
    const named = await sendResults(test, leader.account, rows, { caption: '', name: 'Kết quả T9-2026.xlsx' })
    expect(named.text).toContain('kết quả đánh giá tháng 9/2026')
  })

  it('is asked for with this month and the last where neither says it', async () => {
    const { leader } = await noticeWard(test)
    const question = await sendResults(test, leader.account, [line(leader, 91)], { caption: '' })
    expect(buttonsOf(question).slice(0, 2)).toEqual(['Tháng 11/2026', 'Tháng 10/2026'])
    await test.people.press(leader.account, leader.account, question, 'Tháng 10/2026')
    const preview = await test.people.next(leader.account, leader.account, says('Xem trước'))
    expect(preview.text).toContain('tháng 10/2026')
  })

  it('may be typed back', async () => {
    const { leader } = await noticeWard(test)
    await sendResults(test, leader.account, [line(leader, 91)], { caption: '' })
    expect((await test.people.ask(leader.account, '9/2026')).text).toContain('tháng 9/2026')
  })
})

describe('the preview', () => {
  it('shows each branch with its levels, who is missing, in whose name it goes, and sends nothing', async () => {
    const ward = await noticeWard(test)
    const [first, second] = ward.cadres
    const preview = await sendResults(test, ward.leader.account, [line(nth(ward.cadres, 0), '74,5')])
    expect(preview.text).toContain('1 đồng chí ở 1 chi bộ')
    expect(preview.text).toContain(`1. ${ward.branches[0]?.name}: 1 đồng chí\n   1 tốt`)
    expect(preview.text).toContain(`Chưa có kết quả: 1 đồng chí (${second?.fullName})`)
    expect(preview.text).toContain(`đứng tên: đồng chí ${first?.fullName}, Chủ tịch Ủy ban nhân dân`)
    expect(buttonsOf(preview)).toEqual(['Gửi tới các chi bộ', 'Đảng viên cùng xác nhận: không', 'Thôi'])
    for (const branch of ward.branches) expect(await groupTexts(test, branch)).toEqual([])
  })

  it('warns with the arithmetic where there are more excellent than the rules allow', async () => {
    const ward = await noticeWard(test)
    const rows = ward.cadres.map((person) => line(person, 95))
    const preview = await sendResults(test, ward.leader.account, rows)
    expect(preview.text).toContain(
      'có 2 đồng chí xuất sắc; mức tối đa là 20% của 0 đồng chí xếp loại tốt, tức 0 đồng chí',
    )
    expect(buttonsOf(preview)).toContain('Gửi tới các chi bộ')
  })

  it('of a month under the Hanoi scheme says what an outstanding unit may have', async () => {
    const ward = await noticeWard(test)
    const rows = ward.cadres.map((person, index) => line(person, null, { grade: index === 0 ? 'A' : 'B' }))
    const preview = await sendResults(test, ward.leader.account, rows, { caption: 'tháng 12/2025' })
    expect(preview.text).toContain('mức tối đa là 30% của 2 đồng chí được đánh giá, tức 0 đồng chí. Vượt 1 đồng chí.')
    expect(preview.text).toContain('Đơn vị được công nhận xuất sắc: tối đa 40%, tức 0 đồng chí.')
    expect(buttonsOf(preview)).toContain('Gửi tới các chi bộ')
  })

  it('of an officer may not be issued by the officer, and waits for a leader', async () => {
    const ward = await noticeWard(test)
    const preview = await sendResults(test, ward.officer, [line(ward.leader, 80)])
    expect(buttonsOf(preview)).toEqual(['Thôi'])
    const offered = await test.people.ask(ward.leader.account, '/ketqua')
    await test.people.press(ward.leader.account, ward.leader.account, offered, 'Xem bản tháng 11/2026')
    const shown = await test.people.next(ward.leader.account, ward.leader.account, says('Xem trước'))
    await test.people.press(ward.leader.account, ward.leader.account, shown, 'Gửi tới các chi bộ')
    expect(await groupTexts(test, nth(ward.branches, 0))).toHaveLength(1)
  })

  it('is given up with Thôi: its buttons then do nothing and no result is kept', async () => {
    const { leader } = await noticeWard(test)
    const preview = await sendResults(test, leader.account, [line(leader, 80)])
    await test.people.press(leader.account, leader.account, preview, 'Thôi')
    const db = test.app.services.database
    expect(await db.noticeEntry.count({ where: { personId: leader.id } })).toBe(0)
    const issue = await db.noticeIssue.findFirstOrThrow({ where: { createdBy: BigInt(leader.account) } })
    expect(issue.state).toBe('discarded')
  })

  it('of a corrected sheet takes the place of the one before, whose button is dead', async () => {
    const { leader } = await noticeWard(test)
    const before = await sendResults(test, leader.account, [line(leader, 80)])
    const after = await sendResults(test, leader.account, [line(leader, 60)])
    const pressed = await test.people.press(leader.account, leader.account, before, 'Gửi tới các chi bộ')
    expect(pressed.text).toContain('không còn nữa')
    await test.people.press(leader.account, leader.account, after, 'Gửi tới các chi bộ')
    await test.app.settle()
    const entries = await test.app.services.database.noticeEntry.findMany({ where: { personId: leader.id } })
    expect(entries).toMatchObject([{ score: 60, inForce: true }])
  })
})

describe('issuing', () => {
  it('brings each branch exactly its own cadres, with their levels and no score or remark', async () => {
    const ward = await noticeWard(test)
    const [first, second] = ward.cadres.map((person, index) =>
      line(person, 80 + index, { remark: `Nhận xét kín ${index}` }),
    )
    const message = await issueResults(test, ward, [first ?? [], second ?? []])
    expect(message.text.split('\n')).toEqual([
      'Thông báo kết quả đánh giá tháng 11/2026',
      'Số 01-TB/ĐU, ngày 23/11/2026',
      ward.branches[0]?.name,
      `Đồng chí ${ward.leader.fullName}, Chủ tịch Ủy ban nhân dân`,
      '',
      `1. Đồng chí ${ward.leader.fullName}: Hoàn thành tốt nhiệm vụ`,
      '',
      'Đề nghị đồng chí bí thư chi bộ bấm nút “Đã nhận thông báo”.',
    ])
    expect(buttonsOf(message)).toEqual(['Đã nhận thông báo', 'Xem điểm và nhận xét'])
    expect(message.protected).toBe(true)
    const [other] = await groupTexts(test, nth(ward.branches, 1))
    expect(other).toContain(nth(ward.cadres, 1).fullName)
    expect(other).not.toContain(`${ward.leader.fullName}:`)
    expect(other).not.toMatch(/8[01]|Nhận xét kín/)
  })

  it('tells each cadre their own score and remark in private', async () => {
    const ward = await noticeWard(test)
    const cadre = nth(ward.cadres, 1)
    await issueResults(test, ward, [line(ward.leader, 80), line(cadre, 92.5, { remark: 'Có sáng kiến.' })])
    const own = await test.people.next(cadre.account, cadre.account, says('của đồng chí'))
    expect(own.text).toContain('Kết quả đánh giá tháng 11/2026 của đồng chí')
    expect(own.text).toContain('Điểm: 92,5')
    expect(own.text).toContain('Nhận xét: Có sáng kiến.')
    expect(own.protected).toBe(true)
  })

  it('happens once, however often it is tapped', async () => {
    const ward = await noticeWard(test)
    const { leader } = ward
    const preview = await sendResults(test, leader.account, [line(leader, 80)])
    const press = () => test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
    await Promise.allSettled([press(), press(), press()])
    expect(await groupTexts(test, nth(ward.branches, 0))).toHaveLength(1)
    expect(await test.app.services.database.noticeIssue.count({ where: { wardId: ward.id, state: 'issued' } })).toBe(1)
  })

  it('is refused to somebody who is a leader no more', async () => {
    const { leader, id } = await noticeWard(test)
    const preview = await sendResults(test, leader.account, [line(leader, 80)])
    const db = test.app.services.database
    await db.position.updateMany({ where: { personId: leader.id }, data: { to: new Date('2026-11-22') } })
    const refused = await test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
    expect(refused.text).toContain('chưa được giao')
    expect(await db.noticeIssue.count({ where: { wardId: id, state: 'issued' } })).toBe(0)
  })

  it('says which branches have no group and need paper', async () => {
    const ward = await noticeWard(test)
    const db = test.app.services.database
    const branch = nth(ward.branches, 1)
    await db.groupLink.updateMany({ where: { organisationId: branch.id }, data: { endedAt: new Date() } })
    const preview = await sendResults(
      test,
      ward.leader.account,
      ward.cadres.map((person) => line(person, 80)),
    )
    expect(preview.text).toContain(`phải bàn giao bản giấy: ${branch.name}`)
    await test.people.press(ward.leader.account, ward.leader.account, preview, 'Gửi tới các chi bộ')
    const done = await test.people.next(ward.leader.account, ward.leader.account, says('Đã gửi Thông báo'))
    expect(done.text).toContain(`bàn giao bản giấy cho: ${branch.name}`)
    expect(await db.notice.count({ where: { branchId: branch.id } })).toBe(1)
  })
})
