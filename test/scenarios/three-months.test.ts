import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUtcMidnight } from '../../src/domain/dates.ts'
import { type Post, postFacts } from '../../src/domain/posts.ts'
import type { Cell } from '../../src/features/registry/index.ts'
import { groupMessages, line, makeCadre, noticeWard, nth, says, sendResults } from '../features/notices/support.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { buttonsOf, type SeenMessage } from '../support/people.ts'
import type { TestBranch, TestPerson } from '../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const day = (text: string) => toUtcMidnight(Temporal.PlainDate.from(text))
const press = (person: TestPerson, message: SeenMessage, button: string, chat = person.account) =>
  test.people.press(person.account, chat, message, button)

/** What this person reads in private that holds these words. */
async function told({ account }: Pick<TestPerson, 'account'>, ...words: string[]): Promise<SeenMessage[]> {
  await test.app.settle()
  return (await test.people.read(account, account)).filter((one) => one.from.isBot && says(...words)(one))
}

/** The notices in a branch's group by their numbers, each with the people whose names stand in it. */
async function inGroup(branch: TestBranch, people: readonly TestPerson[]): Promise<Record<string, string[]>> {
  const messages = await groupMessages(test, branch)
  return Object.fromEntries(
    messages.flatMap(({ text }) => {
      const number = /\nSố (\d+-TB\/ĐU, ngày \d\d\/\d\d\/\d{4})/.exec(text)?.[1]
      const named = people.filter(({ fullName }) => text.includes(`${fullName}: `)).map(({ fullName }) => fullName)
      return number ? [[number, named.sort()]] : []
    }),
  )
}

