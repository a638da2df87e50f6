import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../../src/domain/access.ts'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { checkPlan } from '../../../src/features/transfers/check-plan.ts'
import { confirmPlan } from '../../../src/features/transfers/confirm-plan.ts'
import { dissolveBranch } from '../../../src/features/transfers/dissolve-branch.ts'
import { draftPlan } from '../../../src/features/transfers/draft-plan.ts'
import { sendBackTransfer } from '../../../src/features/transfers/end-transfer.ts'
import { fillPlan } from '../../../src/features/transfers/fill-plan.ts'
import { findPlan } from '../../../src/features/transfers/plans.ts'
import { proposeTransfer } from '../../../src/features/transfers/propose-transfer.ts'
import { receiveTransfer } from '../../../src/features/transfers/receive-transfer.ts'
import { type Context, createContext } from '../../../src/platform/context.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'
import { day } from './kit.ts'

let test: TestApp
let ward: TestWard
let old: TestBranch
let next: TestBranch
let gone: TestBranch
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test, { branches: 3, members: 4 })
  const [first, second, third] = ward.branches
  if (!first || !second || !third) throw new Error('three branches')
  old = first
  next = second
  gone = third
  const people = { organisationId: gone.id }
  const to = toUtcMidnight(day('2026-11-01'))
  await db().membership.updateMany({ where: people, data: { to } })
  await db().position.updateMany({ where: people, data: { to } })
  await db().organisation.update({ where: { id: gone.id }, data: { dissolvedOn: to, dissolvedBy: '1-QĐ/ĐU' } })
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const member = (nth: number): TestPerson => {
  const found = old.members[nth]
  if (!found) throw new Error(`no member ${nth}`)
  return found
}
const as = (role: Role, branchId: number | null, person?: TestPerson, source: string | null = null): Context =>
  createContext(
    test.app.services,
    {
      personId: person?.id ?? null,
      wardId: ward.id,
      grants: [{ role, wardId: ward.id, branchId }],
      accountId: BigInt(person?.account ?? ward.officer),
      name: null,
    },
    source,
  )
const office = (source: string | null = null) => as('officer', null, undefined, source)

/** A draft with these rows, and what is wrong with it. */
async function problemsOf(
  rows: { person: TestPerson; to: TestBranch }[],
  effectiveOn = '2026-12-01',
  leaving = old,
): Promise<{ planId: number; codes: string[]; texts: string[] }> {
  const drafted = await draftPlan(office(), {
    fromId: leaving.id,
    dissolves: false,
    instrumentNumber: 'số 9-QĐ/ĐU',
    instrumentOn: day('2023-12-01'),
    effectiveOn: day(effectiveOn),
  })
  if (!drafted.ok) throw new Error(drafted.problem.code)
  const { planId } = drafted.value
  await fillPlan(office(), {
    planId,
    rows: rows.map(({ person, to }) => ({ personId: person.id, toId: to.id, feesPaidThrough: null })),
  })
  const plan = await findPlan(db(), planId)
  if (!plan) throw new Error('no plan')
  const { problems } = await checkPlan(office(), db(), plan)
  return {
    planId,
    codes: problems.map(({ code }) => code),
    texts: problems.map((problem) => test.app.services.texts.problem(problem)),
  }
}

describe('a plan is refused as a whole, and it is said why', () => {
  it('for somebody of another branch, a dissolved receiver, the branch itself, and a second line', async () => {
    const stranger = next.members[0]
    if (!stranger) throw new Error('no stranger')
    const { planId, codes, texts } = await problemsOf([
      { person: stranger, to: old },
      { person: member(1), to: gone },
      { person: member(2), to: old },
      { person: member(2), to: next },
    ])
    expect(codes.sort()).toEqual([
      'transfers.notOfBranch',
      'transfers.receiverGone',
      'transfers.sameBranch',
      'transfers.sameBranch',
      'transfers.twiceInPlan',
    ])
    for (const text of texts) expect(text).toContain('Đề nghị')
    const confirmed = await confirmPlan(office(), { planId })
    expect(confirmed).toMatchObject({ ok: false, problem: { code: 'transfers.planHasProblems' } })
    expect(await db().transfer.count({ where: { wardId: ward.id } })).toBe(0)
  })

  it('where it is dated before the previous move ended', async () => {
    const { codes, texts } = await problemsOf([{ person: member(1), to: next }], '2023-12-31')
    expect(codes).toEqual(['transfer.beforePreviousOf'])
    expect(texts[0]).toContain('01/01/2024')
  })

  it('for a leaving branch that is dissolved', async () => {
    const drafted = await draftPlan(office(), {
      fromId: gone.id,
      dissolves: true,
      instrumentNumber: '9',
      instrumentOn: day('2026-11-01'),
      effectiveOn: day('2026-12-01'),
    })
    expect(drafted).toMatchObject({ ok: false, problem: { code: 'transfers.leavingDissolved' } })
  })

  it('by anybody but the ward’s office', async () => {
    for (const ctx of [as('secretary', old.id, old.secretary), as('leader', null, ward.leader)]) {
      const drafted = await draftPlan(ctx, {
        fromId: old.id,
        dissolves: true,
        instrumentNumber: '9',
        instrumentOn: day('2026-11-01'),
        effectiveOn: day('2026-12-01'),
      })
      expect(drafted).toMatchObject({ ok: false, problem: { code: 'access.denied' } })
    }
  })
})

