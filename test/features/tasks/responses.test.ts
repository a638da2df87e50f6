import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { assign, forge, inGroup, inPrivate, member, oneBranch, says, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const stateOf = async (branchId: number, assigneeId: number) =>
  (await test.app.services.database.task.findFirst({ where: { branchId, assigneeId }, orderBy: { id: 'desc' } }))?.state

/** What this person still owes, as `/viecchuaxong` says. */
const owed = async (person: TestPerson) => (await test.people.ask(person.account, '/viecchuaxong')).text

describe('a member answers what was given', () => {
  it('takes it on; a second press changes nothing', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const own = await inPrivate(test, assignee, 'Nhiệm vụ số 1')
    await test.people.press(assignee.account, assignee.account, own, 'Nhận việc')
    await inPrivate(test, assignee, 'Đồng chí đã nhận Nhiệm vụ số 1')
    const task = () => test.app.services.database.task.findFirstOrThrow({ where: { branchId: branch.id } })
    const { undertakenAt } = await task()
    await test.people.press(assignee.account, assignee.account, own, 'Nhận việc')
    await inPrivate(test, assignee, 'Đồng chí đã nhận Nhiệm vụ số 1')
    expect((await task()).undertakenAt).toEqual(undertakenAt)
    expect(await owed(assignee)).toContain('Nhiệm vụ số 1')
  })

  it('declines with a reason: not owed until the secretary insists, and the reason is not told to the group', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const own = await inPrivate(test, assignee, 'Nhiệm vụ số 1')
    await test.people.press(assignee.account, assignee.account, own, 'Xin không nhận')
    await inPrivate(test, assignee, 'Vì sao')
    await test.people.ask(assignee.account, 'Tôi đang nằm viện')
    expect(await owed(assignee)).toContain('không còn việc nào')
    const asked = await inPrivate(test, secretary, 'xin không nhận')
    expect(asked.text).toContain('Lý do: Tôi đang nằm viện')
    expect(await owed(secretary)).toContain('xin không nhận Nhiệm vụ số 1')
    expect((await test.people.read(secretary.account, group)).some(says('nằm viện'))).toBe(false)
    await test.people.press(secretary.account, secretary.account, asked, 'Vẫn giao')
    await inPrivate(test, assignee, 'chi bộ đề nghị đồng chí vẫn nhận')
    expect(await owed(assignee)).toContain('Nhiệm vụ số 1')
    expect(await owed(secretary)).toContain('không còn việc nào')
  })

  it('is given to another: the first owes nothing more, the second owes it under the same number', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const [one, two] = [member(branch, 1), member(branch, 2)]
    await assign(test, branch, one)
    await test.people.ask(secretary.account, '/viec')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Giao cho người khác')
    const list = await inPrivate(test, secretary, 'cho ai?')
    const line = list.text.split('\n').find((text) => text.includes(two.fullName))
    const done = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    expect(done.text).toContain(`đã chuyển cho đồng chí ${two.fullName}`)
    await inPrivate(test, one, 'đã chuyển cho đồng chí khác')
    expect(await owed(one)).toContain('không còn việc nào')
    expect(await owed(two)).toContain('Nhiệm vụ số 1')
    expect((await test.people.ask(one.account, '/baocao 1 xong')).text).toContain('Không tìm thấy Nhiệm vụ số 1')
    expect(await stateOf(branch.id, one.id)).toBe('reassigned')
  })

  it('is cancelled with a reason that only the assignee reads', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    await test.people.ask(secretary.account, '/viec')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Hủy việc')
    await inPrivate(test, secretary, 'Vì sao hủy')
    await test.people.ask(secretary.account, 'Phường đã làm rồi')
    expect((await inPrivate(test, assignee, 'đã hủy')).text).toContain('Lý do: Phường đã làm rồi')
    expect((await inGroup(test, branch, 'đã hủy')).text).not.toContain('Phường đã làm')
    expect(await owed(assignee)).toContain('không còn việc nào')
    const late = await test.people.ask(assignee.account, '/baocao 1 xong')
    expect(late.text).toContain('đã được hủy')
    expect((await test.people.read(assignee.account, group)).some(says('Đã có báo cáo'))).toBe(false)
  })

  it('a comment reaches the assignee alone and changes nothing', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    await test.people.ask(secretary.account, '/viec')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Nhận xét')
    await inPrivate(test, secretary, 'muốn nhắn gì')
    await test.people.ask(secretary.account, 'Nhớ mang găng tay')
    expect((await inPrivate(test, assignee, 'Nhận xét về Nhiệm vụ số 1')).text).toContain('Nhớ mang găng tay')
    expect(await stateOf(branch.id, assignee.id)).toBe('assigned')
  })

  it("nobody of another branch answers, moves or cancels a branch's task by a forged button", async () => {
    const [branch, other] = await twoBranches(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const task = await test.app.services.database.task.findFirstOrThrow({ where: { branchId: branch.id } })
    const menu = await test.people.ask(other.secretary.account, '/menu')
    const stranger = member(other, 1)
    for (const data of [
      `ttake:${task.id}`,
      `tno:${task.id}`,
      `tkeep:${task.id}`,
      `tmove:${task.id}`,
      `tcancel:${task.id}`,
    ]) {
      await forge(test, other.secretary, menu, data)
    }
    await forge(test, other.secretary, menu, `tgive:${task.id}.${stranger.id}`)
    await test.app.settle()
    expect(await stateOf(branch.id, assignee.id)).toBe('assigned')
  })
})

