import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '../../../src/features/registry/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard } from '../../support/ward.ts'
import { line, makeCadre, type NoticeWard, noticeWard, nth, sendResults, titles, workbook } from './support.ts'

let test: TestApp
let ward: NoticeWard
beforeAll(async () => {
  test = await startTestApp()
  ward = await noticeWard(test, { branches: 2 })
})
afterAll(() => test.stop())

/** Sends these rows and expects problems, with nothing kept and nothing to press. */
async function refused(rows: Cell[][], options: Parameters<typeof sendResults>[3] = {}): Promise<string> {
  const answer = await sendResults(test, ward.leader.account, rows, options)
  // Nothing to press but the way out of the question for the workbook.
  expect(buttonsOf(answer).filter((text) => text !== 'Thôi')).toEqual([])
  expect(await test.app.services.database.noticeIssue.count({ where: { wardId: ward.id } })).toBe(0)
  return answer.text
}

describe('a line that is wrong is named by sheet, row, column, value and remedy', () => {
  it('a score of 101', async () => {
    expect(await refused([line(nth(ward.cadres, 1), 80), line(ward.leader, 101)])).toContain(
      '1. Trang “Kết quả”, dòng 3, cột Điểm (“101”): Điểm 101 nằm ngoài khoảng từ 0 đến 100. Đề nghị xem lại.',
    )
  })

  it('a level that disagrees with the score', async () => {
    const text = await refused([line(ward.leader, 95, { level: 'Hoàn thành tốt nhiệm vụ' })])
    expect(text).toContain('dòng 2, cột Mức xếp loại (“Hoàn thành tốt nhiệm vụ”)')
    expect(text).toContain('phải là «Hoàn thành xuất sắc nhiệm vụ»')
  })

  it('a letter that disagrees with the score, in the months of the letters', async () => {
    const text = await refused([line(ward.leader, 95, { grade: 'B' })], { caption: 'tháng 11/2025' })
    expect(text).toContain('cột Xếp loại (“B”): Điểm 95 ứng với loại A')
  })

  it('a number that nobody has', async () => {
    expect(await refused([['KHÔNG-CÓ', 'Ai Đó', null, 80]])).toContain('(“KHÔNG-CÓ”): Không có số này trong sổ')
  })

  it('a number of another ward', async () => {
    const { leader: stranger } = await createTestWard(test)
    expect(await refused([line(stranger, 80)])).toContain('Không có số này trong sổ')
  })

  it("a name that differs from the number's person", async () => {
    const text = await refused([[ward.leader.number, 'Nguyễn Văn Khác', null, 80]])
    expect(text).toContain(
      `cột Họ và tên (“Nguyễn Văn Khác”): Số ${ward.leader.number} trong sổ là ${ward.leader.fullName}`,
    )
  })

  it('a person twice', async () => {
    const text = await refused([line(ward.leader, 80), line(ward.leader, 81)])
    expect(text).toContain('dòng 3, cột Số đảng viên')
    expect(text).toContain('đã có ở dòng 2')
  })

  it('a person who is no cadre', async () => {
    const { secretary } = nth(ward.branches, 1)
    expect(await refused([line(secretary, 80)])).toContain('không phải cán bộ của phường')
  })

  it('a branch in the line of a cadre who was never in any', async () => {
    const stranger = nth(nth(ward.branches, 1).members, 1)
    await makeCadre(test, stranger)
    await test.app.services.database.membership.deleteMany({ where: { personId: stranger.id } })
    const rows = [[stranger.number, stranger.fullName, nth(ward.branches, 1).name, 80]]
    expect(await refused(rows)).toContain('Sổ không ghi đồng chí này ở chi bộ nào. Đề nghị để trống ô này')
  })

  it('a branch that is not theirs', async () => {
    const rows = [[ward.leader.number, ward.leader.fullName, nth(ward.branches, 1).name, 80]]
    expect(await refused(rows)).toContain(`Trong sổ, đồng chí này thuộc ${nth(ward.branches, 0).name}`)
  })

  it('a result that is missing, a score that is a word, a line without a number', async () => {
    expect(await refused([line(ward.leader, null, { remark: 'Tốt' })])).toContain('Chưa có kết quả. Đề nghị ghi điểm')
    expect(await refused([line(ward.leader, null)])).toContain('chưa có kết quả nào')
    expect(await refused([line(ward.leader, 'tám mươi')])).toContain('Điểm «tám mươi» không phải là số')
    expect(await refused([[null, ward.leader.fullName, null, 80]])).toContain('Chưa có số đảng viên')
  })
})

