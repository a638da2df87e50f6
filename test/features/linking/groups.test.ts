import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupChatOf } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestWard } from '../../support/ward.ts'
import { codeIn, linkingOf } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

/** A ward whose first branch has no group yet, and a fresh group of its members. */
async function wardWithoutGroup(branches = 1): Promise<{ ward: TestWard; branch: TestBranch; group: number }> {
  const ward = await createTestWard(at, { branches, members: 3 })
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  await db().groupLink.deleteMany({ where: { organisationId: branch.id } })
  const members = [branch.secretary, branch.deputy, ...branch.members].map(({ account }) => account).filter(Boolean)
  return { ward, branch, group: await at.people.addGroup('Nhóm mới', [...members, ward.officer]) }
}

const openChat = (branch: TestBranch) => groupChatOf(db(), branch.id)

test('the secretary connects the group with a code, and the group and the secretary are told', async () => {
  const { branch, group } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  const given = await at.people.ask(secretary, '/ketnoi')
  expect(given.text).toContain('24 giờ')
  expect(given.buttons.flat()[0]?.url).toMatch(/^https:\/\/t\.me\/lienchi_bot\?startgroup=g_[A-Z0-9]{8}$/)

  await at.people.changeGroup(group, { bot: 'add' })
  const hello = await at.people.next(secretary, group)
  expect(hello.text).toContain('chưa được kết nối')
  const code = codeIn(given)
  await at.people.say(secretary, group, `/ketnoi ${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase())
  const connected = await at.people.next(secretary, group, ({ text }) => text.includes('đã là nhóm'))
  expect(connected.text).toContain(branch.name)
  expect(await openChat(branch)).toBe(BigInt(group))
  const note = await at.people.next(secretary, secretary, ({ text }) => text.includes('Nhóm mới'))
  expect(buttonsOf(note)).toEqual(['Mời đảng viên'])

  await at.people.say(secretary, group, `/ketnoi ${code}`)
  expect((await at.people.next(secretary, group)).text).toContain('Không cần kết nối lại')
  expect(await db().groupLink.count({ where: { organisationId: branch.id } })).toBe(1)
})

test('the startgroup deep link connects the group it brings the bot into', async () => {
  const { branch, group } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  const code = codeIn(await at.people.ask(secretary, '/ketnoi'))
  await at.people.changeGroup(group, { bot: 'add' })
  await at.people.say(secretary, group, `/start@lienchi_bot g_${code}`)
  await at.people.next(secretary, group, ({ text }) => text.includes('đã là nhóm'))
  expect(await openChat(branch)).toBe(BigInt(group))
})

test('told of its arrival after the deep link has connected the group, the bot does not ask to be connected', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  const feature = linkingOf(at)
  const added = { kind: 'botAdded', chatId: BigInt(branch.group), title: branch.name, by: 1n } as const
  const before = await db().delivery.count()
  await feature.event?.(at.app.context('late'), added)
  expect(await db().delivery.count()).toBe(before)
})

test('in the group itself the secretary needs one tap and no code', async () => {
  const { branch, group } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  await at.people.changeGroup(group, { bot: 'add' })
  const hello = await at.people.next(secretary, group)
  await at.people.press(secretary, group, hello, 'Kết nối nhóm này')
  const question = await at.people.next(secretary, group)
  expect(question.text).toContain(`với ${branch.name}?`)
  await at.people.press(secretary, group, question, 'Kết nối')
  await at.people.next(secretary, group, ({ text }) => text.includes('đã là nhóm'))
  expect(await openChat(branch)).toBe(BigInt(group))
})

test('a plain member, a stranger and another branch’s secretary cannot connect', async () => {
  const { ward, branch, group } = await wardWithoutGroup(2)
  const code = codeIn(await at.people.ask(branch.secretary.account, '/ketnoi'))
  await at.people.changeGroup(group, { bot: 'add' })
  const member = branch.members[1]?.account ?? 0
  await at.people.say(member, group, `/ketnoi ${code}`)
  expect((await at.people.next(member, group, ({ text }) => text.includes('chưa được giao'))).text).toBeTruthy()
  const outsider = await at.people.add('Người lạ')
  const otherSecretary = ward.branches[1]?.secretary.account ?? 0
  await at.people.changeGroup(group, { add: [outsider, otherSecretary] })
  await at.people.say(outsider, group, `/start@lienchi_bot g_${code}`)
  // The greeting of the group may come only now.
  await at.people.next(outsider, group, ({ text }) => text.includes('Chỉ bí thư chi bộ'))
  await at.people.say(otherSecretary, group, `/ketnoi ${code}`)
  await at.people.next(otherSecretary, group, ({ text }) => text.includes('chưa được giao'))
  expect(await openChat(branch)).toBeNull()
})

test('an officer picks the branch from a list, by number or by its words', async () => {
  const { ward, branch } = await wardWithoutGroup(2)
  const list = await at.people.ask(ward.officer, '/ketnoi')
  expect(list.text).toContain(`1. ${branch.name}`)
  expect((await at.people.ask(ward.officer, '1')).text).toContain(`Kết nối nhóm của ${branch.name}`)
  expect((await at.people.ask(ward.officer, '/ketnoi số 2')).text).toContain('Kết nối nhóm của Chi bộ tổ dân phố số 2')
  expect((await at.people.ask(ward.officer, '/ketnoi linh tinh')).text).toContain(`1. ${branch.name}`)
})

test('a group stands for one branch and a branch has one group, unless an officer moves it', async () => {
  const { ward, branch, group } = await wardWithoutGroup(2)
  const other = ward.branches[1]
  if (!other) throw new Error('no second branch')
  await at.people.changeGroup(group, { bot: 'add' })
  const otherCode = codeIn(await at.people.ask(other.secretary.account, '/ketnoi'))
  await at.people.changeGroup(group, { add: [other.secretary.account] })
  await at.people.say(other.secretary.account, group, `/ketnoi ${otherCode}`)
  const taken = await at.people.next(other.secretary.account, group, ({ text }) => text.includes('đã có nhóm'))
  expect(taken.text).toContain('/ngatketnoi')

  await at.people.say(
    branch.secretary.account,
    group,
    `/ketnoi ${codeIn(await at.people.ask(branch.secretary.account, '/ketnoi'))}`,
  )
  await at.people.next(branch.secretary.account, group, ({ text }) => text.includes('đã là nhóm'))
  await at.people.say(other.secretary.account, group, `/ketnoi ${otherCode}`)
  expect((await at.people.next(other.secretary.account, group)).text).toContain(`đang là nhóm của ${branch.name}`)

  const fresh = await at.people.addGroup('Nhóm thứ hai', [ward.officer, other.secretary.account])
  await at.people.changeGroup(fresh, { bot: 'add' })
  const officerCode = codeIn(await at.people.ask(ward.officer, `/ketnoi ${other.code}`))
  await at.people.say(ward.officer, fresh, `/ketnoi ${officerCode}`)
  const question = await at.people.next(ward.officer, fresh, ({ text }) =>
    text.includes('Chuyển chi bộ sang nhóm này?'),
  )
  await at.people.press(ward.officer, fresh, question, 'Chuyển sang nhóm này')
  await at.people.next(ward.officer, fresh, ({ text }) => text.includes('đã là nhóm'))
  expect(await openChat(other)).toBe(BigInt(fresh))
  const farewell = await at.people.next(other.secretary.account, other.group, ({ text }) => text.includes('không còn'))
  expect(farewell.text).toContain(other.name)
  const ended = await db().groupLink.findFirstOrThrow({ where: { chatId: BigInt(other.group) } })
  expect(ended.endReason).toBe('moved')
})

test('when the bot is put out of the group the link ends and the secretary and officers are told', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  await at.people.changeGroup(branch.group, { bot: 'kick' })
  for (const account of [branch.secretary.account, ward.officer]) {
    const alert = await at.people.next(account, account, ({ text }) => text.includes('không còn nhóm'))
    expect(alert.text).toContain('đưa ra khỏi nhóm')
    expect(buttonsOf(alert)).toEqual(['Kết nối nhóm'])
  }
  const link = await db().groupLink.findFirstOrThrow({ where: { chatId: BigInt(branch.group) } })
  expect(link.endReason).toBe('botRemoved')
  expect(link.endedAt).not.toBeNull()
})

test('a group that becomes a supergroup keeps its branch, and a new title is followed', async () => {
  const { branch } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  const group = await at.people.addGroup('Nhóm thường', [secretary, branch.deputy.account], false)
  await at.people.changeGroup(group, { bot: 'add' })
  await at.people.say(secretary, group, `/ketnoi ${codeIn(await at.people.ask(secretary, '/ketnoi'))}`)
  await at.people.next(secretary, group, ({ text }) => text.includes('đã là nhóm'))
  at.sandbox.world.renameGroup(group, 'Nhóm đổi tên')
  await at.app.settle()
  expect(await db().groupLink.findFirst({ where: { chatId: BigInt(group) } })).toMatchObject({ title: 'Nhóm đổi tên' })
  const moved = at.sandbox.world.migrateGroup(group)
  await at.app.settle()
  const links = await db().groupLink.findMany({ where: { organisationId: branch.id }, orderBy: { id: 'asc' } })
  expect(links).toMatchObject([
    { chatId: BigInt(group), endReason: 'migrated' },
    { chatId: BigInt(moved.id), endedAt: null, title: 'Nhóm đổi tên' },
  ])
})

test('/tinhtrang says to which branch the group belongs, how many are linked and whether the bot is administrator', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  const secretary = branch.secretary.account
  await at.people.say(secretary, branch.group, '/tinhtrang')
  const status = await at.people.next(secretary, branch.group)
  expect(status.text).toContain(`Nhóm của ${branch.name}`)
  expect(status.text).toContain('6/7 đảng viên')
  expect(status.text).toContain('chưa là quản trị viên')
  await at.people.changeGroup(branch.group, { bot: 'promote' })
  await at.people.say(secretary, branch.group, '/tinhtrang')
  expect((await at.people.next(secretary, branch.group)).text).toContain('Tôi là quản trị viên')
})

test('the secretary reads in private that the bot is no administrator any more, and how to mend it', async () => {
  const [branch] = (await createTestWard(at)).branches
  if (!branch) throw new Error('no branch')
  const secretary = branch.secretary.account
  await at.people.changeGroup(branch.group, { bot: 'promote' })
  at.sandbox.world.changeMembers(branch.group, { bot: 'demote' })
  const told = await at.people.next(secretary, secretary, ({ text }) => text.includes('không còn là quản trị viên'))
  expect(told.text).toContain('Thêm quản trị viên')
})

test('/tinhtrang tells the group numbers only, and names to the secretary in private', async () => {
  const [branch] = (await createTestWard(at)).branches
  if (!branch) throw new Error('no branch')
  const secretary = branch.secretary.account
  await at.people.changeGroup(branch.group, { add: [await at.people.add('Khách Lạ Mặt')] })
  await at.app.settle()
  for (const account of [secretary, branch.members[1]?.account ?? 0]) {
    await at.people.say(account, branch.group, '/tinhtrang')
    const status = await at.people.next(account, branch.group)
    expect(status.text).toContain('Tôi gửi được tin vào nhóm.')
    expect(status.text).toContain('Còn 1 tài khoản tôi chưa nhận ra')
    expect(status.text).not.toContain('Khách Lạ Mặt')
  }
  await at.app.settle()
  const named = async (account: number) =>
    (await at.people.read(account, account)).filter(({ text }) => text.includes('Khách Lạ Mặt')).length
  // The warning when the guest came, and the answer to the command.
  expect(await named(secretary)).toBe(2)
  expect(await named(branch.members[1]?.account ?? 0)).toBe(0)
})

test('/ngatketnoi asks first, then ends the link with its reason', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  const secretary = branch.secretary.account
  await at.people.say(secretary, branch.group, '/ngatketnoi')
  const question = await at.people.next(secretary, branch.group)
  const member = branch.members[1]?.account ?? 0
  expect((await at.people.press(member, branch.group, question, 'Ngắt kết nối')).text).toContain('chưa được giao')
  await at.people.press(secretary, branch.group, question, 'Ngắt kết nối')
  await at.people.next(secretary, branch.group, ({ text }) => text.includes('Đã ngắt kết nối'))
  expect(await openChat(branch)).toBeNull()
  const link = await db().groupLink.findFirstOrThrow({ where: { chatId: BigInt(branch.group) } })
  expect(link.endReason).toBe('disconnected')
  const alert = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('không còn nhóm'))
  expect(alert.text).toContain('được ngắt kết nối')
})

test('an anonymous administrator is told in one sentence how to be known', async () => {
  const { branch, group } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  const code = codeIn(await at.people.ask(secretary, '/ketnoi'))
  await at.people.changeGroup(group, { bot: 'add' })
  await at.people.next(secretary, group)
  at.sandbox.world.changeMembers(group, { anonymous: [secretary] })
  await at.people.say(secretary, group, `/ketnoi ${code}`)
  expect((await at.people.next(secretary, group)).text).toContain('tắt «Ẩn danh»')
  expect(await openChat(branch)).toBeNull()
})

test('a group code sent in private is answered with the way to use it', async () => {
  const { branch } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  const code = codeIn(await at.people.ask(secretary, '/ketnoi'))
  const answer = await at.people.ask(secretary, code)
  expect(codeIn(answer)).toBe(code)
  const outsider = await at.people.add('Người nhặt được mã')
  const told = await at.people.ask(outsider, code)
  expect(told.text).toContain('Mã này để kết nối nhóm')
  expect(told.text).not.toContain(branch.name)
})

test('a code that is wrong, used or expired is refused in the group too, with no effect', async () => {
  const { branch, group } = await wardWithoutGroup()
  const secretary = branch.secretary.account
  await at.people.changeGroup(group, { bot: 'add' })
  await at.people.next(secretary, group)
  await at.people.say(secretary, group, '/ketnoi không phải mã')
  expect((await at.people.next(secretary, group)).text).toContain('không đúng')
  const old = codeIn(await at.people.ask(secretary, '/ketnoi'))
  await at.people.advance('PT24H1M')
  await at.people.say(secretary, group, `/ketnoi ${old}`)
  expect((await at.people.next(secretary, group)).text).toContain('đã hết hạn')
  expect(await openChat(branch)).toBeNull()
})

test('an officer of many branches turns the pages of the list', async () => {
  const ward = await createTestWard(at)
  const rows = Array.from({ length: 24 }, (_, index) => ({
    wardId: ward.id,
    kind: 'branch',
    sector: 'school',
    code: `X${index + 1}`,
    name: `Chi bộ trường ${index + 1}`,
  }))
  await db().organisation.createMany({ data: rows })
  const first = await at.people.ask(ward.officer, '/ketnoi')
  expect(first.text).not.toContain('21. ')
  await at.people.press(ward.officer, ward.officer, first, 'Trang sau')
  const second = await at.people.next(ward.officer, ward.officer)
  expect(second.text).toContain('21. Chi bộ trường 20')
  expect((await at.people.ask(ward.officer, '21')).text).toContain('Kết nối nhóm của Chi bộ trường 20')
})