describe('a share of the work', () => {
  it('is noted: the task goes on, the reviewers know, the report of the whole is still owed', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const noted = await test.people.ask(assignee.account, '/baocao 1 Được 60%, còn ngõ 12')
    expect(noted.text).toContain('làm được 60%')
    const told = await inPrivate(test, secretary, 'làm được 60%')
    expect(buttonsOf(told)).toEqual(['Nhận xét'])
    expect(await owed(assignee)).toContain('Nhiệm vụ số 1')
    await test.people.ask(assignee.account, '/baocao 1 Xong cả rồi')
    expect(buttonsOf(await inPrivate(test, secretary, 'Xong cả rồi'))).toEqual(['Chấp nhận', 'Trả lại'])
    expect(await owed(assignee)).toContain('không còn việc nào')
    expect(await owed(secretary)).toContain('Xem báo cáo Nhiệm vụ số 1')
  })
})

describe('what is late and what corrects', () => {
  it('a report after the due day, and one after a return, are kept as such', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee, 'dọn ngõ; hạn ngày mai')
    await test.people.advance('P3D')
    await test.people.ask(assignee.account, '/baocao 1 Xong')
    const late = await inPrivate(test, secretary, 'Kết quả: Xong')
    expect(late.text).toContain('Báo cáo sau hạn 2 ngày')
    await test.people.press(secretary.account, secretary.account, late, 'Trả lại')
    await inPrivate(test, secretary, 'Vì sao trả lại')
    await test.people.ask(secretary.account, 'Thiếu ảnh')
    await test.people.ask(assignee.account, '/baocao 1 Đã thêm ảnh')
    expect((await inPrivate(test, secretary, 'Đã thêm ảnh')).text).toContain('Bổ sung sau khi bị trả lại')
    const reports = await test.app.services.database.taskReport.findMany({
      where: { task: { branchId: branch.id } },
      orderBy: { id: 'asc' },
    })
    expect(reports.map(({ lateDays, corrects }) => [lateDays, corrects])).toEqual([
      [2, false],
      [2, true],
    ])
  })
})

describe('reminders', () => {
  it('come the day before, on the day and after it, and stop with the report', async () => {
    const branch = await oneBranch(test)
    const [owing, done] = [member(branch, 1), member(branch, 2)]
    await assign(test, branch, owing, 'quét sân; hạn 3 ngày nữa')
    await assign(test, branch, done, 'họp tổ; hạn 3 ngày nữa')
    await test.people.ask(done.account, '/baocao 2 Xong')
    // On to the mornings of the reminders, and to days that have none.
    for (const days of ['P2D', 'P1D', 'P1D', 'P1D', 'P1D', 'P4D', 'P3D']) await test.people.advance(days)
    const reminders = async (person: TestPerson, work: string) =>
      (await test.people.read(person.account, person.account)).filter(
        ({ text }) => text.includes(work) && /^(Ngày mai|Hôm nay) là hạn|quá hạn/.test(text),
      ).length
    // One day before, the day itself, one, three and seven days after.
    expect(await reminders(owing, 'quét sân')).toBe(5)
    expect(await reminders(done, 'họp tổ')).toBe(0)
  })
})
