import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../support/app.ts'
import { buttonsOf } from '../../../support/people.ts'
import { groupTexts, nth, says } from '../support.ts'
import { makeLeader, tap, threeCadres } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

describe('/nhapketqua', () => {
  it('a leader enters three people in a few taps each, previews and sends them to the branch', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    const list = await test.people.ask(account, '/nhapketqua')
    expect(list.text).toContain('Đã nhập 0/3 đồng chí.')
    expect(list.text).toContain('1. Nguyễn Văn An: chưa nhập\n2. Trần Thị Bình: chưa nhập')
    const first = await tap(test, account, list, 'Nhập tiếp: Nguyễn Văn An')
    expect(first.text).toContain('Đồng chí Nguyễn Văn An (1/3)\nChi bộ tổ dân phố số 1')
    expect(buttonsOf(first)).toEqual([
      'Xuất sắc',
      'Tốt',
      'Hoàn thành',
      'Không hoàn thành',
      'Có lý do xếp không hoàn thành',
      'Về danh sách',
      'Tiếp theo',
    ])
    const scored = await tap(test, account, first, 'Tốt', '84', 'Tiếp theo')
    expect(scored.text).toContain('Đồng chí Trần Thị Bình (2/3)')
    const typed = await test.people.ask(account, '28+64,5')
    expect(typed.text).toContain('Kết quả tháng 11/2026: xuất sắc (92,5 điểm)')
    const remarked = await test.people.ask(account, 'Có sáng kiến, đúng hạn.')
    expect(remarked.text).toContain('xuất sắc (92,5 điểm)\nNhận xét: Có sáng kiến, đúng hạn.')
    const last = await tap(test, account, remarked, 'Tiếp theo', 'Hoàn thành', 'Về danh sách')
    expect(last.text).toContain('Đã nhập 3/3 đồng chí.')
    expect(buttonsOf(last).some((text) => text.startsWith('Nhập tiếp'))).toBe(false)

    await test.people.press(account, account, last, 'Xem trước bản của tôi')
    const preview = await test.people.next(account, account, says('Xem trước kết quả'))
    expect(preview.text).toContain('3 đồng chí ở 1 chi bộ')
    expect(preview.text).toContain('1 xuất sắc, 1 tốt, 1 hoàn thành')
    expect(preview.text).toContain('mức tối đa là 20% của 1 đồng chí xếp loại tốt, tức 0 đồng chí')
    await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    const [told] = await groupTexts(test, nth(ward.branches, 0))
    expect(told).toContain('Đồng chí Trần Thị Bình: Hoàn thành xuất sắc nhiệm vụ')
    const entries = await db().noticeEntry.findMany({
      where: { issue: { wardId: ward.id } },
      orderBy: { personId: 'asc' },
    })
    expect(entries.map(({ score, remark }) => [score, remark])).toContainEqual([92.5, 'Có sáng kiến, đúng hạn.'])
    expect(await db().entrySheet.count({ where: { wardId: ward.id } })).toBe(0)
  })

  it('what was entered is there again after another day, by typing the number of a line', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    await test.people.ask(account, '/nhapketqua 10/2026')
    await test.people.ask(account, '1')
    await test.people.ask(account, 'tốt, 81, chăm')
    await test.people.advance('P2D')
    const resumed = await test.people.ask(account, '/nhapketqua 10/2026')
    expect(resumed.text).toContain('Đã nhập 1/3 đồng chí.')
    expect(resumed.text).toContain('1. Nguyễn Văn An: tốt (81 điểm)')
    expect((await test.people.ask(account, '1')).text).toContain('Nhận xét: chăm')
  })

  it('refuses points that are none, and leaves what was entered', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    await test.people.ask(account, '/nhapketqua')
    await test.people.ask(account, '1')
    await test.people.ask(account, '85')
    expect((await test.people.ask(account, '101')).text).toContain('nằm ngoài khoảng từ 0 đến 100')
    expect((await test.people.ask(account, '31+60')).text).toContain(
      'Tiêu chí chung: 31 điểm nằm ngoài khoảng từ 0 đến 30',
    )
    expect((await test.people.ask(account, 'x'.repeat(1001))).text).toContain('dài quá 1000 ký tự')
    expect(await db().enteredResult.findMany({ where: { sheet: { wardId: ward.id } } })).toMatchObject([{ score: 85 }])
  })

  it('a ground overrides the points, is shown with its reason, and stands in the notice of the person alone', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    const list = await test.people.ask(account, '/nhapketqua')
    const person = await tap(test, account, list, 'Nhập tiếp', 'Xuất sắc', '96')
    const grounds = await tap(test, account, person, 'Có lý do xếp không hoàn thành')
    expect(grounds.text).toContain('3. Bị kỷ luật từ khiển trách trở lên')
    const rated = await tap(test, account, grounds, '3')
    expect(rated.text).toContain(
      'không hoàn thành, vì: Bị kỷ luật từ khiển trách trở lên liên quan đến nhiệm vụ được giao',
    )
    expect(rated.text).toContain('(Điểm 96 không còn được tính.)')
    const back = await tap(test, account, rated, 'Về danh sách')
    await test.people.press(account, account, back, 'Xem trước bản của tôi')
    const preview = await test.people.next(account, account, says('Xem trước kết quả'))
    expect(preview.text).toContain(
      'Xếp không hoàn thành vì lý do riêng:\n1. Đồng chí Nguyễn Văn An (96 điểm): Bị kỷ luật từ khiển trách',
    )
    await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    const own = await test.people.next(nth(ward.cadres, 0).account, nth(ward.cadres, 0).account, says('của đồng chí'))
    expect(own.text).toContain('Lý do: Bị kỷ luật từ khiển trách trở lên liên quan đến nhiệm vụ được giao')
    const [told] = await groupTexts(test, nth(ward.branches, 0))
    expect(told).toContain('Không hoàn thành nhiệm vụ')
    expect(told).not.toMatch(/kỷ luật|96/)
  })

  it('offers the period before in one tap where the ward carries it over', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    await db().noticeSettings.create({ data: { wardId: ward.id, chosen: { carryOver: 1 } } })
    await test.people.ask(account, '/nhapketqua 10/2026')
    const october = await test.people.ask(account, '1')
    const list = await tap(test, account, october, 'Tốt', '88', 'Về danh sách')
    await test.people.press(account, account, list, 'Xem trước bản của tôi')
    const preview = await test.people.next(account, account, says('Xem trước kết quả'))
    await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    await test.people.ask(account, '/nhapketqua 11/2026')
    const november = await test.people.ask(account, '1')
    const same = await tap(test, account, november, 'Như tháng 10/2026: tốt (88 điểm)')
    expect(same.text).toContain('Kết quả tháng 11/2026: tốt (88 điểm)')
  })

  it('enters a quarter and a year the same way', async () => {
    const ward = await threeCadres(test)
    const { account } = ward.leader
    const list = await test.people.ask(account, '/nhapketqua')
    const periods = await tap(test, account, list, 'Nhập kỳ khác')
    expect(buttonsOf(periods)).toEqual([
      '1. Tháng 11/2026',
      '2. Tháng 10/2026',
      '3. Quý IV/2026',
      '4. Quý III/2026',
      '5. Năm 2026',
      '6. Năm 2025',
    ])
    const year = await tap(test, account, periods, '5. Năm 2026', 'Nhập tiếp', 'Tốt', '76')
    expect(year.text).toContain('Kết quả năm 2026: tốt (76 điểm)')
    expect((await test.people.ask(account, '/nhapketqua quý IV/2026')).text).toContain('đánh giá quý IV/2026')
    expect((await test.people.ask(account, '/nhapketqua 1/2027')).text).toContain('chưa tới')
  })

  it('a member without a role gets nothing from the command or from a leader’s button', async () => {
    const ward = await threeCadres(test)
    const branch = nth(ward.branches, 0)
    const member = nth(branch.members, 1)
    expect((await test.people.ask(member.account, '/nhapketqua')).text).toContain('chưa được giao')
    const list = await test.people.ask(ward.leader.account, '/nhapketqua')
    await db().position.updateMany({ where: { personId: ward.leader.id }, data: { to: new Date('2026-11-22') } })
    const refused = await test.people.press(ward.leader.account, ward.leader.account, list, 'Nhập tiếp')
    expect(refused.text).toContain('chưa được giao')
  })
})

