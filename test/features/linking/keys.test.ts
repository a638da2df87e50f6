import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupChatOf, groupTrust, privateChatOf } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const says = (part: string) => (message: { text: string }) => message.text.includes(part)

/** A ward with a member who has a telephone number in the register and no account yet. */
async function unlinked(
  phone: string,
): Promise<{ ward: TestWard; branch: TestBranch; person: TestPerson; year: string }> {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  const person = branch?.members.at(-1)
  if (!branch || !person) throw new Error('no member')
  const { birthYear } = await db().person.update({ where: { id: person.id }, data: { phone } })
  return { ward, branch, person, year: String(birthYear) }
}

/** A stranger asks to be linked by telephone; answers with the message that carries the key. */
async function askByPhone(account: number): Promise<number> {
  const greeting = await at.people.ask(account, '/start')
  await at.people.press(account, account, greeting, 'Kết nối bằng số điện thoại')
  return (await at.people.next(account, account, says('Gửi số điện thoại của tôi'))).id
}

const shareOwn = (account: number, message: number) =>
  at.sandbox.world.press({ from: account, chat: account, message, button: 'Gửi số điện thoại của tôi' })

test('a member is linked by the own telephone number and the year of birth, and the secretary is told', async () => {
  const { branch, person, year } = await unlinked('0912000111')
  const account = at.sandbox.world.addUser({ name: 'Người có số', phone: '+84912000111' }).id
  await shareOwn(account, await askByPhone(account))
  const notice = await at.people.next(account, account, says('Thông báo về dữ liệu cá nhân'))
  expect(notice.text).not.toContain(person.fullName)
  expect(await privateChatOf(db(), person.id)).toBeNull()
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account, says('gõ năm sinh'))
  expect((await at.people.ask(account, year)).text).toContain(`Kính chào đồng chí ${person.fullName}`)
  expect(await privateChatOf(db(), person.id)).toBe(BigInt(account))
  const note = await at.people.next(branch.secretary.account, branch.secretary.account, says(person.fullName))
  expect(note.text).toContain('Người có số')
})

test('somebody else’s visiting card proves nothing', async () => {
  const { person } = await unlinked('0912000222')
  const owner = at.sandbox.world.addUser({ name: 'Chủ số', phone: '+84912000222' }).id
  const account = await at.people.add('Người khác')
  await askByPhone(account)
  for (const card of [{ user: owner }, { phone: '0912000222', name: 'Chủ số' }]) {
    at.sandbox.world.shareContact({ from: account, chat: account, ...card })
    expect((await at.people.next(account, account)).text).toContain('không phải số điện thoại của chính tài khoản')
  }
  expect(await db().accessCode.count({ where: { personId: person.id } })).toBe(0)
})

test('a number that nobody or two people have, of a linked member or of a leader, links nobody', async () => {
  const { ward, branch, person } = await unlinked('0912000333')
  const share = async () => {
    const account = at.sandbox.world.addUser({ name: 'Người cầm số', phone: '+84912000333' }).id
    await shareOwn(account, await askByPhone(account))
    return (await at.people.next(account, account)).text
  }
  const [, second] = branch.members
  await db().person.updateMany({ where: { id: { in: [second?.id ?? 0] } }, data: { phone: '0912000333' } })
  expect(await share()).toContain('Không tìm được đúng một đảng viên')
  await db().person.update({ where: { id: person.id }, data: { phone: null } })
  expect(await share()).toContain('đã kết nối bằng một tài khoản khác')
  await db().person.updateMany({ where: { wardId: ward.id }, data: { phone: null } })
  expect(await share()).toContain('Không tìm được đúng một đảng viên')
  await db().accountLink.updateMany({ where: { personId: ward.leader.id }, data: { endedAt: new Date() } })
  await db().person.update({ where: { id: ward.leader.id }, data: { phone: '0912000333' } })
  expect(await share()).toContain('giấy mời do cán bộ văn phòng')
})

test('the year of birth has three tries in a day, however often the number is shared', async () => {
  const { year } = await unlinked('0912000444')
  const account = at.sandbox.world.addUser({ name: 'Số đã đổi chủ', phone: '+84912000444' }).id
  await shareOwn(account, await askByPhone(account))
  const notice = await at.people.next(account, account, says('Thông báo về dữ liệu cá nhân'))
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account, says('gõ năm sinh'))
  for (let nth = 1; nth <= 3; nth++) await at.people.ask(account, String(Number(year) + nth))
  await shareOwn(account, await askByPhone(account))
  expect((await at.people.next(account, account)).text).toContain('không khớp ba lần')
})

test('an administrator chooses the group from their own list: the bot comes in as one and connects it without a word more', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  await db().groupLink.deleteMany({ where: { organisationId: branch.id } })
  const secretary = branch.secretary.account
  const others = [branch.deputy, ...branch.members, branch.probationary].map(({ account }) => account).filter(Boolean)
  const group = await at.people.addGroup('Nhóm tự chọn', [secretary, ...others])
  const offered = await at.people.ask(secretary, '/ketnoi')
  await at.people.press(secretary, secretary, offered, 'Chọn từ nhóm tôi làm quản trị viên')
  const { id } = await at.people.next(secretary, secretary, says('Chọn nhóm của chi bộ'))
  await at.sandbox.world.press({
    from: secretary,
    chat: secretary,
    message: id,
    button: 'Chọn nhóm của chi bộ',
    share: group,
  })
  await at.people.next(secretary, group, says('đã là nhóm của'))
  expect(await groupChatOf(db(), branch.id)).toBe(BigInt(group))
  await at.app.settle()
  const said = (await at.people.read(secretary, group)).filter(({ from }) => from.isBot).map(({ text }) => text)
  expect(said.some((text) => text.includes('chưa được kết nối'))).toBe(false)
  expect(await groupTrust(at.app.context(), branch.id)).toMatchObject({ everyoneKnown: true, memberCount: 7 })
})
