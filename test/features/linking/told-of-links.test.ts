import { afterAll, beforeAll, expect, test } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { acceptAppointment } from '../../../src/features/linking/accept-appointment.ts'
import { createAppointmentCode } from '../../../src/features/linking/create-appointment-code.ts'
import { createInvitation } from '../../../src/features/linking/create-invitation.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'
import { contextOf, orThrow } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const heard = async (account: number, chat = account) => {
  await at.app.settle()
  return (await at.people.read(account, chat)).flatMap(({ text, from }) => (from.isBot ? [text] : []))
}

interface Case {
  ward: TestWard
  branch: TestBranch
  /** Without a telephone. */
  member: TestPerson
}

async function aCase(): Promise<Case> {
  const ward = await createTestWard(at, { branches: 2 })
  const [branch] = ward.branches
  const member = branch?.members.at(-1)
  if (!branch || !member) throw new Error('no member')
  return { ward, branch, member }
}

/** The secretary invites; whoever holds the telephone takes it, and types the year of birth. */
async function linkBy(inviter: number, member: TestPerson): Promise<number> {
  const { code } = orThrow(await createInvitation(await contextOf(at, inviter), { personId: member.id }))
  const account = await at.people.add('Máy dự phòng')
  await at.people.say(account, account, `/start p_${code}`)
  const notice = await at.people.next(account, account)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account)
  const { birthYear } = await db().person.findUniqueOrThrow({ where: { id: member.id } })
  await at.people.say(account, account, String(birthYear))
  await at.people.next(account, account, ({ text }) => text.includes('Kính chào'))
  return account
}

const about = (member: TestPerson) => `Đồng chí ${member.fullName} đã kết nối`

test('a new link is told in the group by the member’s name where everybody there is known, once', async () => {
  const { ward, branch, member } = await aCase()
  const account = await linkBy(branch.secretary.account, member)
  const group = await heard(branch.deputy.account, branch.group)
  expect(group.filter((text) => text.startsWith(about(member)))).toHaveLength(1)
  expect((await heard(branch.secretary.account)).some((text) => text.startsWith(about(member)))).toBe(true)
  expect((await heard(ward.officer)).some((text) => text.startsWith(about(member)))).toBe(false)
  // The same account's second tap tells nobody again.
  await at.people.say(account, account, '/menu')
  expect(
    (await heard(branch.deputy.account, branch.group)).filter((text) => text.startsWith(about(member))),
  ).toHaveLength(1)
})

test('where a stranger is in the group, the office and the ward member in charge are told instead, and the group is not', async () => {
  const { ward, branch, member } = await aCase()
  const [, other] = ward.branches
  const inCharge = other?.deputy
  if (!inCharge) throw new Error('no second branch')
  await db().position.create({
    data: {
      wardId: ward.id,
      personId: inCharge.id,
      organisationId: branch.id,
      post: 'supervisingMember',
      title: 'Cấp ủy viên phụ trách',
      from: toUtcMidnight(Temporal.PlainDate.from('2026-01-01')),
    },
  })
  await at.people.changeGroup(branch.group, { add: [await at.people.add('Người Không Rõ')] })
  await linkBy(branch.secretary.account, member)
  expect((await heard(branch.deputy.account, branch.group)).join('\n')).not.toContain(member.fullName)
  expect((await heard(ward.officer)).some((text) => text.startsWith(about(member)))).toBe(true)
  const seen = await at.people.read(inCharge.account, inCharge.account)
  const note = seen.findLast(({ text }) => text.startsWith(about(member)))
  // To undo it is the branch's and the office's.
  expect(note?.buttons).toEqual([])
})

test('where the only officer is whoever invites, the leaders are told', async () => {
  const { ward, branch, member } = await aCase()
  const { account, fullName } = branch.secretary
  await db().appointment.deleteMany({ where: { wardId: ward.id, role: 'officer' } })
  await db().appointment.create({
    data: { wardId: ward.id, accountId: BigInt(account), accountName: fullName, role: 'officer', from: new Date(0) },
  })
  await at.people.changeGroup(branch.group, { add: [await at.people.add('Người Không Rõ')] })
  await at.app.settle()
  await linkBy(account, member)
  for (const person of [branch.deputy, ward.leader]) {
    const told = (await heard(person.account)).filter((text) => text.startsWith(about(member)))
    expect(told).toHaveLength(1)
  }
})

test('so it is where the branch has no group, or one in which nobody but whoever invited would read it', async () => {
  const none = await aCase()
  await at.people.changeGroup(none.branch.group, { bot: 'kick' })
  await at.app.settle()
  await linkBy(none.branch.secretary.account, none.member)
  expect((await heard(none.ward.officer)).some((text) => text.startsWith(about(none.member)))).toBe(true)

  const alone = await aCase()
  const { secretary, deputy, members, probationary } = alone.branch
  const others = [deputy, probationary, ...members].map(({ account }) => account).filter(Boolean)
  await at.people.changeGroup(alone.branch.group, { remove: others })
  await at.app.settle()
  await linkBy(secretary.account, alone.member)
  expect((await heard(alone.ward.officer)).some((text) => text.startsWith(about(alone.member)))).toBe(true)
})

test('a link by one’s own telephone number and one by an officer are told in the same way', async () => {
  const { ward, branch, member } = await aCase()
  await linkBy(ward.officer, member)
  expect((await heard(branch.deputy.account, branch.group)).some((text) => text.startsWith(about(member)))).toBe(true)
})

test('who became an officer by a code is told to the other officers and to the leaders of the ward', async () => {
  const { ward } = await aCase()
  const { code } = orThrow(await createAppointmentCode(await contextOf(at, ward.officer), { role: 'officer' }))
  const account = await at.people.add('Cán bộ mới')
  const accepted = await acceptAppointment(await contextOf(at, account, `code:${code}`), {
    code,
    accountName: 'Cán bộ mới',
  })
  expect(accepted.ok).toBe(true)
  for (const chat of [ward.officer, ward.leader.account]) {
    expect((await heard(chat)).join('\n')).toContain('Cán bộ mới đã dùng mã và trở thành cán bộ văn phòng Đảng ủy')
  }
})