describe('several leaders', () => {
  it('each enter their own people on a sheet of their own; the one who issues sees who has, and takes in what was handed over', async () => {
    const ward = await threeCadres(test)
    const [an, binh] = [nth(ward.cadres, 0), nth(ward.cadres, 1)]
    const branch = nth(ward.branches, 0)
    const front = nth(branch.members, 1)
    await makeLeader(test, ward, front)
    // The chair rates An and herself, the front's chair Bình.
    const choose = async (account: number, numbers: string[]) => {
      const list = await test.people.ask(account, '/nhapketqua')
      let screen = await tap(test, account, list, 'Ai đã nhập, ai chưa', 'Chọn cán bộ tôi đánh giá')
      for (const number of numbers) screen = await tap(test, account, screen, number)
      return screen
    }
    expect((await choose(ward.leader.account, ['1', '3'])).text).toContain('Đã chọn 2 đồng chí.')
    const taken = await choose(front.account, ['2'])
    expect(taken.text).toContain(`1. Nguyễn Văn An (đồng chí ${ward.leader.fullName} đánh giá)`)
    expect((await test.people.press(front.account, front.account, taken, '1')).text).toContain(
      'Đề nghị đồng chí ấy bỏ chọn trước',
    )

    const frontList = await test.people.ask(front.account, '/nhapketqua')
    expect(frontList.text).toContain('Đã nhập 0/1 đồng chí.')
    const entered = await tap(test, front.account, frontList, 'Nhập tiếp: Trần Thị Bình', 'Tốt', '76', 'Về danh sách')
    const chairList = await test.people.ask(ward.leader.account, '/nhapketqua')
    expect(chairList.text).not.toContain('Trần Thị Bình')
    const before = await tap(test, ward.leader.account, chairList, 'Ai đã nhập, ai chưa')
    expect(before.text).toContain(`Đồng chí ${front.fullName}: 1/1`)
    expect(before.text).toContain(`Đồng chí ${ward.leader.fullName}: 0/2`)
    expect(buttonsOf(before)).not.toContain('Gộp các bản đã chuyển')
    await test.people.press(front.account, front.account, entered, 'Chuyển người gửi')

    await test.people.ask(ward.leader.account, '/nhapketqua')
    await test.people.ask(ward.leader.account, '1')
    const own = await test.people.ask(ward.leader.account, '82')
    const after = await tap(test, ward.leader.account, own, 'Về danh sách', 'Ai đã nhập, ai chưa')
    expect(after.text).toContain(`Đồng chí ${front.fullName}: 1/1, đã chuyển`)
    expect(after.text).toContain(`Đồng chí ${ward.leader.fullName}: 1/2`)
    await test.people.press(ward.leader.account, ward.leader.account, after, 'Gộp các bản đã chuyển')
    const preview = await test.people.next(ward.leader.account, ward.leader.account, says('Xem trước kết quả'))
    expect(preview.text).toContain('2 đồng chí ở 1 chi bộ')
    expect(preview.text).toContain(`Chưa có kết quả: 1 đồng chí (${ward.leader.fullName})`)
    await test.people.press(ward.leader.account, ward.leader.account, preview, 'Gửi tới các chi bộ')
    await test.app.settle()
    const results = await db().noticeEntry.findMany({ where: { personId: { in: [an.id, binh.id] }, inForce: true } })
    expect(results.map(({ personId, score }) => [personId, score]).toSorted()).toEqual(
      [
        [an.id, 82],
        [binh.id, 76],
      ].toSorted(),
    )
  })

  it('an officer prepares and hands over but neither issues nor takes in; a change takes the handing over back', async () => {
    const ward = await threeCadres(test)
    const { officer, leader } = ward
    await test.people.ask(officer, '/nhapketqua')
    await test.people.ask(officer, '1')
    const entered = await test.people.ask(officer, '82')
    const list = await tap(test, officer, entered, 'Về danh sách')
    await test.people.press(officer, officer, list, 'Chuyển người gửi')
    const seen = await test.people.ask(officer, '/nhapketqua')
    expect(seen.text).toContain('Bản này đã chuyển người gửi.')
    const raters = await tap(test, officer, seen, 'Ai đã nhập, ai chưa')
    expect(raters.text).toContain('1. Chưa có ai nhận đánh giá: 1/3')
    expect(buttonsOf(raters)).toEqual(['Về danh sách'])
    const chair = await test.people.ask(leader.account, '/nhapketqua')
    const waiting = await tap(test, leader.account, chair, 'Ai đã nhập, ai chưa')
    expect(waiting.text).toContain('Có 1 bản đã chuyển, chờ gộp.')
    await test.people.ask(officer, '1')
    expect((await test.people.ask(officer, '83')).text).toContain('tốt (83 điểm)')
    const nothing = await test.people.press(leader.account, leader.account, waiting, 'Gộp các bản đã chuyển')
    expect(nothing.text).toContain('Chưa nhập kết quả nào')
    const back = await test.people.ask(officer, '/nhapketqua')
    await test.people.press(officer, officer, back, 'Xem trước bản của tôi')
    const preview = await test.people.next(officer, officer, says('Xem trước kết quả'))
    expect(buttonsOf(preview)).toEqual(['Thôi'])
  })

  it('are each reminded on the day of entry of those they rate and have not entered, and not when all are', async () => {
    const own = await startTestApp()
    try {
      const ward = await threeCadres(own)
      const front = nth(nth(ward.branches, 0).members, 1)
      await makeLeader(own, ward, front)
      const list = await own.people.ask(front.account, '/nhapketqua')
      await tap(own, front.account, list, 'Ai đã nhập, ai chưa', 'Chọn cán bộ tôi đánh giá', '2')
      const mine = await own.people.ask(front.account, '/nhapketqua')
      await tap(own, front.account, mine, 'Nhập tiếp', 'Tốt')
      await own.people.advance('P2D')
      const told = await own.people.next(ward.leader.account, ward.leader.account, says('Đã đến ngày nhập kết quả'))
      expect(told.text).toContain('Còn 2 cán bộ đồng chí đánh giá chưa được nhập kết quả.')
      expect(buttonsOf(told)).toEqual(['Nhập kết quả từng đồng chí', 'Gửi kết quả đánh giá tháng'])
      await own.app.settle()
      const read = await own.people.read(front.account, front.account)
      expect(read.filter(({ text }) => text.includes('Đã đến ngày nhập'))).toEqual([])
    } finally {
      await own.stop()
    }
  })

  it('who left office rates nobody: their people are open to the others again', async () => {
    const ward = await threeCadres(test)
    const front = nth(nth(ward.branches, 0).members, 1)
    await makeLeader(test, ward, front)
    await db().cadreRater.create({
      data: { wardId: ward.id, personId: nth(ward.cadres, 0).id, raterId: front.id, from: new Date() },
    })
    expect((await test.people.ask(ward.leader.account, '/nhapketqua')).text).toContain('Đã nhập 0/2')
    await db().position.updateMany({ where: { personId: front.id }, data: { to: new Date('2026-11-01') } })
    expect((await test.people.ask(ward.leader.account, '/nhapketqua')).text).toContain('Đã nhập 0/3')
  })
})

