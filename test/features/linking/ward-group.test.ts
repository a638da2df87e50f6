import { afterAll, beforeAll, expect, test } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { wardGroupChatOf } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'
import { codeIn } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

/** A ward and a group of its leader and its officer, into which the bot has come. */
async function leadersTogether(isSupergroup = true): Promise<{ ward: TestWard; group: number }> {
  const ward = await createTestWard(at, { branches: 2, members: 3 })
  const group = await at.people.addGroup('Lãnh đạo phường', [ward.officer, ward.leader.account], isSupergroup)
  await at.people.changeGroup(group, { bot: 'add' })
  await at.people.next(ward.officer, group)
  return { ward, group }
}

/** The officer takes the ward's code in private and types it into the group. */
async function connect({ ward, group }: { ward: TestWard; group: number }): Promise<void> {
  const list = await at.people.ask(ward.officer, '/ketnoi')
  await at.people.press(ward.officer, ward.officer, list, 'Nhóm lãnh đạo phường')
  const given = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Mã dùng một lần'))
  expect(given.text).toContain(`Kết nối nhóm của Lãnh đạo ${ward.name}`)
  await at.people.say(ward.officer, group, `/ketnoi ${codeIn(given)}`)
  await at.people.next(ward.officer, group, ({ text }) => text.includes(`đã là nhóm của Lãnh đạo ${ward.name}`))
}

/** What the officer has been told of strangers so far. */
async function warnings(account: number): Promise<string[]> {
  await at.app.settle()
  const messages = await at.people.read(account, account)
  return messages.flatMap(({ text, from }) => (from.isBot && text.includes('ai đang ở trong nhóm') ? [text] : []))
}

test('the officer connects the leaders’ group with a code, and /tinhtrang counts the holders of the ward’s posts', async () => {
  const place = await leadersTogether()
  await connect(place)
  const { ward, group } = place
  expect(await wardGroupChatOf(db(), ward.id)).toBe(BigInt(group))
  await at.people.say(ward.officer, group, '/tinhtrang')
  const status = await at.people.next(ward.officer, group)
  expect(status.text).toContain(`Nhóm của Lãnh đạo ${ward.name}`)
  expect(status.text).toContain('1/1 đồng chí giữ chức vụ của phường')
  expect(status.text).toContain('đều là lãnh đạo phường hoặc văn phòng Đảng ủy')
  await at.people.say(ward.officer, group, '/ketnoi')
  expect((await at.people.next(ward.officer, group)).text).toContain('Không cần kết nối lại')
})

test('the deep link, the list in the group and the choice from the phone connect it too', async () => {
  const byLink = await leadersTogether()
  const list = await at.people.ask(byLink.ward.officer, '/ketnoi')
  await at.people.press(byLink.ward.officer, byLink.ward.officer, list, 'Nhóm lãnh đạo phường')
  const given = await at.people.next(byLink.ward.officer, byLink.ward.officer, ({ text }) => text.includes('Mã dùng'))
  await at.people.say(byLink.ward.officer, byLink.group, `/start@lienchi_bot g_${codeIn(given)}`)
  await at.people.next(byLink.ward.officer, byLink.group, ({ text }) => text.includes('đã là nhóm'))

  const inGroup = await leadersTogether()
  await at.people.say(inGroup.ward.officer, inGroup.group, '/ketnoi')
  const question = await at.people.next(inGroup.ward.officer, inGroup.group)
  await at.people.press(inGroup.ward.officer, inGroup.group, question, 'Nhóm lãnh đạo phường')
  await at.people.next(inGroup.ward.officer, inGroup.group, ({ text }) => text.includes('đã là nhóm'))

  const { ward } = await leadersTogether()
  const { officer } = ward
  const fresh = await at.people.addGroup('Nhóm chọn từ máy', [officer, ward.leader.account])
  at.sandbox.world.changeMembers(fresh, { promote: [officer] })
  const places = await at.people.ask(officer, '/ketnoi')
  await at.people.press(officer, officer, places, 'Nhóm lãnh đạo phường')
  const code = await at.people.next(officer, officer, ({ text }) => text.includes('Mã dùng'))
  await at.people.press(officer, officer, code, 'Chọn từ nhóm tôi làm quản trị viên')
  const asked = await at.people.next(officer, officer, ({ text }) => text.includes('“Chọn nhóm của lãnh đạo”'))
  await at.sandbox.world.press({
    from: officer,
    chat: officer,
    message: asked.id,
    button: 'Chọn nhóm của lãnh đạo',
    share: fresh,
  })
  await at.app.settle()
  expect(await wardGroupChatOf(db(), ward.id)).toBe(BigInt(fresh))
})

