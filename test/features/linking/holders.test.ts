import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import type { Post } from '../../../src/domain/posts.ts'
import { acceptInvitation } from '../../../src/features/linking/accept-invitation.ts'
import { appointPerson } from '../../../src/features/linking/appoint-person.ts'
import { createInvitation, createInvitations } from '../../../src/features/linking/create-invitation.ts'
import { createOwnInvitation } from '../../../src/features/linking/create-own-invitation.ts'
import { undoLink } from '../../../src/features/linking/end-account-link.ts'
import { findCode } from '../../../src/features/linking/find-code.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'
import { contextOf, orThrow } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const byOffice = { ok: false, problem: { code: 'linking.holderByOfficer' } }

async function aWard(): Promise<{ ward: TestWard; branch: TestBranch; holder: TestPerson; spare: number }> {
  const ward = await createTestWard(at, { members: 5 })
  const [branch] = ward.branches
  const holder = branch?.members[1]
  if (!branch || !holder) throw new Error('no branch')
  return { ward, branch, holder, spare: await at.people.add('Máy dự phòng') }
}

const give = (
  { id: wardId }: TestWard,
  { id: personId }: TestPerson,
  post: Post,
  organisationId: number | null = null,
) =>
  db().position.create({
    data: {
      wardId,
      personId,
      organisationId,
      post,
      title: post,
      from: toUtcMidnight(Temporal.PlainDate.from('2026-01-01')),
    },
  })

const linkOf = (personId: number) => db().accountLink.findFirstOrThrow({ where: { personId, endedAt: null } })
const heard = async (account: number) => {
  await at.app.settle()
  return (await at.people.read(account, account)).map(({ text }) => text).join('\n')
}

/** The spare telephone takes the invitation. */
async function take(account: number, code: string, personId: number) {
  const ctx = await contextOf(at, account, `take:${account}:${code}`)
  const found = orThrow(await findCode(ctx, code))
  const { birthYear } = await db().person.findUniqueOrThrow({ where: { id: personId } })
  return acceptInvitation(ctx, { codeId: found.id, birthYear, accountName: 'Máy dự phòng' })
}

describe('who holds a post of the ward or an appointment', () => {
  it.each([
    ['a leader', 'wardStandingDeputySecretary'],
    ['a member of the ward committee', 'wardCommitteeMember'],
    ['a member in charge of a branch', 'supervisingMember'],
  ] as const)(
    '%s is neither invited nor cut off by their branch, whoever there tries, once or twice at a time',
    async (_, post) => {
      const { ward, branch, holder } = await aWard()
      await give(ward, holder, post, post === 'supervisingMember' ? branch.id : null)
      const { id: linkId } = await linkOf(holder.id)
      for (const { account } of [branch.secretary, branch.deputy, branch.secretary]) {
        const ctx = await contextOf(at, account)
        const both = await Promise.all([createInvitation(ctx, { personId: holder.id }), undoLink(ctx, { linkId })])
        for (const one of both) expect(one.ok).toBe(false)
      }
      expect(
        await createInvitation(await contextOf(at, branch.secretary.account), { personId: holder.id }),
      ).toMatchObject(byOffice)
      expect(await undoLink(await contextOf(at, branch.secretary.account), { linkId })).toMatchObject(byOffice)
      expect((await linkOf(holder.id)).id).toBe(linkId)
      // The card of a member offers to the branch no more than it may.
      const card = await at.people.ask(branch.secretary.account, `/moi ${holder.number}`)
      expect(card.text).toContain(holder.fullName)
      expect(card.buttons).toEqual([])
      expect((await createInvitation(await contextOf(at, ward.officer), { personId: holder.id })).ok).toBe(true)
    },
  )

  it('an officer who is a member is cut off by an officer only, and by them not without a word', async () => {
    const { ward, branch, holder } = await aWard()
    const second = branch.members[2]
    if (!second) throw new Error('no member')
    for (const { id: personId } of [holder, second]) {
      orThrow(await appointPerson(await contextOf(at, ward.officer), { personId, role: 'officer' }))
    }
    const { id: linkId } = await linkOf(holder.id)
    expect(await undoLink(await contextOf(at, branch.secretary.account), { linkId })).toMatchObject(byOffice)
    expect(await db().appointment.count({ where: { accountId: BigInt(holder.account), to: null } })).toBe(1)
    orThrow(await undoLink(await contextOf(at, ward.officer), { linkId }))
    expect(await db().appointment.count({ where: { accountId: BigInt(holder.account), to: null } })).toBe(0)
    const told = await heard(holder.account)
    expect(told).toContain('Tài khoản này đã được ngắt kết nối')
    expect(told).toContain('Đồng chí đã thôi làm cán bộ văn phòng Đảng ủy')
    const office = await heard(second.account)
    expect(office).toContain(`Tài khoản của đồng chí ${holder.fullName} không còn kết nối`)
    expect(office).toContain(`${holder.fullName} đã thôi làm cán bộ văn phòng Đảng ủy`)
  })

  it('is not linked by an invitation that the branch made before: not as a first account, not in place of the old one', async () => {
    const { ward, branch, holder, spare } = await aWard()
    const unlinked = branch.members.at(-1)
    if (!unlinked) throw new Error('no member')
    const secretary = await contextOf(at, branch.secretary.account)
    const codes = []
    for (const person of [holder, unlinked]) {
      codes.push([person, orThrow(await createInvitation(secretary, { personId: person.id })).code] as const)
    }
    await give(ward, holder, 'wardDeputySecretary')
    await give(ward, unlinked, 'wardCommitteeMember')
    for (const [person, code] of codes) expect(await take(spare, code, person.id)).toMatchObject(byOffice)
    expect((await linkOf(holder.id)).accountId).toBe(BigInt(holder.account))
    expect(await db().accountLink.count({ where: { personId: unlinked.id } })).toBe(0)
    const all = orThrow(await createInvitations(secretary, { branchId: branch.id }))
    expect(all.invitations.map(({ member }) => member.id)).not.toContain(unlinked.id)
  })

  it('is linked by an officer, the office hears of the one that it replaces, and a telephone number alone links nobody of them', async () => {
    const { ward, branch, holder, spare } = await aWard()
    const unlinked = branch.members.at(-1)
    if (!unlinked) throw new Error('no member')
    await give(ward, holder, 'wardDeputySecretary')
    await give(ward, unlinked, 'wardCommitteeMember')
    const { code } = orThrow(await createInvitation(await contextOf(at, ward.officer), { personId: holder.id }))
    orThrow(await take(spare, code, holder.id))
    expect(await heard(holder.account)).toContain('tài khoản này được ngắt')
    expect(await heard(ward.officer)).toContain(`Tài khoản của đồng chí ${holder.fullName} không còn kết nối`)
    const phone = '0987654321'
    await db().person.update({ where: { id: unlinked.id }, data: { phone } })
    const own = await contextOf(at, await at.people.add('Chính chủ'))
    for (const written of [phone, '+84987654321', '84 987 654 321']) {
      expect(await createOwnInvitation(own, { phone: written })).toMatchObject(byOffice)
    }
  })
})
