import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import type { TestPerson } from '../../support/ward.ts'
import { assign, member, oneBranch, says } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const reads = async (person: TestPerson, words: string) =>
  (await test.people.read(person.account, person.account)).filter(says(words))

it('after 72 hours without the program each reminder comes once, and one that comes late says so', async () => {
  const branch = await oneBranch(test)
  const [one, two, phoneless] = [member(branch, 1), member(branch, 2), member(branch, 3)]
  await assign(test, branch, one, 'dọn ngõ; hạn 24/11')
  await assign(test, branch, two, 'quét sân; hạn 26/11')
  await assign(test, branch, phoneless, 'họp tổ; hạn 25/11')
  // From 09:00 on the 23rd to 09:00 on the 26th nobody ticks.
  await test.people.advance('PT72H')
  await test.people.advance('PT1M')
  await test.app.settle()
  const [late] = await reads(one, 'dọn ngõ').then((messages) => messages.filter(says('quá hạn 2 ngày')))
  expect(late?.text).toContain('24/11/2026')
  expect(await reads(one, 'quá hạn')).toHaveLength(1)
  expect(await reads(two, 'Hôm nay là hạn')).toHaveLength(1)
  expect(await reads(two, 'quá hạn')).toHaveLength(0)
  expect((await reads(branch.secretary, 'họp tổ')).filter(says('quá hạn 1 ngày'))).toHaveLength(1)
})

it('what is older than a week is skipped, and the same span asked again reminds nobody twice', async () => {
  const branch = await oneBranch(test)
  await assign(test, branch, member(branch, 1), 'việc đã xưa; hạn ngày mai')
  const { database: db } = test.app.services
  const since = test.sandbox.clock.now()
  await test.people.advance('P20D')
  expect((await reads(member(branch, 1), 'việc đã xưa')).filter(says('quá hạn'))).toHaveLength(0)
  const skipped = /lienchi_skipped_total\{what="taskReminder"\} (\d+)/.exec(await test.app.metrics.text())
  expect(Number(skipped?.[1])).toBeGreaterThan(0)
  const before = await db.delivery.count()
  await db.clockTick.updateMany({ data: { at: since } })
  await test.app.settle()
  expect(await db.delivery.count()).toBe(before)
})

it('wrong codes that can lock nobody any more are forgotten, however long nobody ticked', async () => {
  const { database: db } = test.app.services
  await db.codeFailure.create({ data: { accountId: 1n, at: test.sandbox.clock.now(), source: 'test' } })
  await test.people.advance('PT1H')
  expect(await db.codeFailure.count()).toBe(1)
  await test.people.advance('PT72H')
  expect(await db.codeFailure.count()).toBe(0)
})
