import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { forge, inPrivate, member, twoBranches } from '../tasks/kit.ts'

let test: TestApp
let branch: TestBranch
let other: TestBranch
beforeAll(async () => {
  // On the 23rd of November, within the days in which November is reported.
  test = await startTestApp()
  ;[branch, other] = await twoBranches(test)
})
afterAll(() => test.stop())

const press = (person: TestPerson, message: SeenMessage, button: string) =>
  test.people.press(person.account, person.account, message, button)
const owed = async (person: TestPerson) => (await test.people.ask(person.account, '/viecchuaxong')).text

/** A member begins from the template and hands it in. */
async function handIn(person: TestPerson): Promise<void> {
  const none = await test.people.ask(person.account, '/kehoach')
  await press(person, none, 'Lập từ mẫu')
  await press(person, await inPrivate(test, person, 'đang viết'), 'Nộp chi bộ')
  await inPrivate(test, person, 'Đã nộp kế hoạch')
}

describe("a member's plan", () => {
  it('is begun from the template of their kind, changed, returned, mended, approved, followed and printed', async () => {
    const { secretary } = branch
    const head = member(branch, 0)
    const none = await test.people.ask(head.account, '/kehoach')
    await press(head, none, 'Lập từ mẫu')
    const plan = await inPrivate(test, head, 'đang viết')
    expect(plan.text).toContain('Nói rõ chủ trương của Đảng ủy với chi bộ')
    await press(head, plan, 'Sửa một mục')
    await inPrivate(test, head, 'Sửa mục nào?')
    await test.people.ask(head.account, '1')
    expect((await test.people.ask(head.account, 'Dự họp tổ dân phố')).text).toContain('đủ ba phần')
    const changed = await test.people.ask(head.account, 'Dự họp tổ dân phố; mỗi quý một lần; tháng 12')
    expect(changed.text).toContain('Dự họp tổ dân phố')
    await press(head, changed, 'Nộp chi bộ')
    const asked = await inPrivate(test, secretary, 'Đã nộp kế hoạch tu dưỡng năm 2026')
    expect(await owed(secretary)).toContain(`Xem kế hoạch năm 2026 của đồng chí ${head.fullName}`)
    await press(secretary, asked, 'Trả lại')
    await inPrivate(test, secretary, 'Cần bổ sung gì')
    await test.people.ask(secretary.account, 'Thêm việc gắn với chức vụ')
    expect((await inPrivate(test, head, 'cần bổ sung')).text).toContain('Thêm việc gắn với chức vụ')
    expect(await owed(head)).toContain('Bổ sung kế hoạch năm 2026')
    const again = await test.people.ask(head.account, '/kehoach')
    await press(head, again, 'Nộp chi bộ')
    await press(secretary, await inPrivate(test, secretary, 'Đã nộp kế hoạch'), 'Duyệt')
    await inPrivate(test, head, 'Chi bộ đã duyệt')

    // The month's word on each item, one after another.
    expect(await owed(head)).toContain('Tự đánh giá kế hoạch tháng 11/2026')
    const card = await test.people.ask(head.account, '/kehoach')
    await press(head, card, 'Tự đánh giá tháng')
    let question = await inPrivate(test, head, 'còn 6 mục')
    for (let open = 5; open >= 1; open--) {
      await press(head, question, 'Đạt')
      question = await inPrivate(test, head, `còn ${open} mục`)
    }
    await press(head, question, 'Đang thực hiện')
    await inPrivate(test, head, 'đủ các mục')
    expect(await owed(head)).toContain('không còn việc nào')

    // What the branch says of the month, and both papers.
    const list = await openBranchList(secretary)
    const line = list.text.split('\n').find((text) => text.includes(head.fullName))
    const seen = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    await press(secretary, seen, 'Nhận xét tháng')
    await inPrivate(test, secretary, 'Chi bộ nhận xét gì')
    await test.people.ask(secretary.account, 'Gương mẫu, sát dân')
    expect((await inPrivate(test, head, 'Chi bộ nhận xét tháng 11/2026')).text).toContain('Gương mẫu')
    await press(secretary, seen, 'Xuất kế hoạch')
    const paper = await test.people.next(secretary.account, secretary.account, ({ files }) => files.length > 0)
    expect(paper.files[0]?.name).toBe('ke-hoach-2026.docx')
    await press(secretary, list, 'Xuất sổ theo dõi')
    const register = await test.people.next(
      secretary.account,
      secretary.account,
      ({ files }) => files[0]?.name === 'so-theo-doi-2026.docx',
    )
    expect(register.files).toHaveLength(1)
    const summary = await test.people.ask(head.account, '/kehoach')
    await press(head, summary, 'Tự tổng kết năm')
    await inPrivate(test, head, 'Tự tổng kết năm 2026 thế nào?')
    expect((await test.people.ask(head.account, 'Cả năm làm tròn việc')).text).toContain('Đã ghi tự tổng kết')
  })

  it('is written by the secretary for a member without a smartphone, and marked so', async () => {
    const { secretary } = branch
    const silent = member(branch, 3)
    const list = await openBranchList(secretary)
    const line = list.text.split('\n').find((text) => text.includes(silent.fullName))
    const plan = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    expect(buttonsOf(plan)).toContain('Nộp chi bộ')
    await press(secretary, plan, 'Nộp chi bộ')
    await press(secretary, await inPrivate(test, secretary, 'Đã nộp kế hoạch tu dưỡng'), 'Duyệt')
    await inPrivate(test, secretary, 'Đã duyệt kế hoạch')
    const stored = await test.app.services.database.selfPlan.findFirstOrThrow({ where: { personId: silent.id } })
    expect(stored).toMatchObject({ state: 'approved', enteredById: secretary.id })
  })

  it('of a year that is over is refused; after it is handed in nothing changes; no other branch reads it', async () => {
    const one = member(branch, 1)
    await handIn(one)
    const plan = await test.app.services.database.selfPlan.findFirstOrThrow({ where: { personId: one.id } })
    const past = await test.people.ask(one.account, '/kehoach 2025')
    expect(past.text).toContain('chưa có kế hoạch năm 2025')
    await press(one, past, 'Lập từ mẫu')
    await inPrivate(test, one, 'Năm 2025 không còn hoặc chưa đến lúc lập kế hoạch. Đề nghị đồng chí gõ /kehoach')
    const menu = await test.people.ask(one.account, '/menu')
    await forge(test, one, menu, `pnew:${one.id}.2025`)
    await forge(test, one, menu, `pedit:${plan.id}`)
    await test.app.settle()
    expect(await test.app.services.database.selfPlan.count({ where: { personId: one.id } })).toBe(1)
    const strange = await test.people.ask(other.secretary.account, '/menu')
    for (const word of ['pview', 'pyes', 'pdoc', 'pedit', 'psub']) {
      await forge(test, other.secretary, strange, `${word}:${plan.id}`)
    }
    await forge(test, other.secretary, strange, `pbra:${branch.id}.2026`)
    await test.app.settle()
    const after = await test.app.services.database.selfPlan.findUniqueOrThrow({ where: { id: plan.id } })
    expect(after.state).toBe('submitted')
    const read = await test.people.read(other.secretary.account, other.secretary.account)
    expect(read.some(({ text }) => text.includes(one.fullName))).toBe(false)
  })
})

