import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { assign, inGroup, inPrivate, isAnnouncement, member, mention, oneBranch, says, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const tasksOf = (branchId: number) =>
  test.app.services.database.task.findMany({ where: { branchId }, orderBy: { id: 'asc' }, include: { files: true } })

describe('one assignment to several', () => {
  it('each has a task under the same number, the group reads it once, and each reports on their own', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const [one, two] = [member(branch, 1), member(branch, 2)]
    await test.people.say(secretary.account, group, `/giaoviec ${one.number}, ${two.number}: dọn vườn hoa; hạn 30/11`)
    const preview = await inGroup(test, branch, 'Giao việc này?')
    expect(preview.text).toContain('Giao cho 2 đồng chí')
    await test.people.press(secretary.account, group, preview, 'Giao việc')
    const announced = await test.people.next(secretary.account, group, isAnnouncement)
    expect(announced.text).toContain(one.fullName)
    expect(announced.text).toContain(two.fullName)
    // The second of them answers the one message in the group: it is their own share that is reported.
    await test.people.say(two.account, group, 'Phần tôi đã xong', announced.id)
    expect((await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 1')).text).toContain(two.fullName)
    await test.app.settle()
    expect((await tasksOf(branch.id)).map(({ number, assigneeId, state }) => [number, assigneeId, state])).toEqual([
      [1, one.id, 'assigned'],
      [1, two.id, 'reported'],
    ])
    // The number alone means their own, too; the secretary is asked whose.
    expect((await test.people.ask(one.account, '/baocao 1 Tôi cũng xong')).text).toContain('Đã nhận báo cáo')
  })

  it('to the whole branch: all who take part but whoever assigns', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const list = await test.people.ask(secretary.account, '/giaoviec')
    await test.people.press(secretary.account, secretary.account, list, 'Toàn chi bộ')
    await inPrivate(test, secretary, 'Giao việc gì cho 6 đồng chí?')
    await test.people.ask(secretary.account, 'Dọn vệ sinh')
    const preview = await test.people.ask(secretary.account, 'thứ 7')
    await test.people.press(secretary.account, secretary.account, preview, 'Giao việc')
    const done = await inPrivate(test, secretary, 'Đã giao Nhiệm vụ số 1 cho 6 đồng chí')
    expect(done.text).toContain(`${member(branch, 3).fullName} chưa nhận được tin`)
    const tasks = await tasksOf(branch.id)
    expect(tasks.map(({ assigneeId }) => assigneeId)).not.toContain(secretary.id)
    expect(tasks).toHaveLength(6)
    // Without a smartphone: the secretary reports for one of the six, and picks whose it is.
    const which = await test.people.ask(secretary.account, '/baocao 1 Đã quét ngõ 12')
    expect(buttonsOf(which).some((text) => text.includes(member(branch, 3).fullName))).toBe(true)
  })

  it('picked by several numbers at once, and by people mentioned', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    await test.people.ask(secretary.account, '/giaoviec')
    expect((await test.people.ask(secretary.account, '1, 3')).text).toContain('Giao việc gì cho 2 đồng chí?')
    const mentioned = member(branch, 1)
    const name = mentioned.fullName
    mention(test, secretary, group, { before: '/giaoviec ', person: mentioned, after: ' dọn ngõ; hạn 30/11' })
    expect((await inGroup(test, branch, 'Giao việc này?')).text).toContain(`Đồng chí ${name}`)
  })

  it('named by their user name of today, in the group and in private; a name that nobody here goes by is said', async () => {
    const [branch, other] = await twoBranches(test)
    const { secretary, group } = branch
    const named = member(branch, 1)
    const nickname = `chi_lan_${branch.id}`
    for (const [{ account }, username] of [
      [named, nickname],
      [member(other, 1), `nguoi_khac_${branch.id}`],
    ] as const) {
      const one = test.sandbox.world.state.data.accounts.get(account)
      if (one) one.username = username
    }
    await test.people.say(secretary.account, group, `/giaoviec @${nickname.toUpperCase()} dọn ngõ; hạn 30/11`)
    const preview = await inGroup(test, branch, 'Giao việc này?')
    expect(preview.text).toContain(named.fullName)
    expect(preview.text).toContain('dọn ngõ')
    expect(preview.text).not.toContain('@')
    expect((await test.people.ask(secretary.account, `/giaoviec @${nickname}: trồng hoa; hạn 30/11`)).text).toContain(
      named.fullName,
    )
    // Somebody of another branch is nobody here.
    const unknown = await test.people.ask(secretary.account, `/giaoviec @nguoi_khac_${branch.id} dọn ngõ; hạn 30/11`)
    expect(unknown.text).toContain(`Tôi không rõ @nguoi_khac_${branch.id} là ai trong chi bộ. Đề nghị`)
    expect(unknown.text).toContain('Giao việc cho ai?')
  })
})

