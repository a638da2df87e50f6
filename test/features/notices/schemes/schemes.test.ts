import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packHash } from '../../../../src/domain/packs/index.ts'
import { evaluationPackOf } from '../../../../src/features/notices/schemes/scheme-for.ts'
import { readWorkbook } from '../../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../../support/app.ts'
import { buttonsOf } from '../../../support/people.ts'
import { tap, threeCadres } from '../entry/kit.ts'
import { groupTexts, line, type NoticeWard, noticeWard, nth, says, sendResults } from '../support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

/** Opens the rules from the settings and begins to make new ones. */
async function begin(account: number) {
  const settings = await test.people.ask(account, '/caidat')
  const number = /(\d+)\. Bộ tiêu chí xếp loại/.exec(settings.text)?.[1] ?? ''
  const shown = await test.people.ask(account, number)
  await test.people.press(account, account, shown, 'Lập bộ tiêu chí của phường')
  await test.people.next(account, account, says('(1/6)'))
  return shown
}

async function pressIn(account: number, step: string, button: string) {
  const asked = (await test.people.read(account, account)).findLast(({ text }) => text.includes(step))
  if (!asked) throw new Error(`no question ${step}`)
  await test.people.press(account, account, asked, button)
  return test.people.next(account, account)
}

async function lettersWard(ward: NoticeWard, account: number): Promise<void> {
  await begin(account)
  await test.people.ask(account, 'số 12-QĐ/ĐU năm 2026')
  await test.people.ask(account, 'A+ – Xuất sắc\nA – Xuất sắc\nB – Tốt\nC – Hoàn thành\nD – Không hoàn thành')
  await test.people.ask(account, '25% số được đánh giá')
  await test.people.ask(account, '1. Bỏ trực không lý do\n2. Bị kỷ luật')
  await pressIn(account, '(5/6)', 'Chỉ đánh giá tháng')
  const preview = await pressIn(account, '(6/6)', 'Tháng 11/2026')
  expect(preview.text).toContain('Bộ tiêu chí của phường, dùng từ tháng 11/2026')
  await test.people.press(account, account, preview, 'Dùng bộ này')
  await test.people.next(account, account, says('Đang dùng bộ do phường chọn'))
  expect(await db().evaluationScheme.count({ where: { wardId: ward.id } })).toBe(1)
}