describe("the month's word", () => {
  it('is asked for from the 20th and again on the 8th, of those who owe it; of the silent ones by the secretary', async () => {
    const [here] = await twoBranches(test)
    const { secretary } = here
    const [head, one, silent] = [member(here, 0), member(here, 1), member(here, 3)]
    const { database } = test.app.services
    const items = { create: [{ group: 'results', text: 'Dọn ngõ', measure: 'mỗi tháng', dueMonth: 12 }] }
    for (const { id: personId } of [head, one, silent]) {
      const data = { personId, branchId: here.id, year: 2026, state: 'approved', createdAt: test.sandbox.clock.now() }
      await database.selfPlan.create({ data: { ...data, items } })
    }
    expect(await owed(secretary)).toContain(`Nhận xét tháng 11/2026 cho đồng chí ${head.fullName}`)
    expect(await owed(secretary)).not.toContain(one.fullName)
    await press(one, await test.people.ask(one.account, '/kehoach'), 'Tự đánh giá tháng')
    await press(one, await inPrivate(test, one, 'còn 1 mục'), 'Đạt')
    // To the 8th of December, a little after the hour of reminders.
    await test.people.advance('P14DT23H')
    const reminded = await inPrivate(test, head, 'Đến kỳ tự đánh giá kế hoạch tu dưỡng tháng 11/2026')
    expect(reminded.text).toMatch(/^Hạn 10\/12\/2026/)
    const told = await inPrivate(test, secretary, 'tôi không nhắn được')
    expect(told.text).toContain(silent.fullName)
    expect(told.text).not.toContain(one.fullName)
    const read = await test.people.read(one.account, one.account)
    expect(read.some(({ text }) => text.includes('Đến kỳ tự đánh giá'))).toBe(false)
    // The item of the one is done for good; the month of the others closes with the 10th.
    await press(head, reminded, 'Tự đánh giá tháng')
    await press(head, await inPrivate(test, head, 'còn 1 mục'), 'Chưa đạt')
    await inPrivate(test, head, 'đủ các mục')
    await test.people.advance('P4D')
    expect(await owed(secretary)).not.toContain('Nhận xét tháng')
    await test.people.advance('P9D')
    await inPrivate(test, head, 'kế hoạch tu dưỡng tháng 12/2026')
    expect(await owed(one)).not.toContain('Tự đánh giá')
  })
})

/** The list of the branch's members with how their plans stand. */
async function openBranchList(secretary: TestPerson): Promise<SeenMessage> {
  await test.people.say(secretary.account, secretary.account, '/kehoach')
  const offer = await inPrivate(test, secretary, 'của đảng viên trong chi bộ')
  await press(secretary, offer, 'Xem danh sách chi bộ')
  return inPrivate(test, secretary, 'Kế hoạch tu dưỡng năm 2026')
}