describe('what can be said beside the work and its due date', () => {
  it('a suggestion drawn from the post, where it comes from, and a paper', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const head = member(branch, 0)
    await test.people.ask(secretary.account, '/giaoviec')
    const question = await test.people.ask(secretary.account, head.number)
    expect(question.text).toContain('Trả lời các kiến nghị của tổ dân phố')
    const due = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, due, 'Cuối tháng')
    const preview = await inPrivate(test, secretary, 'Giao việc này?')
    await test.people.press(secretary.account, secretary.account, preview, 'Thêm chi tiết')
    const menu = await inPrivate(test, secretary, 'Chi tiết của việc')
    expect(menu.text).toContain('việc theo chức vụ')
    await test.people.press(secretary.account, secretary.account, menu, 'Ghi việc theo đâu')
    const origin = await inPrivate(test, secretary, 'Việc này theo đâu?')
    await test.people.press(secretary.account, secretary.account, origin, 'Nghị quyết')
    const again = await inPrivate(test, secretary, 'Theo: Nghị quyết')
    await test.people.press(secretary.account, secretary.account, again, 'Thêm chi tiết')
    await test.people.press(
      secretary.account,
      secretary.account,
      await inPrivate(test, secretary, 'Chi tiết của việc'),
      'Gửi kèm',
    )
    await inPrivate(test, secretary, 'Gửi kèm ảnh hoặc tệp')
    const paper = { name: 'nghi-quyet.pdf', data: new Uint8Array([37, 80, 68, 70]) }
    await test.people.sendFile(secretary.account, secretary.account, paper)
    const more = await inPrivate(test, secretary, 'Kèm 1 ảnh hoặc tệp')
    await test.people.press(secretary.account, secretary.account, more, 'Xong')
    const whole = await inPrivate(test, secretary, 'Giao việc này?')
    await test.people.press(secretary.account, secretary.account, whole, 'Giao việc')
    expect((await inGroup(test, branch, 'Nhiệm vụ số 1')).text).toContain('Theo: Nghị quyết')
    expect((await inGroup(test, branch, 'Tệp kèm Nhiệm vụ số 1')).files).toHaveLength(1)
    const [task] = await tasksOf(branch.id)
    expect(task).toMatchObject({ kind: 'office', origin: 'resolution' })
    expect(task?.files).toHaveLength(1)
  })
})

describe('what comes back each week or month', () => {
  it('said in the line: the first is given now, the next three days before its day, none on a day off', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    await test.people.say(secretary.account, group, `/giaoviec ${assignee.number}: dọn vệ sinh; hạn mỗi thứ 7`)
    const preview = await inGroup(test, branch, 'Giao việc này?')
    expect(preview.text).toContain('Lặp lại: thứ Bảy hằng tuần')
    expect(preview.text).toMatch(/^Hạn: 28\/11\/2026/)
    await test.people.press(secretary.account, group, preview, 'Giao việc')
    await test.people.next(secretary.account, group, isAnnouncement)
    const { database: db } = test.app.services
    await db.dayOff.create({
      data: {
        wardId: (await db.organisation.findUniqueOrThrow({ where: { id: branch.id } })).wardId,
        kind: 'off',
        name: 'Ngày nghỉ',
        from: new Date('2026-12-12T00:00:00Z'),
        to: new Date('2026-12-12T00:00:00Z'),
      },
    })
    for (let week = 0; week < 8; week++) await test.people.advance(week % 2 ? 'P4D' : 'P3D')
    const given = async () => (await tasksOf(branch.id)).map(({ dueOn }) => dueOn && fromUtcMidnight(dueOn).toString())
    expect(await given()).toEqual(['2026-11-28', '2026-12-05', '2026-12-19'])
    // Ended by the button on its card: nothing more comes.
    await test.people.ask(secretary.account, '/viec')
    const card = await test.people.ask(secretary.account, '1')
    await test.people.press(secretary.account, secretary.account, card, 'Thôi lặp lại')
    await inPrivate(test, secretary, 'không lặp lại nữa')
    await test.people.advance('P4D')
    await test.people.advance('P3D')
    expect(await given()).toHaveLength(3)
  })

  it('the 31st is refused with what to say instead, and nothing is written', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const preview = await test.people.ask(secretary.account, `/giaoviec ${member(branch, 1).number}: họp tổ; không hạn`)
    await test.people.press(secretary.account, secretary.account, preview, 'Thêm chi tiết')
    const menu = await inPrivate(test, secretary, 'Chi tiết của việc')
    await test.people.press(secretary.account, secretary.account, menu, 'Lặp lại')
    await inPrivate(test, secretary, 'Việc này lặp lại thế nào?')
    const refused = await test.people.ask(secretary.account, 'ngày 31 hằng tháng')
    expect(refused.text).toContain('Không phải tháng nào cũng có ngày 31')
    const taken = await test.people.ask(secretary.account, 'cuối tháng')
    expect(taken.text).toContain('Lặp lại: ngày cuối tháng')
    expect(await tasksOf(branch.id)).toHaveLength(0)
  })

  it('a task to somebody of another branch, or due in the past, is refused in one sentence', async () => {
    const branch = await oneBranch(test)
    const other = await oneBranch(test)
    const { secretary } = branch
    const refused = await test.people.ask(secretary.account, `/giaoviec ${other.deputy.number}: dọn ngõ`)
    expect(refused.text).toMatch(/Không tìm thấy|không thuộc chi bộ/)
    const past = await test.people.ask(secretary.account, `/giaoviec ${branch.deputy.number}: dọn ngõ; hạn 1/11/2026`)
    expect(past.text).toContain('đã qua')
    expect(says('Hạn đến ngày nào?')(past)).toBe(true)
    await assign(test, branch, branch.deputy, 'dọn ngõ; hạn cuối năm')
  })
})