describe('a transfer', () => {
  it('is the only one under way of its person, however it is asked for', async () => {
    const person = member(1)
    const ask = (key: string) =>
      proposeTransfer(office(), { key, personId: person.id, kind: 'internal', to: { branchId: next.id }, stay: null })
    const [one, two] = await Promise.all([ask('a'), ask('b')])
    expect([one.ok, two.ok].sort()).toEqual([false, true])
    expect(one.ok ? two : one).toMatchObject({ problem: { code: 'transfers.alreadyOpen' } })
    // The same draft confirmed again is the same transfer.
    const again = await ask(one.ok ? 'a' : 'b')
    expect(again.ok && again.value.id).toBe(one.ok ? one.value.id : two.ok && two.value.id)
    expect((await problemsOf([{ person, to: next }])).codes).toEqual(['transfers.alreadyOpen'])
    const dissolved = {
      key: 'c',
      personId: member(2).id,
      kind: 'internal' as const,
      to: { branchId: gone.id },
      stay: null,
    }
    expect(await proposeTransfer(office(), dissolved)).toMatchObject({ problem: { code: 'transfers.receiverGone' } })
  })

  it('is received and sent back only by the receiving branch or the office, once, before the move', async () => {
    const { planId } = await problemsOf([{ person: member(2), to: next }])
    const confirmed = await confirmPlan(office('confirm'), { planId })
    if (!confirmed.ok) throw new Error(confirmed.problem.code)
    expect(await confirmPlan(office('confirm'), { planId })).toMatchObject({ value: { before: true } })
    const transferId = confirmed.value.transfers[0]?.id ?? 0
    for (const ctx of [as('secretary', old.id, old.secretary), as('member', next.id, next.members[0])]) {
      expect(await receiveTransfer(ctx, { transferId })).toMatchObject({ problem: { code: 'access.denied' } })
      const back = await sendBackTransfer(ctx, { transferId, reason: 'không' })
      expect(back).toMatchObject({ problem: { code: 'access.denied' } })
    }
    const receiver = as('secretary', next.id, next.secretary)
    expect(await sendBackTransfer(receiver, { transferId, reason: '  ' })).toMatchObject({
      problem: { code: 'transfers.noReason' },
    })
    expect(await receiveTransfer(receiver, { transferId })).toMatchObject({ value: { before: false } })
    expect(await receiveTransfer(receiver, { transferId })).toMatchObject({ value: { before: true } })
    expect(await sendBackTransfer(receiver, { transferId, reason: 'nhầm chi bộ' })).toMatchObject({ ok: true })
    expect(await receiveTransfer(receiver, { transferId })).toMatchObject({ problem: { code: 'transfers.hasEnded' } })
  })
})

it('a branch that still has members is not dissolved, and it is said who they are', async () => {
  const drafted = await draftPlan(office(), {
    fromId: next.id,
    dissolves: true,
    instrumentNumber: '10-QĐ/ĐU',
    instrumentOn: day('2026-11-01'),
    effectiveOn: day('2026-12-01'),
  })
  const planId = drafted.ok ? drafted.value.planId : 0
  expect(await dissolveBranch(office(), { planId })).toMatchObject({ problem: { code: 'transfers.notDissolving' } })
  await db().transferPlan.update({ where: { id: planId }, data: { state: 'confirmed' } })
  const refused = await dissolveBranch(office(), { planId })
  expect(refused).toMatchObject({ problem: { code: 'transfers.stillMembers', params: { count: 7 } } })
  expect(refused.ok ? '' : test.app.services.texts.problem(refused.problem)).toContain('Nguyễn Thị Bí Thư 2')
})

describe('the database itself refuses', () => {
  const introduced = (person: TestPerson) => ({
    wardId: ward.id,
    personId: person.id,
    kind: 'internal',
    fromId: old.id,
    toId: next.id,
    state: 'introduced',
    instrumentNumber: '1',
    instrumentOn: toUtcMidnight(day('2026-11-20')),
    effectiveOn: toUtcMidnight(day('2026-12-01')),
    introducedOn: toUtcMidnight(day('2026-11-23')),
    proposedOn: toUtcMidnight(day('2026-11-23')),
    createdAt: new Date(),
  })
  const write = (change: object, person = member(3)) =>
    db().transfer.create({ data: { ...introduced(person), ...change } })

  it('what a use-case would refuse', async () => {
    await expect(write({ fromId: next.id, toId: old.id })).rejects.toThrow(/not a member of the leaving branch/)
    await expect(write({ toId: gone.id })).rejects.toThrow(/receiving branch is dissolved/)
    await expect(
      write({ effectiveOn: toUtcMidnight(day('2024-01-01')), instrumentOn: toUtcMidnight(day('2023-12-01')) }),
    ).rejects.toThrow(/before the previous one ended/)
    await expect(write({ toId: old.id })).rejects.toThrow(/transfer_leads_somewhere_else/)
    await expect(write({ instrumentNumber: null })).rejects.toThrow(/transfer_introduced_by_paper/)
    await expect(write({ state: 'received' })).rejects.toThrow(/transfer_moves_when_received/)
    await expect(write({ feesPaidThrough: '11/2026' })).rejects.toThrow(/transfer_fees_month/)
    await expect(write({ kind: 'temporary' })).rejects.toThrow(/transfer_temporary_ends/)
    await expect(write({}, member(1))).rejects.toThrow(/personId|transfer_one_open/)
  })

  it('a change of what has ended, and the end of a branch with something under way', async () => {
    const { id } = await write({})
    const dissolve = () =>
      db().organisation.update({ where: { id: next.id }, data: { dissolvedOn: toUtcMidnight(day('2026-12-31')) } })
    await expect(dissolve()).rejects.toThrow(/a transfer is under way/)
    await db().transfer.update({ where: { id }, data: { state: 'cancelled', reason: 'thôi', endedAt: new Date() } })
    await expect(db().transfer.update({ where: { id }, data: { reason: 'khác' } })).rejects.toThrow(/is not changed/)
    await expect(db().transfer.delete({ where: { id } })).rejects.toThrow(/is not changed/)
  })
})
