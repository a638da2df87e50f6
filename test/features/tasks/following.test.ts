import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayAt } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { assign, forge, inPrivate, member, oneBranch, says, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('what is to be done', () => {
  it('the secretary sees the open tasks of the branch, the overdue first; a member their own', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    await assign(test, branch, member(branch, 1), 'việc sau; hạn 30/11')
    await assign(test, branch, member(branch, 2), 'việc trước; hạn 25/11')
    await test.app.services.database.task.updateMany({
      where: { branchId: branch.id, number: 2 },
      data: { dueOn: new Date('2026-11-20T00:00:00Z') },
    })
    const list = await test.people.ask(secretary.account, '/viec')
    expect(list.text.indexOf('việc trước')).toBeLessThan(list.text.indexOf('việc sau'))
    expect(list.text).toContain('quá hạn 3 ngày')
    const own = await test.people.ask(member(branch, 1).account, '/viec')
    expect(own.text).toContain('việc sau')
    expect(own.text).not.toContain('việc trước')
    const card = await test.people.ask(member(branch, 1).account, '1')
    expect(buttonsOf(card)).toEqual(['Báo cáo kết quả', 'Nhận việc', 'Xin không nhận'])
    expect((await test.people.ask(member(branch, 3 - 1).account, '/viec')).text).toContain('việc trước')
  })

  it("a forged button shows nobody another branch's task", async () => {
    const [branch, other] = await twoBranches(test)
    await assign(test, branch, member(branch, 1))
    const task = await test.app.services.database.task.findFirstOrThrow({ where: { branchId: branch.id } })
    const menu = await test.people.ask(other.secretary.account, '/menu')
    for (const data of [`tview:${task.id}`, `trep:${task.id}`, `tfiles:${task.id}`]) {
      const answer = await forge(test, other.secretary, menu, data)
      if (!answer.alert) await inPrivate(test, other.secretary, 'Đề nghị')
    }
    const own = await test.people.ask(branch.secretary.account, '/menu')
    for (const data of ['tview:x', 'tyes:99999999999', 'tto:a.b', 'tdue:.', 'tpick:', 'tlist:-7']) {
      expect(await forge(test, branch.secretary, own, data)).toMatchObject({ answered: true })
    }
  })
})

describe('a task with a long report', () => {
  it('is shown in as many messages as Telegram needs, the buttons under the last', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    for (const word of ['một', 'hai', 'ba']) {
      await test.people.ask(assignee.account, `/baocao 1 ${`${word} `.repeat(550)}`)
    }
    const { account } = branch.secretary
    await test.app.settle()
    const list = await test.people.ask(account, '/viec')
    await test.people.press(account, account, list, '1')
    const last = await test.people.next(
      account,
      account,
      ({ text, buttons }) => text.includes('ba ba') && buttons.flat().some((button) => button.text === 'Chấp nhận'),
    )
    expect(last.text).not.toContain('một')
  })
})

describe('on the due day', () => {
  it('those who owe are reminded in the morning, once; for others the secretary is told whom to call', async () => {
    const branch = await oneBranch(test)
    const [owing, done, phoneless] = [member(branch, 1), member(branch, 2), member(branch, 3)]
    const announced = []
    for (const person of [owing, done, phoneless])
      announced.push(await assign(test, branch, person, 'dọn ngõ; hạn ngày mai'))
    await test.people.ask(done.account, '/baocao 2 Xong')
    await test.app.settle()
    const before = (await test.people.read(owing.account, owing.account)).length
    await test.people.advance('PT21H59M')
    expect((await test.people.read(owing.account, owing.account)).length).toBe(before)
    await test.people.advance('PT2M')
    await test.people.advance('PT5M')
    const reminded = async (person: TestPerson) =>
      (await test.people.read(person.account, person.account)).filter(says('Hôm nay là hạn')).length
    expect(await reminded(owing)).toBe(1)
    expect(await reminded(done)).toBe(0)
    expect(await reminded(branch.secretary)).toBe(1)
  })

  it('the next reminder is known in advance, so that a clock can be moved to it', async () => {
    const branch = await oneBranch(test)
    await test.people.advance('P31D')
    const tomorrow = dayAt(test.sandbox.clock.now()).add({ days: 1 })
    // Seven in the morning in Viet Nam.
    const reminder = new Date(`${tomorrow}T00:00:00Z`)
    expect((await test.app.nextDue())?.getTime()).toBeGreaterThan(reminder.getTime())
    await assign(test, branch, member(branch, 1), 'quét sân; hạn ngày mai')
    expect(await test.app.nextDue()).toEqual(reminder)
  })
})