it('a letter that the rules have no more is shown with the remedy, and no draft is made', async () => {
  const ward = await threeCadres(test)
  const { account } = ward.leader
  await test.people.ask(account, '/nhapketqua')
  await test.people.ask(account, '1')
  const entered = await test.people.ask(account, '70')
  const list = await tap(test, account, entered, 'Về danh sách')
  // As it was entered under rules with letters, before the ward took others.
  await db().enteredResult.updateMany({
    where: { personId: nth(ward.cadres, 0).id },
    data: { score: null, grade: 'B', level: 'good' },
  })
  await test.people.press(account, account, list, 'Xem trước bản của tôi')
  const refused = await test.people.next(account, account, says('Chưa xem trước được'))
  expect(refused.text).toContain('Đồng chí Nguyễn Văn An: ')
  expect(await db().noticeIssue.count({ where: { wardId: ward.id } })).toBe(0)
})

it('a person entered who belongs to no branch by now is named in the preview', async () => {
  const ward = await threeCadres(test)
  const { account } = ward.leader
  await test.people.ask(account, '/nhapketqua')
  await test.people.ask(account, '1')
  const entered = await test.people.ask(account, '70')
  await db().membership.updateMany({
    where: { personId: nth(ward.cadres, 0).id },
    data: { to: new Date('2026-11-20') },
  })
  const list = await tap(test, account, entered, 'Về danh sách')
  await test.people.press(account, account, list, 'Xem trước bản của tôi')
  const preview = await test.people.next(account, account, says('Xem trước kết quả'))
  expect(preview.text).toContain('Chưa thuộc chi bộ nào: 1 đồng chí (Nguyễn Văn An)')
})

