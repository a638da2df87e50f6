import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectGroup } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { orThrow } from '../linking/support.ts'
import { issueResults, line, type NoticeWard, noticeWard, nth, says } from './support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** The group of the ward's leaders, connected. */
async function leadersGroup(ward: NoticeWard, more: number[] = []): Promise<number> {
  const group = await test.people.addGroup('Lãnh đạo phường', [ward.officer, ward.leader.account, ...more])
  orThrow(await connectGroup(test.app.context(), { wardId: ward.id, chatId: BigInt(group), title: 'Lãnh đạo' }))
  await test.people.changeGroup(group, { bot: 'add' })
  await test.app.settle()
  return group
}

const overviews = async (ward: NoticeWard, group: number): Promise<string[]> => {
  await test.app.settle()
  const seen = await test.people.read(ward.officer, group)
  return seen.flatMap(({ from, text }) => (from.isBot && text.includes('Tình hình nhận Thông báo') ? [text] : []))
}

const issued = async (ward: NoticeWard) =>
  issueResults(
    test,
    ward,
    ward.cadres.map((person) => line(person, 80)),
  )

it('on each day of a reminder the leaders’ group reads how many branches have confirmed, by branch and without names', async () => {
  const ward = await noticeWard(test, { branches: 3 })
  const [first, second, third] = [nth(ward.branches, 0), nth(ward.branches, 1), nth(ward.branches, 2)]
  const group = await leadersGroup(ward)
  const message = await issued(ward)
  await test.people.press(first.secretary.account, first.group, message, 'Đã nhận thông báo')
  await test.people.advance('PT48H')
  const [overview, ...more] = await overviews(ward, group)
  expect(more).toEqual([])
  expect(overview).toContain('Đã xác nhận: 1/3 chi bộ')
  expect(overview).toContain(`Chưa xác nhận (2 chi bộ):\n1. ${second.name}\n2. ${third.name}`)
  for (const { fullName } of ward.everyone) expect(overview).not.toContain(fullName)
  // The same morning looked at again posts nothing more; the deputies' day does.
  await test.people.advance('PT1H')
  expect(await overviews(ward, group)).toHaveLength(1)
  for (const { secretary } of [second, third]) {
    const reminder = await test.people.next(secretary.account, secretary.account, says('chưa xác nhận'))
    await test.people.press(secretary.account, secretary.account, reminder, 'Đã nhận thông báo')
  }
  await test.people.advance('PT48H')
  expect(await overviews(ward, group)).toHaveLength(1)
})

it('/tinhhinh in the leaders’ group answers a leader with the counts, and others in private with what is theirs', async () => {
  const ward = await noticeWard(test)
  const { secretary, name } = nth(ward.branches, 1)
  const other = await noticeWard(test)
  const group = await leadersGroup(ward, [secretary.account, other.leader.account])
  await issued(ward)
  await issued(other)
  await test.people.say(ward.leader.account, group, '/tinhhinh')
  const answer = await test.people.next(ward.leader.account, group, says('Tình hình nhận'))
  expect(answer.text).toContain('Đã xác nhận: 0/2 chi bộ')
  expect(answer.text).toContain(name)
  for (const account of [secretary.account, other.leader.account]) {
    await test.people.say(account, group, '/tinhhinh')
    expect((await test.people.next(account, group)).text).toBe(test.app.services.texts('notices:sentPrivately'))
    await test.people.next(account, account, says('01-TB/ĐU'))
  }
})