describe('a workbook that cannot be used is refused in one sentence', () => {
  it('of a month in the future', async () => {
    expect(await refused([line(ward.leader, 80)], { caption: 'tháng 12/2026' })).toContain('tháng 12/2026 chưa tới')
  })

  it('of a month that is none', async () => {
    expect(await refused([line(ward.leader, 80)], { caption: 'tháng 13/2026' })).toContain('tháng 13/2026')
  })

  it('without a single line', async () => {
    expect(await refused([])).toContain('Chưa có dòng nào')
  })

  it('with other columns, each named', async () => {
    const text = await refused([line(ward.leader, 80)], { titles: ['Mã', 'Họ và tên', null, 'Điểm số'] })
    expect(text).toContain('cột Số đảng viên: Thiếu cột này')
    expect(text).toContain('cột Mã (“Mã”): Cột này không có trong mẫu')
    expect(text).toContain('cột Điểm số')
  })

  it('marked as a secret', async () => {
    expect(await refused([line(ward.leader, 80)], { name: 'MẬT ket qua.xlsx' })).toContain('dấu “Mật”')
  })

  it('that is no workbook, when one is awaited', async () => {
    await test.people.ask(ward.leader.account, '/ketqua')
    await test.app.settle()
    const { leader } = ward
    await test.people.sendFile(leader.account, leader.account, { name: 'ghi-chu.txt', data: new Uint8Array([1, 2, 3]) })
    expect((await test.people.next(leader.account, leader.account)).text).toContain('không phải tệp Excel')
    await test.people.sendFile(leader.account, leader.account, { name: 'ket-qua.xlsx', data: new Uint8Array() })
    expect((await test.people.next(leader.account, leader.account)).text).toContain('Tệp rỗng')
    expect((await test.people.ask(leader.account, 'xong chưa')).text).toContain('gửi tệp Excel đã điền')
  })
})

describe('what people write in many ways is read as one', () => {
  it('a score as text with a comma, a name in decomposed letters, a number in small ones', async () => {
    const [first, second] = ward.cadres
    if (!first || !second) throw new Error('no cadres')
    const rows = [
      [first.number.toLowerCase(), first.fullName.normalize('NFD'), null, '92,5'],
      [second.number, second.fullName.toUpperCase(), nth(ward.branches, 1).code, null, null, 'htt', ''],
    ]
    const preview = await sendResults(test, ward.leader.account, rows, {
      titles: titles.map((title) => title.normalize('NFD').toUpperCase()),
    })
    expect(preview.text).toContain('2 đồng chí ở 2 chi bộ')
    expect(preview.text).toContain('1 xuất sắc')
    const entries = await test.app.services.database.noticeEntry.findMany({ where: { issue: { wardId: ward.id } } })
    expect(entries).toMatchObject([
      { score: 92.5, level: 'excellent' },
      { score: null, level: 'good' },
    ])
  })

  it('a heading above the titles, and an own number in front', async () => {
    const { leader } = ward
    const heading = [['KẾT QUẢ ĐÁNH GIÁ'], [], ['STT', ...titles], [1, ...line(leader, 80)]]
    const data = await workbook(heading.slice(1), { titles: ['KẾT QUẢ ĐÁNH GIÁ'] })
    await test.people.sendFile(leader.account, leader.account, { name: 'kq.xlsx', data, caption: '11/2026' })
    expect((await test.people.next(leader.account, leader.account)).text).toContain('1 đồng chí ở 1 chi bộ')
  })

  it('a workbook that is not ours is left to others, a leader hears what it lacks, and whoever has no leave that they have none', async () => {
    const { leader, officer } = ward
    const { secretary } = nth(ward.branches, 1)
    const send = async (from: number, sheet: string) => {
      const data = await workbook([['x']], { sheet, titles: ['Cột'] })
      await test.people.sendFile(from, from, { name: 'la.xlsx', data })
      return (await test.people.next(from, from)).text
    }
    expect(await send(leader.account, 'Trang lạ')).toContain('không có trang “Kết quả”')
    expect(await send(officer, 'Trang lạ')).not.toContain('/ketqua')
    expect(await send(leader.account, 'Đảng viên')).not.toContain('/ketqua')
    expect(await send(secretary.account, 'Kết quả')).toContain('chưa được giao')
  })
})
