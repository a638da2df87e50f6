import { afterAll, beforeAll, expect, test } from 'vitest'
import { appointPerson } from '../../../src/features/linking/appoint-person.ts'
import { hashCode } from '../../../src/features/linking/codes.ts'
import { createAppointmentCode } from '../../../src/features/linking/create-appointment-code.ts'
import { undoLink } from '../../../src/features/linking/end-account-link.ts'
import { acceptInvitation, createInvitation } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'
import { codeIn, contextOf, orThrow } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const rolesOf = async (account: number) =>
  (await db().appointment.findMany({ where: { accountId: BigInt(account), to: null } })).map(({ role }) => role)

async function press(account: number, button: string, wanted: string) {
  const messages = await at.people.read(account, account)
  const message = messages.findLast(({ buttons }) => buttons.flat().some(({ text }) => text.startsWith(button)))
  if (!message) throw new Error(`no button ${button}`)
  await at.people.press(account, account, message, button)
  return at.people.next(account, account, ({ text }) => text.includes(wanted))
}

test('an officer appoints another officer by a one-time code; only its first user is appointed', async () => {
  const ward = await createTestWard(at)
  expect((await at.people.ask(ward.officer, '/bonhiem')).text).toContain('Cán bộ văn phòng')
  await press(ward.officer, 'Thêm cán bộ văn phòng', 'chọn một cách')
  const letter = await press(ward.officer, 'Gửi mã', '?start=a_')
  const account = await at.people.add('Cán bộ mới')
  const notice = await at.people.ask(account, `/start a_${codeIn(letter)}`)
  expect(notice.text).toContain('Thông báo về dữ liệu cá nhân')
  expect(await rolesOf(account)).toEqual([])
  await press(account, 'Tôi đồng ý', 'được giao làm cán bộ văn phòng Đảng ủy')
  expect(await rolesOf(account)).toEqual(['officer'])
  await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Cán bộ mới đã dùng mã'))
  const second = await at.people.add('Người thứ hai')
  expect((await at.people.ask(second, codeIn(letter))).text).toContain('đã có người dùng')
})

test('an officer appoints a linked member by name, who is told and gets the commands', async () => {
  const ward = await createTestWard(at)
  const member = ward.branches[0]?.members[1]
  if (!member) throw new Error('no member')
  await at.people.ask(ward.officer, '/bonhiem')
  await press(ward.officer, 'Thêm người vận hành', 'chọn một cách')
  await press(ward.officer, 'Chọn người', 'gõ họ tên')
  expect((await at.people.ask(ward.officer, 'Không Có Ai Tên Này')).text).toContain('Không thấy đồng chí nào')
  expect((await at.people.ask(ward.officer, member.fullName)).text).toContain(`1. ${member.fullName}`)
  expect((await at.people.ask(ward.officer, '1')).text).toContain('làm người vận hành?')
  await press(ward.officer, 'Bổ nhiệm', 'Đã bổ nhiệm')
  await at.people.next(member.account, member.account, ({ text }) => text.includes('được giao làm người vận hành'))
  expect(await rolesOf(member.account)).toEqual(['operator'])
  await at.app.settle()
  const calls = await at.people.calls()
  const published = calls.filter(
    ({ method, params }) => method === 'setMyCommands' && JSON.stringify(params).includes(String(member.account)),
  )
  expect(published.length).toBeGreaterThan(0)
})

test('the last officer cannot be removed, another one can, and an old button stays without effect', async () => {
  const ward = await createTestWard(at)
  await at.people.ask(ward.officer, '/bonhiem')
  await press(ward.officer, 'Cho thôi', 'Cho thôi ai?')
  const question = await at.people.ask(ward.officer, '1')
  await at.people.press(ward.officer, ward.officer, question, 'Cho thôi')
  const refused = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('cuối cùng'))
  expect(refused.text, 'where the command in it can be tapped').toContain('/bonhiem')
  expect(await rolesOf(ward.officer)).toEqual(['officer'])

  await appointByName(ward, 0)
  await at.people.press(ward.officer, ward.officer, question, 'Cho thôi')
  await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('thôi nhiệm vụ'))
  expect(await rolesOf(ward.officer)).toEqual([])
  expect((await at.people.ask(ward.officer, '/bonhiem')).text).not.toContain('Người quản lý')
})

