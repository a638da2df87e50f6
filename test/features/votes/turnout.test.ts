import { afterAll, beforeAll, expect, it } from 'vitest'
import { castChoice } from '../../../src/features/votes/cast-choice.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { member, messageNow, oneBranch, open } from './kit.ts'
import { as } from './sealed-kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const staleVotes = () => test.app.services.database.vote.count({ where: { turnoutStale: true } })

it('many who vote together bring the group one new number, and what a process left undone the clock brings up to date', async () => {
  const branch = await oneBranch(test, 6)
  const { id, message } = await open(test, branch)
  const voters = [branch.secretary, branch.deputy, member(branch, 0), member(branch, 1)]
  const before = await test.app.services.database.delivery.count({ where: { NOT: { editsId: null } } })
  // By the use-case alone, as if the process that took the presses had died at once.
  for (const voter of voters) await castChoice(await as(test, voter), { voteId: id, question: 0, optionIndex: 0 })
  expect(await staleVotes()).toBe(1)
  expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 4/8')
  expect(await staleVotes()).toBe(0)
  expect(await test.app.services.database.delivery.count({ where: { NOT: { editsId: null } } })).toBe(before + 1)
})

it('a choice that changes no number leaves the group in peace', async () => {
  const branch = await oneBranch(test)
  const { id } = await open(test, branch)
  const voter = await as(test, branch.deputy)
  await castChoice(voter, { voteId: id, question: 0, optionIndex: 0 })
  await test.app.settle()
  const changed = await castChoice(voter, { voteId: id, question: 0, optionIndex: 1 })
  expect(changed).toMatchObject({ ok: true, value: { outcome: 'changed' } })
  expect(await staleVotes()).toBe(0)
})