describe('the rules of a ward', () => {
  it('are the national ones until it chooses, as the settings show', async () => {
    const ward = await noticeWard(test)
    const shown = await begin(ward.officer)
    expect(shown.text.split('\n')).toEqual([
      'Bộ tiêu chí xếp loại',
      'Đang dùng bộ chung theo ngày của kỳ đánh giá.',
      '',
      'Căn cứ: số 335/2025/NĐ-CP năm 2025, Nghị định về đánh giá, xếp loại chất lượng công chức',
      'Thang điểm: 100 (Tiêu chí chung 30 + Kết quả thực hiện nhiệm vụ 70)',
      'Hoàn thành xuất sắc nhiệm vụ, từ 90 điểm',
      'Hoàn thành tốt nhiệm vụ, từ 70 điểm',
      'Hoàn thành nhiệm vụ, từ 50 điểm',
      'Không hoàn thành nhiệm vụ, từ 0 điểm',
      'Xuất sắc nhiều nhất 20% số xếp loại tốt',
      'Xếp mức thấp nhất, dù bao nhiêu điểm, khi:',
      '1. Bị kết luận suy thoái về tư tưởng chính trị, đạo đức, lối sống',
      '2. Vi phạm những điều đảng viên không được làm',
      '3. Bị kỷ luật từ khiển trách trở lên liên quan đến nhiệm vụ được giao',
      '4. Là người đứng đầu, để xảy ra tham nhũng trong đơn vị',
    ])
    expect(buttonsOf(shown)).toEqual(['Lập bộ tiêu chí của phường'])
  })

  it('may be letters: made in six answers, then entered, previewed, capped and told by them, with the pack’s hash', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    await lettersWard(ward, account)
    const list = await test.people.ask(account, '/nhapketqua')
    const first = await tap(test, account, list, 'Nhập tiếp')
    expect(buttonsOf(first)).toEqual([
      'A+: xuất sắc',
      'A: xuất sắc',
      'B: tốt',
      'C: hoàn thành',
      'D: không hoàn thành',
      'Có lý do xếp không hoàn thành',
      'Về danh sách',
      'Tiếp theo',
    ])
    const second = await tap(test, account, first, 'A+', 'Tiếp theo', 'B', 'Tiếp theo', 'Có lý do')
    expect(second.text).toContain('1. Bỏ trực không lý do')
    const third = await tap(test, account, second, '1')
    expect(third.text).toContain('không hoàn thành, vì: Bỏ trực không lý do')
    const whole = await tap(test, account, third, 'Về danh sách')
    expect(whole.text).toContain('1. Nguyễn Văn An: loại A+, xuất sắc\n2. Trần Thị Bình: loại B, tốt')
    await test.people.press(account, account, whole, 'Xem trước bản của tôi')
    const preview = await test.people.next(account, account, says('Xem trước kết quả'))
    expect(preview.text).toContain('mức tối đa là 25% của 3 đồng chí được đánh giá, tức 0 đồng chí')
    await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    const [told] = await groupTexts(test, nth(ward.branches, 0))
    expect(told).toContain('1. Đồng chí Nguyễn Văn An: Hoàn thành xuất sắc nhiệm vụ (loại A+)')
    const issue = await db().noticeIssue.findFirstOrThrow({ where: { wardId: ward.id }, include: { entries: true } })
    const row = await db().evaluationScheme.findFirstOrThrow({ where: { wardId: ward.id } })
    expect([issue.packId, issue.packHash]).toEqual([`ward-${ward.id}-1`, packHash(evaluationPackOf(row.pack))])
    expect(issue.entries.map(({ grade }) => grade).toSorted()).toEqual(['A+', 'B', 'D'])
  })

  it('hold for their months only: the sheet of the year and of the month before follow the common ones', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await lettersWard(ward, account)
    expect((await sendResults(test, account, [line(ward.leader, 85)])).text).toContain('không chấm điểm')
    expect((await sendResults(test, account, [line(ward.leader, 85)], { caption: 'năm 2026' })).text).toContain(
      'Xem trước',
    )
    expect((await sendResults(test, account, [line(ward.leader, 85)], { caption: 'tháng 10/2026' })).text).toContain(
      'Xem trước',
    )
  })

  it('are given up for the common ones from the coming month, and stay as they were written', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await lettersWard(ward, account)
    const settings = await test.people.ask(account, '/caidat')
    const number = /(\d+)\. Bộ tiêu chí xếp loại: 12-QĐ\/ĐU/.exec(settings.text)?.[1] ?? ''
    const shown = await test.people.ask(account, number)
    await test.people.press(account, account, shown, 'Dùng lại bộ chung từ tháng sau')
    const after = await test.people.next(account, account, says('Từ tháng 12/2026'))
    expect(after.text).toContain('Từ tháng 12/2026: số 335/2025/NĐ-CP năm 2025\nTừ tháng 11/2026: số 12-QĐ/ĐU năm 2026')
    await expect(
      db().evaluationScheme.updateMany({ where: { wardId: ward.id }, data: { packHash: 'x' } }),
    ).rejects.toThrow()
    await expect(db().evaluationScheme.deleteMany({ where: { wardId: ward.id } })).rejects.toThrow()
  })

  it('do not change for a month whose results went out, nor under a draft that was previewed', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    const preview = await sendResults(test, account, [line(ward.leader, 85)])
    await lettersWard(ward, ward.officer)
    const refused = await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    expect(refused.text).toContain('Bộ tiêu chí đã đổi sau lúc xem trước')

    const other = await noticeWard(test)
    const sent = await sendResults(test, other.leader.account, [line(other.leader, 85)])
    await test.people.press(other.leader.account, other.leader.account, sent, 'Gửi tới các chi bộ')
    await begin(other.officer)
    await test.people.ask(other.officer, '5-QĐ/ĐU, 2026')
    await pressIn(other.officer, '(2/6)', 'A–D như Hà Nội 2018')
    await pressIn(other.officer, '(3/6)', '30% số được đánh giá')
    await pressIn(other.officer, '(4/6)', 'Không có')
    await pressIn(other.officer, '(5/6)', 'Tháng, quý và năm')
    const whole = await pressIn(other.officer, '(6/6)', 'Tháng 11/2026')
    expect(whole.text).toContain('A: Hoàn thành xuất sắc nhiệm vụ, từ 90 điểm')
    const no = await test.people.press(other.officer, other.officer, whole, 'Dùng bộ này')
    expect(no.text).toContain('Kết quả tháng 11/2026 đã gửi theo bộ đang dùng')
    expect(await db().evaluationScheme.count({ where: { wardId: other.id } })).toBe(0)
  })

  it('are refused with the remedy where an answer is wrong, and to whoever is neither officer nor leader', async () => {
    const ward = await noticeWard(test)
    const { officer } = ward
    await begin(officer)
    expect((await test.people.ask(officer, 'quyết định')).text).toContain('12-QĐ/ĐU, 2026')
    await test.people.ask(officer, '12-QĐ/ĐU 2026')
    for (const [bands, said] of [
      ['A – Xuất sắc – 90', 'Cần từ 2 đến 10 dòng'],
      ['A – Giỏi – 90\nB – Tốt – 0', 'Dòng 1 (“A – Giỏi – 90”) chưa rõ mức'],
      ['B – Tốt – 70\nA – Xuất sắc – 0', 'xếp từ cao xuống thấp'],
      ['A – Tốt – 70\nA – Hoàn thành – 0', 'chữ riêng'],
      ['A – Tốt – 70\nB – Hoàn thành – 10', 'dòng cuối từ 0'],
      ['A – Tốt – 70\nB – Hoàn thành', 'Điểm phải có ở mọi dòng'],
    ] as const) {
      expect((await test.people.ask(officer, bands)).text).toContain(said)
    }
    await test.people.ask(officer, 'Tốt – 60\nHoàn thành – 0')
    expect((await test.people.ask(officer, 'ít thôi')).text).toContain('Chưa rõ tỷ lệ')
    await pressIn(officer, '(3/6)', 'Không giới hạn')
    expect((await test.people.ask(officer, 'Trễ hạn\ntrễ hạn')).text).toContain('dòng 2 đã có ở trên')
    const { secretary } = nth(ward.branches, 1)
    expect((await test.people.ask(secretary.account, '/caidat')).text).toContain('chưa được giao')
  })

  it('come from a JSON document too, checked, and the form asks only from when on', async () => {
    const { officer } = await noticeWard(test)
    await begin(officer)
    const pack = {
      id: 'x',
      kind: 'evaluation',
      from: '2026-01-01',
      instrument: { number: '7-QĐ/ĐU', year: 2026, name: 'Quy chế' },
      maximum: 10,
      bands: [
        { level: 'good', atLeast: 5 },
        { level: 'completed', atLeast: 0 },
      ],
      disqualifiers: [],
    }
    const send = async (content: string) => {
      await test.people.sendFile(officer, officer, { name: 'bo.json', data: new TextEncoder().encode(content) })
      return test.people.next(officer, officer)
    }
    expect((await send('{')).text).toContain('không phải JSON')
    expect((await send(JSON.stringify({ ...pack, bands: [{ level: 'khá' }] }))).text).toContain('mục «bands')
    expect((await send(JSON.stringify(pack))).text).toContain('(6/6)')
    const preview = await test.people.ask(officer, '12/2026')
    expect(preview.text).toContain('Thang điểm: 10\nHoàn thành tốt nhiệm vụ, từ 5 điểm')
  })
})

describe('the sheet', () => {
  it('comes with the rules beside it, and takes a ground by its words or its number', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await test.people.ask(account, '/ketqua 11/2026')
    const template = await test.people.next(account, account, ({ files }) => files.length > 0)
    const sheets = await readWorkbook(await test.people.file(nth(template.files, 0).url))
    if (!sheets.ok) throw new Error(sheets.problem.code)
    const notes = sheets.value[1]?.rows.map(([cell]) => cell) ?? []
    expect(notes).toContain('3. Bị kỷ luật từ khiển trách trở lên liên quan đến nhiệm vụ được giao')
    expect(notes.at(-1)).toContain('cột “Lý do xếp không hoàn thành”')
    const wrong = await sendResults(test, account, [line(ward.leader, 95, { ground: 'hay quên' })])
    expect(wrong.text).toContain('cột Lý do xếp không hoàn thành (“hay quên”): Không rõ lý do')
    const preview = await sendResults(test, account, [line(ward.leader, 95, { ground: '2' })])
    expect(preview.text).toContain(
      `1. Đồng chí ${ward.leader.fullName} (95 điểm): Vi phạm những điều đảng viên không được làm`,
    )
    expect(preview.text).toContain('1 không hoàn thành')
  })
})