it('three months of notices: two corrections, a lost group, a branch without a secretary, a leader who left office', {
  timeout: 300_000,
}, async () => {
  const ward = await noticeWard(test, { branches: 4 })
  const [first, second, lost, headless] = ward.branches
  if (!first || !second || !lost || !headless) throw new Error('too few branches')
  const { leader, officer } = ward
  const cadres = [...ward.cadres, nth(second.members, 1)]
  const [, mover, ofLost, ofHeadless, stayer] = cadres
  if (!mover || !ofLost || !ofHeadless || !stayer) throw new Error('too few cadres')
  await makeCadre(test, stayer)
  const successor = nth(headless.members, 1)
  const give = (person: TestPerson, post: Post, organisationId: number | null, from: string) =>
    db().position.create({
      data: {
        wardId: ward.id,
        personId: person.id,
        organisationId,
        post,
        title: postFacts(post).title,
        from: day(from),
      },
    })
  const inCharge = nth(first.members, 1)
  await give(inCharge, 'supervisingMember', second.id, '2024-01-01')
  await db().position.updateMany({
    where: { organisationId: headless.id, post: 'secretary' },
    data: { to: day('2026-10-31') },
  })

  /** Sends a sheet, compares what the preview counts with what the ward reads after the issue. */
  const issue = async (by: TestPerson, month: string, rows: Cell[][], number: string, branchCount: number) => {
    const preview = await sendResults(test, by.account, rows, { caption: `tháng ${month}` })
    expect(preview.text).toContain(`${rows.length} đồng chí ở ${branchCount} chi bộ`)
    await press(by, preview, 'Gửi tới các chi bộ')
    const issued = await test.people.next(by.account, by.account, says(`Đã gửi Thông báo số ${number}`))
    expect(issued.text).toContain(`Kết quả đánh giá tháng ${month} của ${rows.length} đồng chí.`)
    await test.app.settle()
    const status = await test.people.ask(by.account, `/tinhhinh`)
    expect(status.text).toContain(`Tình hình nhận Thông báo số ${number}`)
    expect(status.text).toContain(`Đã xác nhận: 0/${branchCount} chi bộ`)
    const reachable = rows.filter(([own]) => cadres.some((one) => one.number === own && one.account > 0)).length
    expect(status.text).toContain(`Kết quả gửi riêng: ${reachable}/${rows.length} đồng chí`)
  }
  const everybody = (scores: readonly number[]) => cadres.map((person, index) => line(person, scores[index] ?? 0))

  // November. The bot is put out of one group before the issue.
  await test.people.changeGroup(lost.group, { bot: 'kick' })
  await test.app.settle()
  await issue(leader, '11/2026', everybody([92, 80, 75, 60, 85]), '01-TB/ĐU', 4)
  const [paper] = await told({ account: officer }, 'bản giấy của Thông báo số 01-TB/ĐU')
  expect(paper?.text).toContain(`1. ${lost.name}: chưa có nhóm\n2. ${headless.name}: chưa có bí thư`)
  const november = (await groupMessages(test, first)).find(says('Số 01-TB/ĐU'))
  if (!november) throw new Error('no notice')
  await press(first.secretary, november, 'Đã nhận', first.group)
  // The lost branch gets it in hand.
  if (!paper) throw new Error('no paper')
  await test.people.press(officer, officer, paper, 'In và trao')
  const copies = await test.people.next(officer, officer, says('còn 2 bản giấy'))
  await test.people.press(officer, officer, copies, '1')
  const mark = await test.people.next(officer, officer, says('Trao xong'))
  await test.people.press(officer, officer, mark, 'Đã trao')
  const who = await test.people.next(officer, officer, says('trao cho ai'))
  await test.people.press(officer, officer, who, `Đồng chí ${lost.secretary.fullName}`)
  await test.people.next(officer, officer, says('Đã ghi'))

  // Two days: the silent secretary; four: the deputies of those who have not; six: the member in charge.
  await test.people.advance('PT48H')
  expect(await told(second.secretary, 'chưa xác nhận thông báo', '01-TB/ĐU')).toHaveLength(1)
  for (const person of [first.secretary, lost.secretary, second.deputy]) {
    expect(await told(person, 'chưa xác nhận thông báo')).toEqual([])
  }
  await test.people.advance('PT48H')
  const [asked] = await told(headless.deputy, 'chưa xác nhận thông báo', '01-TB/ĐU')
  if (!asked) throw new Error('the deputy was not asked')
  await press(headless.deputy, asked, 'Đã nhận')
  expect(await told(second.deputy, 'Đồng chí bí thư chưa xác nhận')).toHaveLength(1)
  await test.people.advance('PT48H')
  const inChargeHears = await told(inCharge, 'Bí thư và phó bí thư chi bộ chưa xác nhận')
  expect(inChargeHears.map(({ text }) => text.split('\n')[0])).toEqual([`${second.name} chưa xác nhận thông báo`])
  const sixDays = await test.people.ask(leader.account, '/tinhhinh 11/2026')
  expect(sixDays.text).toContain('Đã xác nhận: 2/4 chi bộ')
  expect(sixDays.text).toContain('Nhận trong 72 giờ: 2/4 (50%)')
  expect(sixDays.text).toContain(`Chưa xác nhận (1):\n1. ${second.name}`)
  expect(sixDays.text).toContain(`Đã trao tận tay (1):\n2. ${lost.name}: trao đồng chí ${lost.secretary.fullName}`)

  // The first correction touches one branch, which has never confirmed what it corrects.
  await issue(leader, '11/2026', [line(mover, 71)], '02-TB/ĐU', 1)
  const corrected = (await groupMessages(test, second)).find(says('Số 02-TB/ĐU'))
  if (!corrected) throw new Error('no correction')
  await press(second.secretary, corrected, 'Đã nhận', second.group)

  // December, and a correction that the leader prepares but leaves office before sending.
  await test.people.advance(`PT${27 * 24}H`)
  await issue(leader, '12/2026', everybody([90, 80, 75, 65, 85]), '03-TB/ĐU', 4)
  const prepared = await sendResults(test, leader.account, [line(leader, 89), line(ofHeadless, 66)], {
    caption: 'tháng 12/2026',
  })
  await db().position.updateMany({
    where: { personId: leader.id, organisationId: null },
    data: { to: day('2026-12-20') },
  })
  await give(successor, 'peoplesCommitteeChair', null, '2026-12-21')
  const refused = await press(leader, prepared, 'Gửi tới các chi bộ')
  expect(refused.text).toContain('chưa được giao')
  const drafts = await test.people.ask(successor.account, '/ketqua')
  await press(successor, drafts, 'Xem bản tháng 12/2026 (2 đồng chí)')
  const shown = await test.people.next(successor.account, successor.account, says('Xem trước'))
  expect(shown.text).toContain('2 đồng chí ở 2 chi bộ')
  await press(successor, shown, 'Gửi tới các chi bộ')
  await test.people.next(successor.account, successor.account, says('Đã gửi Thông báo số 04-TB/ĐU'))
  const again = (await groupMessages(test, first)).find(says('Số 04-TB/ĐU'))
  expect(again?.text).toContain(`Đồng chí ${successor.fullName}, Chủ tịch Ủy ban nhân dân`)
  expect((await groupMessages(test, first)).find(says('Số 03-TB/ĐU'))?.text).toContain(
    `Đồng chí ${leader.fullName}, Chủ tịch Ủy ban nhân dân`,
  )
  // What a cadre says of what the one before issued goes to who came after.
  const own = await test.people.ask(stayer.account, '/ketquacuatoi')
  await press(stayer, own, 'Gửi ý kiến về kết quả tháng 12/2026')
  await test.people.next(stayer.account, stayer.account, says('gõ ý kiến'))
  await test.people.ask(stayer.account, 'Tôi xin nhận.')
  expect(await told(successor, 'Tôi xin nhận.')).toHaveLength(1)
  expect(await told(leader, 'Tôi xin nhận.')).toEqual([])

  // January: numbers begin anew; somebody has moved to another branch, the lost group has no notice of its own.
  await db().membership.updateMany({ where: { personId: mover.id }, data: { to: day('2027-01-14') } })
  await db().membership.create({
    data: { personId: mover.id, organisationId: first.id, from: day('2027-01-15') },
  })
  // While somebody who has moved sits in the old group, it reads no names.
  await test.people.changeGroup(second.group, { remove: [mover.account] })
  await test.people.changeGroup(first.group, { add: [mover.account] })
  await test.people.advance(`PT${31 * 24}H`)
  await issue(successor, '1/2027', everybody([91, 81, 76, 66, 86]), '01-TB/ĐU', 4)

  const names = (...people: TestPerson[]) => people.map(({ fullName }) => fullName).sort()
  expect(await inGroup(first, cadres)).toEqual({
    '01-TB/ĐU, ngày 23/11/2026': names(leader),
    '03-TB/ĐU, ngày 26/12/2026': names(leader),
    '04-TB/ĐU, ngày 26/12/2026': names(leader),
    '01-TB/ĐU, ngày 26/01/2027': names(leader, mover),
  })
  expect(await inGroup(second, cadres)).toEqual({
    '01-TB/ĐU, ngày 23/11/2026': names(mover, stayer),
    '02-TB/ĐU, ngày 29/11/2026': names(mover),
    '03-TB/ĐU, ngày 26/12/2026': names(mover, stayer),
    '01-TB/ĐU, ngày 26/01/2027': names(stayer),
  })
  expect(await inGroup(lost, cadres)).toEqual({})
  expect(Object.values(await inGroup(headless, cadres))).toEqual(Array.from({ length: 4 }, () => names(ofHeadless)))

  // One result of a person and month is in force, in the branch of that month's last day; everything is in somebody's copy.
  const inForce = await db().noticeEntry.findMany({ where: { inForce: true }, orderBy: [{ period: 'asc' }] })
  expect(inForce).toHaveLength(3 * cadres.length)
  const branchOf = (personId: number) =>
    inForce.filter((one) => one.personId === personId).map(({ branchId }) => branchId)
  expect(branchOf(mover.id)).toEqual([second.id, second.id, first.id])
  expect(branchOf(ofLost.id)).toEqual([lost.id, lost.id, lost.id])
  const issues = await db().noticeIssue.findMany({
    where: { state: 'issued' },
    include: { entries: true, notices: true },
  })
  expect(issues.map(({ entries }) => entries.length).reduce((sum, count) => sum + count, 0)).toBe(5 + 1 + 5 + 2 + 5)
  for (const { entries, notices } of issues) {
    expect(new Set(notices.map(({ branchId }) => branchId))).toEqual(new Set(entries.map(({ branchId }) => branchId)))
  }
  // The correction has taken from the first notice of the second branch one of two, from no other anything.
  const old = (await groupMessages(test, second)).find(says('Số 01-TB/ĐU, ngày 23/11/2026'))
  expect(old?.text).toContain('Đã đính chính 1 đồng chí tại Thông báo số 02-TB/ĐU.')
  expect(old && buttonsOf(old)).toContain('Đã nhận thông báo')
  expect(await told({ account: officer }, 'bản giấy của Thông báo số 01-TB/ĐU', lost.name)).not.toEqual([])
})
