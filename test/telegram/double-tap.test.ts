import { afterAll, beforeAll, expect, it } from 'vitest'
import { messageNow, oneBranch, open } from '../features/votes/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const taps = 500

it('500 equal presses at once have one effect, and every one of them is answered', { timeout: 180_000 }, async () => {
  const branch = await oneBranch(test)
  const { id, message } = await open(test, branch)
  const calls = async () => (await test.people.calls()).filter(({ method }) => method === 'answerCallbackQuery')
  const before = (await calls()).length
  const press = { from: branch.deputy.account, chat: branch.group, message: message.id, button: 'Tán thành' }
  for (let nth = 0; nth < taps; nth++) void test.sandbox.world.press(press)
  await test.app.quiet()

  const { database: db } = test.app.services
  expect(await db.voteChoice.count({ where: { voteId: id } })).toBe(1)
  expect(await db.auditEntry.count({ where: { action: 'vote.cast' } })).toBe(1)
  const answers = (await calls()).slice(before)
  expect(answers.filter(({ ok }) => ok)).toHaveLength(taps)
  expect(new Set(answers.map(({ params }) => params.callback_query_id)).size).toBe(taps)
  expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 1/')
})