it('what is entered after the preview stays on the sheet when the preview goes out, and is a correction next', async () => {
  const ward = await threeCadres(test)
  const { account } = ward.leader
  await test.people.ask(account, '/nhapketqua')
  await test.people.ask(account, '1')
  const list = await tap(test, account, await test.people.ask(account, '80'), 'Về danh sách')
  await test.people.press(account, account, list, 'Xem trước bản của tôi')
  const preview = await test.people.next(account, account, says('Xem trước kết quả'))
  await test.people.advance('PT1M')
  await test.people.ask(account, '/nhapketqua')
  await test.people.ask(account, '1')
  await test.people.ask(account, '60')
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  await test.app.settle()
  expect(await db().noticeEntry.findMany({ where: { issue: { wardId: ward.id }, inForce: true } })).toMatchObject([
    { score: 80 },
  ])
  const after = await test.people.ask(account, '/nhapketqua')
  await test.people.press(account, account, after, 'Xem trước bản của tôi')
  const correction = await test.people.next(account, account, says('Xem trước kết quả'))
  expect(correction.text).toContain('tốt (80 điểm) → hoàn thành (60 điểm)')
})

it('a sheet that nobody has touched for a month is forgotten with what is on it', async () => {
  const ward = await threeCadres(test)
  await test.people.ask(ward.leader.account, '/nhapketqua')
  await test.people.ask(ward.leader.account, '1')
  await test.people.ask(ward.leader.account, '80')
  const sheets = { where: { wardId: ward.id } }
  const old = new Date(test.app.services.clock.now().getTime() - 31 * 24 * 3_600_000)
  await db().entrySheet.updateMany({ ...sheets, data: { changedAt: old } })
  await test.people.advance('PT1M')
  expect(await db().entrySheet.count(sheets)).toBe(0)
  expect(await db().enteredResult.count({ where: { personId: nth(ward.cadres, 0).id } })).toBe(0)
})
