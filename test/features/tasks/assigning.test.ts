import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { assign, inGroup, inPrivate, isAnnouncement, member, oneBranch, says, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('assigning', () => {
  it('by one line in the group: the group and the member read it, the due date first', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    expect(announced.text.split('\n').slice(0, 4)).toEqual([
      'Hạn: 30/11/2026',
      'Nhiệm vụ số 1',
      `Đồng chí ${assignee.fullName}`,
      '',
    ])
    const own = await inPrivate(test, assignee, 'Nhiệm vụ số 1')
    expect(own.text).toMatch(/^Hạn: 30\/11\/2026/)
    expect(own.text).toContain('dọn vườn hoa')
  })

  it('in answer to a member: that member is the assignee', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const assignee = member(branch, 1)
    const said = await test.people.say(assignee.account, group, 'Sáng mai tôi rỗi.')
    await test.people.say(secretary.account, group, '/giaoviec Dọn ngõ 12, hạn thứ 7 tuần này', said)
    const preview = await inGroup(test, branch, 'Giao việc này?')
    expect(preview.text).toContain(`Đồng chí ${assignee.fullName}`)
    expect(preview.text).toMatch(/^Hạn: 28\/11\/2026/)
  })

  it('step by step in private: pick by number, type the work, press the due date, confirm', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const list = await test.people.ask(secretary.account, '/giaoviec')
    const line = list.text.split('\n').find((text) => text.includes(member(branch, 3).fullName))
    const question = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    expect(question.text).toContain(`Giao việc gì cho đồng chí ${member(branch, 3).fullName}?`)
    const due = await test.people.ask(secretary.account, 'Thống kê hộ mới đến')
    expect(buttonsOf(due)).toEqual(['Thứ 7 tuần này (28/11/2026)', 'Cuối tháng (30/11/2026)', 'Không hạn', 'Thôi'])
    await test.people.press(secretary.account, secretary.account, due, 'Cuối tháng')
    const preview = await inPrivate(test, secretary, 'Giao việc này?')
    await test.people.press(secretary.account, secretary.account, preview, 'Giao việc')
    const done = await inPrivate(test, secretary, 'Đã giao Nhiệm vụ số 1')
    // This member has no smartphone.
    expect(done.text).toContain('Đề nghị báo trực tiếp')
    expect((await inGroup(test, branch, 'Nhiệm vụ số 1')).text).toContain('Thống kê hộ mới đến')
  })

  it('step by step in the group: the list shows names only, answers are replies', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    await test.people.say(secretary.account, group, '/giaoviec')
    const list = await inGroup(test, branch, 'Giao việc cho ai?')
    expect(list.text).not.toMatch(/\(19\d\d\)/)
    expect(list.text).toContain(member(branch, 2).fullName)
    await test.people.say(secretary.account, group, member(branch, 2).fullName, list.id)
    const question = await inGroup(test, branch, 'Giao việc gì')
    await test.people.say(secretary.account, group, 'Đón đoàn kiểm tra', question.id)
    const due = await inGroup(test, branch, 'Hạn đến ngày nào?')
    await test.people.say(secretary.account, group, 'không hạn', due.id)
    expect((await inGroup(test, branch, 'Giao việc này?')).text).toMatch(/^Không đặt hạn/)
  })

  it('names that fit several people are asked about, with the birth year', async () => {
    const branch = await oneBranch(test)
    await test.people.say(branch.secretary.account, branch.group, '/giaoviec đảng viên: dọn ngõ; hạn 30/11')
    const list = await inGroup(test, branch, 'Có nhiều người khớp')
    expect(list.buttons.flat()).toHaveLength(4)
    await test.people.press(branch.secretary.account, branch.group, list, '2')
    // The work and the due date that were said already are kept.
    expect((await inGroup(test, branch, 'Giao việc này?')).text).toContain('dọn ngõ')
  })

  it('two people of one name are told apart by their birth years', async () => {
    const branch = await oneBranch(test)
    const db = test.app.services.database
    const name = member(branch, 0).fullName
    await db.person.update({
      where: { id: member(branch, 1).id },
      data: { fullName: name, searchName: 'le thi dang vien' },
    })
    await db.person.update({ where: { id: member(branch, 0).id }, data: { searchName: 'le thi dang vien' } })
    await test.people.say(branch.secretary.account, branch.group, '/giaoviec le thi dang vien: dọn ngõ')
    const list = await inGroup(test, branch, 'Có nhiều người khớp')
    expect(list.text.match(/\(19\d\d\)/g)).toHaveLength(2)
  })

  it('what cannot be is said in one sentence, and nothing is written', async () => {
    const [branch, other] = await twoBranches(test)
    const { secretary } = branch
    const ask = (text: string) => test.people.ask(secretary.account, text)
    expect((await ask('/giaoviec Không Có Ai: dọn ngõ')).text).toContain('Không tìm thấy «Không Có Ai»')
    expect((await ask(`/giaoviec ${other.deputy.fullName}: dọn ngõ`)).text).toContain(
      `Không tìm thấy «${other.deputy.fullName}» trong chi bộ`,
    )
    expect((await ask(`/giaoviec ${branch.deputy.fullName}: dọn ngõ; hạn 20/11`)).text).toContain('đã qua')
    expect((await ask(`/giaoviec ${branch.deputy.fullName}: ${'a'.repeat(600)}`)).text).toContain('dài quá')
    await ask('/huy')
    expect(await test.app.services.database.task.count({ where: { branchId: branch.id } })).toBe(0)
  })

  it('is for the secretary, the deputy and the committee of that branch', async () => {
    const [branch, other] = await twoBranches(test)
    await test.people.changeGroup(branch.group, { add: [other.secretary.account] })
    for (const person of [member(branch, 1), other.secretary]) {
      await test.people.say(person.account, branch.group, `/giaoviec ${member(branch, 0).number}: dọn ngõ`)
      const answer = await test.people.next(person.account, branch.group)
      expect(answer.text).toContain('chưa được giao cho đồng chí')
    }
  })

  it('a confirmation pressed twice makes one task; another person cannot press it', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    await test.people.say(secretary.account, group, `/giaoviec ${member(branch, 1).number}: dọn ngõ; hạn 30/11`)
    const preview = await inGroup(test, branch, 'Giao việc này?')
    const refused = await test.people.press(deputy.account, group, preview, 'Giao việc')
    expect(refused.text).toContain('của đồng chí khác')
    const [data] = await Promise.all([
      test.people.press(secretary.account, group, preview, 'Giao việc'),
      test.people.press(secretary.account, group, preview, 'Giao việc').catch(() => null),
    ])
    expect(data).toBeDefined()
    await test.app.settle()
    expect(await test.app.services.database.task.count({ where: { branchId: branch.id } })).toBe(1)
  })

  it('numbers follow one another in a branch, whoever assigns at the same time', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const people = [secretary, deputy]
    const previews = await Promise.all(
      people.map(async ({ account }) => {
        await test.people.say(account, account, `/giaoviec ${member(branch, 1).number}: dọn ngõ; không hạn`)
        return test.people.next(account, account, says('Giao việc này?'))
      }),
    )
    await Promise.all(
      people.map(({ account }, index) => {
        const preview = previews[index]
        if (!preview) throw new Error('no preview')
        return test.people.press(account, account, preview, 'Giao việc')
      }),
    )
    await test.app.settle()
    const tasks = await test.app.services.database.task.findMany({ where: { branchId: branch.id } })
    expect(tasks.map(({ number }) => number).sort()).toEqual([1, 2])
    expect((await test.people.read(secretary.account, group)).filter(isAnnouncement)).toHaveLength(2)
  })
})
