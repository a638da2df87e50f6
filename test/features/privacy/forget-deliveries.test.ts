import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewStatus } from '../../../src/features/notices/view-status.ts'
import { deliveryForgetter } from '../../../src/features/privacy/forget-deliveries.ts'
import { assignTask } from '../../../src/features/tasks/assign-task.ts'
import { openVote } from '../../../src/features/votes/open-vote.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { contextOf, orThrow } from '../linking/support.ts'
import { issueResults, line, noticeWard, nth } from '../notices/support.ts'
import { plainTask } from '../tasks/kit.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const daysAgo = (days: number) => new Date(at.app.services.clock.now().getTime() - days * 86_400_000)
const row = async (id: number) => db().delivery.findUnique({ where: { id } })

/** One that came to an end so many days ago, as the courier leaves it. */
async function ended(days: number, more: { state?: string; message?: object; editsId?: number } = {}): Promise<number> {
  const at = daysAgo(days)
  const data = { chatId: 4711n, state: 'sent', createdAt: at, finishedAt: at, messageId: 1, ...more }
  return (await db().delivery.create({ data })).id
}

/** Everything that was delivered so far, as if it had been so many days ago. */
const longAgo = (days: number) =>
  db().delivery.updateMany({ data: { createdAt: daysAgo(days), finishedAt: daysAgo(days) } })

function forget(parts: { atOnce?: number; milliseconds?: number } = {}, signal?: AbortSignal) {
  const forgetter = deliveryForgetter(() => at.app.features, parts)
  const now = at.app.services.clock.now()
  return forgetter(at.app.context(), { since: now, until: now }, signal)
}

describe('what was delivered', () => {
  it('goes after three months, with what was superseded, put aside or failed, and by the clock alone', async () => {
    const states = ['sent', 'superseded', 'putAside', 'failed', 'unknown']
    const old = await Promise.all(states.map((state) => ended(100, { state })))
    const young = await Promise.all(states.map((state) => ended(80, { state })))
    await at.people.advance('P1D')
    expect(await Promise.all(old.map(row))).toEqual(old.map(() => null))
    expect((await Promise.all(young.map(row))).every(Boolean)).toBe(true)
  })

  it('is never one that still waits or is being sent', async () => {
    const data = { chatId: 4711n, state: 'sending', fence: 1_000_000, message: { text: 'x' }, createdAt: daysAgo(100) }
    const { id } = await db().delivery.create({ data })
    await forget()
    expect(await row(id)).toMatchObject({ state: 'sending', message: { text: 'x' } })
    await db().delivery.delete({ where: { id } })
  })

  it('loses its words after a month where nobody sent it again', async () => {
    const message = { text: 'điều riêng' }
    const states = ['failed', 'unknown']
    const old = await Promise.all(states.map((state) => ended(32, { state, message })))
    const young = await Promise.all(states.map((state) => ended(28, { state, message })))
    await forget({ atOnce: 1 })
    for (const id of old) expect(await row(id)).toMatchObject({ message: null })
    for (const id of young) expect(await row(id)).toMatchObject({ message })
  })

  it('goes a piece at a time, and no further once the program ends or the tick has had its time', async () => {
    await db().delivery.deleteMany({ where: { chatId: 4711n } })
    for (let nth = 0; nth < 10; nth++) await ended(100)
    const left = () => db().delivery.count({ where: { chatId: 4711n } })
    await forget({ atOnce: 3 }, AbortSignal.abort())
    expect(await left()).toBe(7)
    const forgetter = deliveryForgetter(() => at.app.features, { atOnce: 3, milliseconds: 0 })
    for (const count of [4, 1, 0]) {
      await forgetter(at.app.context(), { since: daysAgo(0), until: daysAgo(0) })
      expect(await left()).toBe(count)
    }
  })

  it('stays as long as an edit of it may still be sent', async () => {
    const edited = await ended(100)
    const edit = await ended(10, { editsId: edited })
    await forget()
    expect(await row(edited)).not.toBeNull()
    await db().delivery.update({ where: { id: edit }, data: { finishedAt: daysAgo(95) } })
    await forget()
    await forget()
    expect(await Promise.all([edited, edit].map(row))).toEqual([null, null])
  })
})

describe('a message that is still of use stays known by its number', () => {
  it('of a vote until it has its result; afterwards a late edit is left out', async () => {
    const ward = await createTestWard(at)
    const branch = nth(ward.branches, 0)
    const secretary = await contextOf(at, branch.secretary.account)
    const questions = [{ text: 'Sửa nhà văn hóa?', options: ['Có', 'Không'] }]
    const vote = orThrow(await openVote(secretary, { key: 'keep', branchId: branch.id, questions }))
    await at.app.settle()
    await longAgo(100)
    await forget()
    expect((await row(vote.deliveryId ?? 0))?.messageId).toEqual(expect.any(Number))
    await db().vote.update({ where: { id: vote.id }, data: { state: 'void' } })
    await forget()
    expect(await row(vote.deliveryId ?? 0)).toBeNull()
  })

  it('of a task until it is finished: an answer to it is a report', async () => {
    const ward = await createTestWard(at)
    const branch = nth(ward.branches, 0)
    const member = nth(branch.members, 1)
    const secretary = await contextOf(at, branch.secretary.account)
    const { tasks } = orThrow(await assignTask(secretary, plainTask(branch.id, member.id, 'dọn vườn hoa')))
    const told = () => db().delivery.count({ where: { key: `task:${tasks[0]?.id}:call:own` } })
    await at.app.settle()
    await longAgo(100)
    await forget()
    expect(await told()).toBe(1)
    await db().task.update({ where: { id: tasks[0]?.id ?? 0 }, data: { state: 'cancelled', reason: 'mưa' } })
    await forget()
    expect(await told()).toBe(0)
  })

  it('of a notice until it is confirmed; then it counts as delivered, and what did not arrive still as not', async () => {
    const ward = await noticeWard(at)
    const [first, second] = [nth(ward.cadres, 0), nth(ward.cadres, 1)]
    const message = await issueResults(at, ward, [line(first, 80), line(second, 81)])
    await at.app.settle()
    const carriers = await db().noticeDelivery.findMany({ where: { notice: { branch: { wardId: ward.id } } } })
    const inGroup = carriers.filter(({ personId }) => personId === null)
    const [own, lost] = carriers.filter(({ personId }) => personId !== null)
    await longAgo(100)
    await db().delivery.update({ where: { id: lost?.deliveryId ?? 0 }, data: { state: 'failed', error: 'x' } })
    await forget()
    for (const { deliveryId } of inGroup) expect(await row(deliveryId)).not.toBeNull()
    expect(await row(own?.deliveryId ?? 0)).toBeNull()
    expect(await row(lost?.deliveryId ?? 0)).toMatchObject({ state: 'failed' })
    const { secretary, group } = nth(ward.branches, 0)
    await at.people.press(secretary.account, group, message, 'Đã nhận thông báo')
    await at.app.settle()
    await longAgo(100)
    for (let nthTime = 0; nthTime < 2; nthTime++) await forget()
    const status = orThrow(await viewStatus(await contextOf(at, ward.leader.account), {}))
    expect(status.branches.find(({ branchId }) => branchId === nth(ward.branches, 0).id)?.delivery).toBe('sent')
    expect(status.ownResults).toEqual({ sent: 1, of: 2 })
    expect(
      await db().delivery.count({ where: { id: { in: inGroup.map(({ deliveryId }) => deliveryId) } } }),
    ).toBeLessThan(inGroup.length)
  })
})
