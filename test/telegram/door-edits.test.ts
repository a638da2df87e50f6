import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { createBot } from '../../src/telegram/bot.ts'
import { createDoorEdits } from '../../src/telegram/door-edits.ts'
import { Budget } from '../../src/telegram/pace.ts'
import { startTestApp, type TestApp, testToken } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

it('a paper that must wait for the limits does not keep its finger waiting, and turns to the newest page', async () => {
  const person = await test.people.add('Người Chờ')
  const { id } = await test.people.ask(person, '/trogiup')
  const { api } = createBot({ token: testToken, apiRoot: test.sandbox.url, proxy: null })
  let now = 0
  const budget = new Budget({ perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 }, () => now)
  const edits = createDoorEdits(api, budget, createLog('silent'))
  const textNow = async () => (await test.people.read(person, person)).find((message) => message.id === id)?.text

  await edits.show(person, id, { text: 'trang 1' })
  expect(await textNow()).toBe('trang 1')
  await edits.show(person, id, { text: 'trang 2' })
  await edits.show(person, id, { text: 'trang 3' })
  expect(await textNow()).toBe('trang 1')
  now += 1001
  await edits.idle()
  expect(await textNow()).toBe('trang 3')
  const calls = (await test.people.calls()).filter(({ method }) => method === 'editMessageText')
  expect(calls.map(({ params }) => params.text)).toEqual(['trang 1', 'trang 3'])
})
