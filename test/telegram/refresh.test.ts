import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

it('an edit that is rewritten while it is being sent is sent again with its new words', async () => {
  const person = await test.people.add('Người Nhận')
  await test.people.ask(person, '/trogiup')
  const ctx = test.app.context()
  const chatId = BigInt(person)
  const first = await ctx.transaction((tx) => ctx.deliver(tx, { chatId, message: { text: 'đã có 0' } }))
  await test.app.settle()
  await faults({ latency: 150 })
  // Several come to be while one is under way: at most one of them waits.
  for (let count = 1; count <= 30; count++) {
    await ctx.transaction((tx) => ctx.refresh(tx, { chatId, edits: first, message: { text: `đã có ${count}` } }))
    expect(await ctx.db.delivery.count({ where: { editsId: first, state: 'waiting' } })).toBeLessThanOrEqual(1)
  }
  await test.app.settle()
  await faults({ clear: true })
  expect((await test.people.read(person, person)).at(-1)?.text).toBe('đã có 30')
  const edits = (await test.people.calls()).filter(({ method }) => method === 'editMessageText')
  expect(edits.length).toBeLessThan(30)
})

async function faults(change: object): Promise<void> {
  await fetch(`${test.sandbox.url}/people/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
}
