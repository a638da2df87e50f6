import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createTestWard } from '../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ floodLimits: true })
})
afterAll(() => test.stop())

it('an answer of words and a file comes once and whole where Telegram takes one message a second', async () => {
  const { leader } = await createTestWard(test)
  await test.people.say(leader.account, leader.account, '/ketqua')
  await test.people.next(leader.account, leader.account, ({ files }) => files.length > 0)
  await test.app.settle()
  const seen = await test.people.read(leader.account, leader.account)
  expect(seen.filter(({ text }) => text.includes('Gửi kết quả đánh giá'))).toHaveLength(1)
  expect(seen.filter(({ text }) => text.includes('gặp trục trặc'))).toEqual([])
  const refusals = (await test.people.calls()).filter(({ ok }) => !ok)
  expect(refusals.length, 'the sandbox keeps the limit').toBeGreaterThan(0)
})
