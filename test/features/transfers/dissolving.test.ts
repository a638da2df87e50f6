import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestWard } from '../../support/ward.ts'
import { buttonWith, day, pressFor, says, told } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

/** A branch that a confirmed plan has emptied, with a vote opened while somebody was there. */
async function emptied(
  options: { vote?: boolean } = {},
): Promise<{ ward: TestWard; branch: TestBranch; next: TestBranch }> {
  const ward = await createTestWard(test, { branches: 2, members: 2 })
  const [branch, next] = ward.branches
  if (!branch || !next) throw new Error('two branches')
  if (options.vote) await openVote(branch)
  const last = toUtcMidnight(day('2026-11-22'))
  const members = await db().membership.findMany({ where: { organisationId: branch.id } })
  await db().membership.updateMany({ where: { organisationId: branch.id }, data: { to: last } })
  await db().membership.createMany({
    data: members.map(({ personId }) => ({ personId, organisationId: next.id, from: new Date('2026-11-23') })),
  })
  await db().transferPlan.create({
    data: {
      wardId: ward.id,
      fromId: branch.id,
      dissolves: true,
      state: 'confirmed',
      instrumentNumber: '12-QĐ/ĐU',
      instrumentOn: new Date('2026-11-20'),
      effectiveOn: new Date('2026-11-23'),
      createdBy: BigInt(ward.officer),
      createdAt: test.app.services.clock.now(),
    },
  })
  return { ward, branch, next }
}

async function openVote({ secretary, group }: TestBranch): Promise<void> {
  await test.people.say(secretary.account, group, '/bieuquyet Nhất trí kế hoạch?')
  const preview = await test.people.next(secretary.account, group, says('Xem lại trước khi mở'))
  await test.people.press(secretary.account, group, preview, 'Mở biểu quyết')
  await test.people.next(secretary.account, group, says('Đã biểu quyết: 0/'))
}

/** The plan as the officer opens it in chat. */
async function planOf({ officer }: TestWard): Promise<SeenMessage> {
  const home = await test.people.ask(officer, '/chuyensinhhoat')
  return pressFor(test, officer, home, buttonWith(home, 'Văn bản số'), 'Văn bản số 12-QĐ/ĐU')
}

it('a branch with which residents keep contact is not dissolved before they have another, and it is said who they are', async () => {
  const { ward, branch, next } = await emptied()
  const { officer } = ward
  const person = { wardId: ward.id, number: 'C1', fullName: 'Đỗ Thị Cư Trú', searchName: 'do thi cu tru' }
  const { id: personId } = await db().person.create({ data: person })
  const kept = await db().residenceLiaison.create({
    data: { personId, organisationId: branch.id, from: new Date('2025-01-01') },
  })
  const plan = await planOf(ward)
  expect(plan.text).toContain('Còn 1 đồng chí giữ liên hệ nơi cư trú')
  await test.people.press(officer, officer, plan, 'Ghi giải thể')
  const refused = await told(test, officer, 'Chưa giải thể được')
  expect(refused.text).toContain('còn 1 đồng chí giữ liên hệ nơi cư trú với chi bộ (Đỗ Thị Cư Trú)')
  await db().residenceLiaison.update({ where: { id: kept.id }, data: { to: new Date('2026-11-22') } })
  await db().residenceLiaison.create({ data: { personId, organisationId: next.id, from: new Date('2026-11-23') } })
  await test.people.press(officer, officer, await planOf(ward), 'Ghi giải thể')
  await test.app.settle()
  expect(await db().organisation.findUnique({ where: { id: branch.id } })).toMatchObject({
    dissolvedOn: new Date('2026-11-22'),
    dissolvedBy: '12-QĐ/ĐU',
  })
})

it('a post that was given for longer ends with the branch, and who sat in its group is known no more', async () => {
  const { ward, branch } = await emptied()
  await db().position.updateMany({ where: { organisationId: branch.id }, data: { to: new Date('2027-12-31') } })
  expect(await db().groupAccount.count({ where: { chatId: BigInt(branch.group), endedAt: null } })).toBeGreaterThan(0)
  await test.people.press(ward.officer, ward.officer, await planOf(ward), 'Ghi giải thể')
  await test.app.settle()
  const positions = await db().position.findMany({ where: { organisationId: branch.id } })
  expect(positions.map(({ to }) => to)).toEqual(positions.map(() => new Date('2026-11-22')))
  expect(await db().groupLink.findFirst({ where: { organisationId: branch.id } })).toMatchObject({
    endReason: 'dissolved',
  })
  expect(await db().groupAccount.count({ where: { chatId: BigInt(branch.group), endedAt: null } })).toBe(0)
})

it('a vote that nobody is left to hold is made void by one press, and stays on record', async () => {
  const { ward, branch } = await emptied({ vote: true })
  const { officer } = ward
  const refused = await test.people.press(officer, officer, await planOf(ward), 'Ghi giải thể')
  expect(refused.text).toContain('còn 1 biểu quyết chưa xong (số 1)')
  await pressFor(test, officer, await planOf(ward), 'Kết thúc việc còn lại', 'Đã kết thúc')
  const vote = await db().vote.findFirstOrThrow({ where: { branchId: branch.id }, include: { roll: true } })
  expect(vote).toMatchObject({ state: 'void' })
  expect(vote.roll.length).toBeGreaterThan(0)
  await test.people.press(officer, officer, await planOf(ward), 'Ghi giải thể')
  await test.app.settle()
  expect((await db().organisation.findUniqueOrThrow({ where: { id: branch.id } })).dissolvedOn).not.toBeNull()
})
