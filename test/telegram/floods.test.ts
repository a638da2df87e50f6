import { afterAll, beforeAll, expect, it } from 'vitest'
import { mostWaiting } from '../../src/telegram/flood-gate.ts'
import { telegramPace } from '../../src/telegram/pace.ts'
import { inPrivate, member, oneBranch } from '../features/votes/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { TestBranch } from '../support/ward.ts'

let test: TestApp
let branch: TestBranch
beforeAll(async () => {
  test = await startTestApp({ floodLimits: true, pace: telegramPace })
  branch = await oneBranch(test)
})
afterAll(() => test.stop())

const callsAfter = async (n: number) => (await test.people.calls(n)).filter(({ ok }) => ok)
const lastCall = async () => (await test.people.calls()).at(-1)?.n ?? 0
const sentTo = (calls: Awaited<ReturnType<typeof callsAfter>>, chat: number) =>
  calls.filter(({ method, params }) => method === 'sendMessage' && Number(params.chat_id) === chat)

it('forty presses on one button are answered where the finger is, and by two messages at most', async () => {
  const { account } = branch.secretary
  const menu = await test.people.ask(account, '/menu')
  const button = menu.buttons.flat()[0]?.text ?? ''
  const before = await lastCall()
  for (let nth = 0; nth < 40; nth++)
    void test.sandbox.world.press({ from: account, chat: account, message: menu.id, button })
  await test.app.quiet()
  const calls = await callsAfter(before)
  expect(calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(40)
  expect(sentTo(calls, account).length).toBeLessThanOrEqual(2)
  const help = await test.people.ask(account, '/trogiup')
  expect(help.text).not.toBe('')
})

it('of one person only so many messages wait; they are told once, and others are answered meanwhile', async () => {
  const [loud, calm] = [member(branch, 0), member(branch, 1)]
  await test.people.ask(calm.account, '/menu')
  const before = await lastCall()
  const many = 600
  for (let nth = 0; nth < many; nth++) {
    void test.sandbox.world.say({ from: loud.account, chat: loud.account, text: `/khongco${nth}` })
  }
  await test.people.say(calm.account, calm.account, '/menu')
  await test.people.next(calm.account, calm.account)
  const { database: db } = test.app.services
  const [waiting] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM pgboss.job
    WHERE name = 'updates' AND state IN ('created', 'retry', 'active') AND singleton_key = ${`u${loud.account}`}`
  expect(waiting?.count).toBeLessThanOrEqual(mostWaiting)
  await inPrivate(test, loud, 'chưa làm kịp')
  const told = sentTo(await callsAfter(before), loud.account).filter(({ params }) =>
    `${params.text}`.includes('chưa làm kịp'),
  )
  expect(told).toHaveLength(1)
})

it.each(['menu:\0', 'menu:\ud83d', '\udc00menu', `menu:${'a'.repeat(60)}`, '\0'])(
  'a press with %j in its data, twice at once, stops nobody',
  async (data) => {
    const { account } = branch.secretary
    const menu = await test.people.ask(account, '/menu')
    const press = { from: account, chat: account, message: menu.id, button: '', data }
    const answers = await Promise.all([test.sandbox.world.press(press), test.sandbox.world.press(press)])
    expect(answers.map(({ text }) => text)).toEqual(answers.map(() => test.app.services.texts('telegram:oldButton')))
    const calm = member(branch, 1)
    expect((await test.people.ask(calm.account, '/menu')).text).not.toBe('')
  },
)
