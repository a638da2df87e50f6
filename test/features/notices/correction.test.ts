import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '../../../src/features/registry/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { groupMessages, line, makeCadre, type NoticeWard, noticeWard, nth, says, sendResults } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** Issues results of 11/2026 and answers with the message of that number in the first branch's group. */
async function issue(ward: NoticeWard, number: string, rows: Cell[][]): Promise<SeenMessage> {
  const { account } = ward.leader
  const preview = await sendResults(test, account, rows)
  await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
  return sent(ward, number)
}

async function sent(ward: NoticeWard, number: string): Promise<SeenMessage> {
  const messages = await groupMessages(test, nth(ward.branches, 0))
  const found = messages.find(({ text }) => text.includes(`\nSố ${number}-TB/ĐU`))
  if (!found) throw new Error(`no notice ${number}`)
  return found
}

describe('a sheet whose results are issued already', () => {
  it('says so and changes nothing where it says the same', async () => {
    const ward = await noticeWard(test)
    await issue(ward, '01', [line(ward.leader, 80)])
    const again = await sendResults(test, ward.leader.account, [line(ward.leader, 80)])
    expect(again.text).toContain('1 kết quả tháng 11/2026 trong tệp đã được thông báo đúng như vậy')
    expect(await test.app.services.database.noticeIssue.count({ where: { wardId: ward.id } })).toBe(1)
  })

  it('shows what would change, from what to what', async () => {
    const ward = await noticeWard(test)
    await issue(
      ward,
      '01',
      ward.cadres.map((person) => line(person, 80)),
    )
    const rows = [line(ward.leader, 92.5), line(nth(ward.cadres, 1), 80)]
    const preview = await sendResults(test, ward.leader.account, rows)
    expect(preview.text).toContain('1 đồng chí ở 1 chi bộ')
    expect(preview.text).toContain(
      `Đính chính 1 kết quả đã thông báo:\n1. Đồng chí ${ward.leader.fullName}: tốt (80 điểm) → xuất sắc (92,5 điểm) (thay Thông báo số 01-TB/ĐU)`,
    )
  })
})

describe('a correction', () => {
  it('goes to the branches it touches only, says so, marks the old message and asks for acknowledgement again', async () => {
    const ward = await noticeWard(test)
    const [first, second] = [nth(ward.branches, 0), nth(ward.branches, 1)]
    const colleague = nth(first.members, 1)
    await makeCadre(test, colleague)
    const everybody = [...ward.cadres, colleague].map((person) => line(person, 80))
    const old = await issue(ward, '01', everybody)
    await test.people.press(first.secretary.account, first.group, old, 'Đã nhận thông báo')
    const corrected = await issue(ward, '02', [line(ward.leader, 65, { remark: 'Tính lại' })])

    expect(corrected.text).toContain('Thông báo đính chính kết quả đánh giá tháng 11/2026')
    expect(corrected.text).toContain('Thay thế kết quả của các đồng chí dưới đây tại Thông báo số 01-TB/ĐU')
    expect(corrected.text).toContain(`${ward.leader.fullName}: Hoàn thành nhiệm vụ`)
    expect(buttonsOf(corrected)).toContain('Đã nhận thông báo')
    const before = await sent(ward, '01')
    expect(before.text).toContain('Đã đính chính 1 đồng chí tại Thông báo số 02-TB/ĐU.')
    expect(before.text).toContain('Đã xác nhận: đồng chí')
    expect(await groupMessages(test, second)).toHaveLength(1)

    const own = await test.people.next(ward.leader.account, ward.leader.account, says('Thay thế kết quả'))
    expect(own.text).toContain('Thay thế kết quả tại Thông báo số 01-TB/ĐU')
    const entries = await test.app.services.database.noticeEntry.findMany({
      where: { personId: ward.leader.id },
      orderBy: { id: 'asc' },
    })
    expect(entries).toMatchObject([
      { score: 80, inForce: false },
      { score: 65, inForce: true, correctsId: entries[0]?.id },
    ])
  })

  it('of all that a notice holds leaves nothing of it to confirm', async () => {
    const ward = await noticeWard(test)
    const { secretary, group } = nth(ward.branches, 0)
    await issue(ward, '01', [line(ward.leader, 80)])
    expect(buttonsOf(await sent(ward, '01'))).toContain('Đã nhận thông báo')
    await issue(ward, '02', [line(ward.leader, 81)])
    const old = await sent(ward, '01')
    expect(buttonsOf(old)).toEqual(['Xem điểm và nhận xét'])
    // The press was under way when the message lost its button.
    const { account } = secretary
    const first = await test.app.services.database.noticeIssue.findFirstOrThrow({
      where: { wardId: ward.id, number: 1 },
      include: { notices: true },
    })
    const late = await test.sandbox.world.press({
      from: account,
      chat: group,
      message: old.id,
      button: '',
      data: `nack:${nth(first.notices, 0).id}`,
    })
    expect(late.text).toContain('đã được đính chính toàn bộ')
    const status = await test.people.ask(ward.leader.account, '/tinhhinh 1')
    expect(status.text).toContain('Đã xác nhận: 0/0 chi bộ')
    expect(status.text).toContain('Đã được đính chính, không cần xác nhận (1)')
  })

  it('may itself be corrected, and only the latest is in force', async () => {
    const ward = await noticeWard(test)
    for (const [nth, score] of [80, 81, 82].entries()) await issue(ward, `0${nth + 1}`, [line(ward.leader, score)])
    const entries = await test.app.services.database.noticeEntry.findMany({
      where: { personId: ward.leader.id },
      orderBy: { id: 'asc' },
    })
    expect(entries.map(({ score, inForce }) => [score, inForce])).toEqual([
      [80, false],
      [81, false],
      [82, true],
    ])
    expect((await sent(ward, '01')).text).toContain('tại Thông báo số 02-TB/ĐU.')
    expect((await sent(ward, '02')).text).toContain('tại Thông báo số 03-TB/ĐU.')
    expect((await sent(ward, '03')).text).not.toContain('Đã đính chính')
  })

  it('that was previewed before another came is refused, and nothing is sent', async () => {
    const ward = await noticeWard(test)
    const { account } = ward.leader
    await issue(ward, '01', [line(ward.leader, 80)])
    const early = await sendResults(test, ward.officer, [line(ward.leader, 85)])
    expect(early.text).toContain('Đính chính 1 kết quả')
    await issue(ward, '02', [line(ward.leader, 90)])
    const list = await test.people.ask(account, '/ketqua')
    await test.people.press(account, account, list, 'Xem bản tháng 11/2026')
    const shown = await test.people.next(account, account, says('Xem trước'))
    const refused = await test.people.press(account, account, shown, 'Gửi tới các chi bộ')
    expect(refused.text).toContain('đã có kết quả tháng 11/2026 khác')
    expect(await groupMessages(test, nth(ward.branches, 0))).toHaveLength(2)
  })
})