test('a leader, a secretary and an officer of another ward cannot connect it', async () => {
  const { ward, group } = await leadersTogether()
  const list = await at.people.ask(ward.officer, '/ketnoi')
  await at.people.press(ward.officer, ward.officer, list, 'Nhóm lãnh đạo phường')
  const code = codeIn(await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Mã dùng')))
  const other = await createTestWard(at)
  const secretary = ward.branches[0]?.secretary.account ?? 0
  await at.people.changeGroup(group, { add: [secretary, other.officer] })
  for (const account of [ward.leader.account, secretary, other.officer]) {
    await at.people.say(account, group, `/ketnoi ${code}`)
    expect((await at.people.next(account, group)).text).toContain('chưa được giao')
  }
  expect(buttonsOf(await at.people.ask(secretary, '/ketnoi'))).not.toContain('Nhóm lãnh đạo phường')
  expect(await wardGroupChatOf(db(), ward.id)).toBeNull()
})

test('whoever holds no post of the ward is a stranger there, and one whose post has ended is named', async () => {
  const place = await leadersTogether()
  await connect(place)
  const { ward, group } = place
  expect(await warnings(ward.officer)).toEqual([])
  const secretary = ward.branches[0]?.secretary
  await at.people.changeGroup(group, { add: [secretary?.account ?? 0] })
  const [warning] = await warnings(ward.officer)
  expect(warning).toContain(`Nhóm lãnh đạo ${ward.name}`)
  expect(warning).toContain(`Không giữ chức vụ của phường`)
  expect(warning).toContain(`1. ${secretary?.fullName}`)
  const yesterday = toUtcMidnight(at.app.context().today().subtract({ days: 1 }))
  await db().position.updateMany({ where: { personId: ward.leader.id, organisationId: null }, data: { to: yesterday } })
  await at.people.say(ward.officer, group, '/tinhtrang')
  await at.people.next(ward.officer, group, ({ text }) => text.includes('Nhóm của Lãnh đạo'))
  const named = (await warnings(ward.officer)).at(-1)
  expect(named).toContain(`Đã thôi chức vụ của phường mà còn trong nhóm (1):\n1. ${ward.leader.fullName}`)
})

test('it follows the group into a supergroup, and its loss is told to the officers', async () => {
  const place = await leadersTogether(false)
  await connect(place)
  const { ward, group } = place
  const moved = at.sandbox.world.migrateGroup(group)
  await at.app.settle()
  expect(await wardGroupChatOf(db(), ward.id)).toBe(BigInt(moved.id))
  await at.people.changeGroup(moved.id, { bot: 'kick' })
  const alert = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('không còn nhóm'))
  expect(alert.text).toContain(`Lãnh đạo ${ward.name} không còn nhóm`)
  expect(alert.text).toContain('đưa ra khỏi nhóm')
  await at.people.press(ward.officer, ward.officer, alert, 'Kết nối nhóm')
  const given = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Mã dùng'))
  expect(given.text).toContain(`Kết nối nhóm của Lãnh đạo ${ward.name}`)
  expect(await wardGroupChatOf(db(), ward.id)).toBeNull()
})

test('one group stands for one place: a branch’s group is not the leaders’, and the leaders have one', async () => {
  const place = await leadersTogether()
  await connect(place)
  const { ward, group } = place
  const [branch] = ward.branches
  await at.people.changeGroup(branch?.group ?? 0, { add: [ward.officer] })
  const code = codeIn(await at.people.ask(ward.officer, `/ketnoi ${branch?.code}`))
  await at.people.say(ward.officer, group, `/ketnoi ${code}`)
  expect((await at.people.next(ward.officer, group)).text).toContain(`đang là nhóm của Lãnh đạo ${ward.name}`)
  const second = await at.people.addGroup('Nhóm mới của lãnh đạo', [ward.officer, ward.leader.account])
  await at.people.changeGroup(second, { bot: 'add' })
  await at.people.next(ward.officer, second)
  await at.people.say(ward.officer, second, '/ketnoi')
  const list = await at.people.next(ward.officer, second)
  await at.people.press(ward.officer, second, list, 'Nhóm lãnh đạo phường')
  const question = await at.people.next(ward.officer, second, ({ text }) => text.includes('Chuyển nhóm lãnh đạo'))
  await at.people.press(ward.officer, second, question, 'Chuyển sang nhóm này')
  await at.people.next(ward.officer, second, ({ text }) => text.includes('đã là nhóm'))
  expect(await wardGroupChatOf(db(), ward.id)).toBe(BigInt(second))
  const both = { organisationId: branch?.id ?? 0, wardId: ward.id, chatId: -77n, title: '', linkedAt: new Date() }
  await expect(db().groupLink.create({ data: both })).rejects.toThrow('group_link_one_place')
})

test('a branch’s work is not begun in the leaders’ group, which its menu says by what it offers', async () => {
  const place = await leadersTogether()
  await connect(place)
  const { ward, group } = place
  await at.people.say(ward.officer, group, '/ngatketnoi')
  const question = await at.people.next(ward.officer, group)
  expect(question.text).toContain(`với Lãnh đạo ${ward.name}?`)
  await at.people.say(ward.leader.account, group, '/giaoviec')
  const answer = await at.people.next(ward.leader.account, group)
  expect(answer.text).toBe(at.app.services.texts.problem({ code: 'telegram.onlyPrivate' }))
  await at.people.press(ward.officer, group, question, 'Ngắt kết nối')
  await at.people.next(ward.officer, group, ({ text }) => text.includes('Đã ngắt kết nối'))
  expect(await wardGroupChatOf(db(), ward.id)).toBeNull()
})
