import { afterAll, beforeAll, expect, test } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { groupTrust } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const trustOf = (branch: { id: number }) => groupTrust(at.app.context(), branch.id)

async function aBranch(): Promise<TestBranch & { member: TestPerson; wardId: number }> {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  const member = branch?.members[1]
  if (!branch || !member) throw new Error('no branch')
  return { ...branch, member, wardId: ward.id }
}

/** What the secretary has been told about the group so far. */
async function warnings(branch: TestBranch): Promise<string[]> {
  await at.app.settle()
  const messages = await at.people.read(branch.secretary.account, branch.secretary.account)
  return messages.flatMap(({ text, from }) => (from.isBot && text.includes('ai đang ở trong nhóm') ? [text] : []))
}

test('a group with nobody but linked members is known, and its secretary is told nothing', async () => {
  const branch = await aBranch()
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: true, unseen: 0, missing: [], linked: 6, members: 7 })
  expect(await warnings(branch)).toEqual([])
})

test('a stranger who comes in is told to the secretary once, with the name shown on Telegram, and again only when new', async () => {
  const branch = await aBranch()
  const outsider = await at.people.add('Người Hàng Xóm')
  await at.people.changeGroup(branch.group, { add: [outsider] })
  const [warning] = await warnings(branch)
  expect(warning).toContain('chưa kết nối tài khoản (1)')
  expect(warning).toContain('1. Người Hàng Xóm')
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: false, strangers: [BigInt(outsider)] })
  // The secretary's own /tinhtrang would be answered with the names once more.
  await at.people.say(branch.member.account, branch.group, '/tinhtrang')
  await at.people.say(outsider, branch.group, '/tinhtrang')
  expect(await warnings(branch)).toHaveLength(1)
  await at.people.changeGroup(branch.group, { remove: [outsider] })
  await at.app.settle()
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: true, strangers: [] })
  await at.people.changeGroup(branch.group, { add: [outsider] })
  expect(await warnings(branch)).toHaveLength(2)
})

test('people who were there before the bot are counted, though nobody can name them', async () => {
  const branch = await aBranch()
  const old = await at.people.add('Người Cũ')
  await at.people.changeGroup(branch.group, { bot: 'kick' })
  await at.people.changeGroup(branch.group, { add: [old] })
  await at.people.changeGroup(branch.group, { bot: 'add' })
  await at.people.say(branch.secretary.account, branch.group, '/ketnoi')
  const question = await at.people.next(branch.secretary.account, branch.group, ({ text }) =>
    text.includes('Kết nối nhóm này với'),
  )
  await at.people.press(branch.secretary.account, branch.group, question, 'Kết nối')
  const [warning] = await warnings(branch)
  expect(warning).toContain('có 1 tài khoản tôi chưa biết là ai')
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: false, unseen: 1 })
  await at.people.say(old, branch.group, '/tinhtrang')
  await at.app.settle()
  expect(await trustOf(branch)).toMatchObject({ unseen: 0, strangers: [BigInt(old)] })
})

test('a member who was transferred away and is still inside is named, from the day after the last one', async () => {
  const branch = await aBranch()
  const yesterday = toUtcMidnight(at.app.context().today().subtract({ days: 1 }))
  await db().membership.updateMany({ where: { personId: branch.member.id }, data: { to: yesterday } })
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: false, movedAway: [branch.member.id] })
  await at.people.say(branch.secretary.account, branch.group, '/tinhtrang')
  await at.people.next(branch.secretary.account, branch.group)
  expect((await warnings(branch))[0]).toContain(
    `Đã chuyển khỏi chi bộ mà còn trong nhóm (1):\n1. ${branch.member.fullName}`,
  )
})

test('a linked member who leaves the group is missing, which hides no names', async () => {
  const branch = await aBranch()
  await at.people.changeGroup(branch.group, { remove: [branch.member.account] })
  expect((await warnings(branch))[0]).toContain(`chưa ở trong nhóm (1):\n1. ${branch.member.fullName}`)
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: true, missing: [branch.member.id] })
})

test('the member in charge of the branch, a leader of the ward and an officer are no strangers there', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const [first, second] = ward.branches
  if (!first || !second) throw new Error('no branches')
  const from = toUtcMidnight(at.app.context().today())
  await db().position.create({
    data: {
      wardId: ward.id,
      personId: first.deputy.id,
      organisationId: second.id,
      post: 'supervisingMember',
      title: 'Cấp ủy viên phụ trách',
      from,
    },
  })
  await at.people.changeGroup(second.group, { add: [first.deputy.account, ward.leader.account, ward.officer] })
  expect(await warnings(second)).toEqual([])
  expect(await trustOf(second)).toMatchObject({ everyoneKnown: true })
  await at.people.changeGroup(second.group, { add: [first.secretary.account] })
  expect(await warnings(second)).toHaveLength(1)
})

test('a count that Telegram has not repeated for two days proves nothing any more', async () => {
  const branch = await aBranch()
  const { chatId } = await db().groupLink.findFirstOrThrow({ where: { organisationId: branch.id } })
  const countedAt = new Date(at.app.services.clock.now().getTime() - 49 * 3_600_000)
  await db().groupCheck.update({ where: { chatId }, data: { countedAt } })
  expect(await trustOf(branch)).toMatchObject({ everyoneKnown: false, strangers: [], unseen: 0 })
})

test('who was in a group is ended when it stands for the branch no more, and follows it into a supergroup', async () => {
  const branch = await aBranch()
  const chatId = BigInt(branch.group)
  expect(await db().groupAccount.count({ where: { chatId, endedAt: null } })).toBe(6)
  await at.people.changeGroup(branch.group, { bot: 'kick' })
  await at.app.settle()
  expect(await db().groupAccount.count({ where: { chatId, endedAt: null } })).toBe(0)
  expect(await db().groupAccount.count({ where: { chatId } })).toBe(6)
  expect(await db().groupCheck.count({ where: { chatId } })).toBe(0)
  expect(await trustOf(branch)).toBeNull()
})

test('every day the number is asked again, and each account only where it does not agree', async () => {
  const branch = await aBranch()
  const asked = async (method: string) =>
    (await at.people.calls()).filter((call) => call.method === method && Number(call.params.chat_id) === branch.group)
      .length
  const [counts, members] = [await asked('getChatMemberCount'), await asked('getChatMember')]
  await at.people.advance('PT24H')
  expect(await asked('getChatMemberCount')).toBe(counts + 1)
  expect(await asked('getChatMember')).toBe(members)
  await db().groupCheck.update({ where: { chatId: BigInt(branch.group) }, data: { memberCount: 99 } })
  await at.people.advance('PT24H')
  expect(await asked('getChatMember')).toBeGreaterThan(members)
})