test('a member without the role is refused, also with a forged button', async () => {
  const ward = await createTestWard(at)
  const member = ward.branches[0]?.members[1]?.account ?? 0
  expect((await at.people.ask(member, '/bonhiem')).text).toContain('chưa được giao')
  const menu = await at.people.ask(member, '/menu')
  for (const data of [
    'lappointcode:officer',
    `lappointyes:officer:${ward.leader.id}`,
    'ldismissals',
    'lappointcode:king',
  ]) {
    const answer = await at.sandbox.world.press({ from: member, chat: member, message: menu.id, button: '1', data })
    expect(answer.text).toMatch(/chưa được giao|đã cũ/)
  }
  expect(await rolesOf(ward.leader.account)).toEqual([])
})

async function appointByName(ward: TestWard, nth: number): Promise<void> {
  const member = ward.branches[0]?.members[nth]
  if (!member) throw new Error('no member')
  await at.people.ask(ward.officer, `/bonhiem ${member.number}`)
  await at.people.ask(ward.officer, '1')
  await press(ward.officer, 'Bổ nhiệm', 'Đã bổ nhiệm')
}

test('a code of an officer who has been dismissed appoints nobody', async () => {
  const ward = await createTestWard(at)
  await appointByName(ward, 0)
  const code = orThrow(await createAppointmentCode(await contextOf(at, ward.officer), { role: 'officer' })).code
  await at.people.ask(ward.officer, '/bonhiem')
  await press(ward.officer, 'Cho thôi', 'Cho thôi ai?')
  const list = (await at.people.read(ward.officer, ward.officer)).at(-1)
  const line = list?.text.split('\n').find((one) => one.includes('Cán bộ văn phòng'))
  const question = await at.people.ask(ward.officer, line?.split('.')[0] ?? '')
  await at.people.press(ward.officer, ward.officer, question, 'Cho thôi')
  await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('thôi nhiệm vụ'))
  const notice = await at.people.ask(ward.officer, `/start a_${code}`)
  const answer = await at.people.press(ward.officer, ward.officer, notice, 'Tôi đồng ý')
  expect(answer.text).toContain('không còn dùng được')
  expect(await rolesOf(ward.officer)).toEqual([])
})

test('whoever was appointed by name loses it with the link: the account was not theirs, or is lost', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  const [, wrong, lost] = branch?.members ?? []
  if (!branch || !wrong || !lost) throw new Error('no members')
  for (const { account, id } of [wrong, lost]) {
    orThrow(await appointPerson(await contextOf(at, ward.officer), { personId: id, role: 'officer' }))
    expect(await rolesOf(account)).toEqual(['officer'])
  }
  const link = await db().accountLink.findFirstOrThrow({ where: { personId: wrong.id, endedAt: null } })
  const officer = await contextOf(at, ward.officer)
  orThrow(await undoLink(officer, { linkId: link.id }))
  expect(await rolesOf(wrong.account)).toEqual([])
  const { code } = orThrow(await createInvitation(officer, { personId: lost.id }))
  const found = await at.people.add('Máy mới')
  const { id: codeId } = await db().accessCode.findUniqueOrThrow({ where: { hash: hashCode(code) } })
  const { birthYear } = await db().person.findUniqueOrThrow({ where: { id: lost.id } })
  orThrow(await acceptInvitation(await contextOf(at, found), { codeId, birthYear, accountName: 'Máy mới' }))
  expect(await rolesOf(lost.account)).toEqual([])
  // Beside the note that the link was replaced, which comes when the courier gets to it.
  await at.people.say(lost.account, lost.account, '/bonhiem')
  await at.people.next(lost.account, lost.account, ({ text }) => text.includes('chưa được kết nối'))
})

test('forged numbers are old buttons, whatever they are', async () => {
  const ward = await createTestWard(at)
  const menu = await at.people.ask(ward.officer, '/menu')
  const words = ['lperson', 'linvite', 'lwrong', 'lbranch', 'llinked', 'lall', 'lgroup', 'lconnect', 'lmove']
  const roles = ['lappointpick:officer', 'lappointyes:officer', 'ldismissyes', 'ldismiss']
  for (const word of [...words, ...roles]) {
    for (const number of ['x', '99999999999', '', '1:x:-3']) {
      const data = `${word}:${number}`
      const answer = await at.sandbox.world.press({
        from: ward.officer,
        chat: ward.officer,
        message: menu.id,
        button: '1',
        data,
      })
      expect(answer, data).toMatchObject({ answered: true })
      expect(answer.text ?? '', data).not.toContain('lỗi')
    }
  }
  await at.app.settle()
  const failed = await db().$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'updates' AND retry_count > 0`
  expect(failed).toEqual([])
})
