import { afterAll, beforeAll, expect, it } from 'vitest'
import { forge, lastCall, namesBut, saidSince, type Town, town } from '../eyes/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let at: Town
beforeAll(async () => {
  test = await startTestApp()
  at = await town(test)
})
afterAll(() => test.stop())

it('no command with general words names anybody to a plain member, a probationary one or a stranger', {
  timeout: 300_000,
}, async () => {
  const commands = test.app.features.flatMap(({ commands = [] }) => commands.map(({ name }) => name))
  expect(commands.length).toBeGreaterThan(20)
  const { world } = test.sandbox
  for (const [reader, words] of [
    [at.member, ['N', 'TDP02', 'Nguyễn', '1']],
    [at.probationary, ['N']],
    [at.stranger, ['N']],
  ] as const) {
    const after = await lastCall(test)
    for (const command of commands) {
      for (const word of words) {
        world.say({ from: reader.account, chat: reader.account, text: `/${command} ${word}` })
        // Where the words were not taken with the command, they answer the question that it asks.
        world.say({ from: reader.account, chat: reader.account, text: word })
      }
    }
    await test.app.quiet()
    await test.app.settle()
    const said = await saidSince(test, after)
    for (const name of namesBut(at, reader)) expect(said, `to ${reader.fullName}`).not.toContain(name)
  }
})

it("no button with another branch's or another ward's numbers names anybody to a plain member", {
  timeout: 300_000,
}, async () => {
  const words = test.app.features.flatMap(({ buttons = {}, atTheDoor = {} }) => [
    ...Object.keys(buttons),
    ...Object.keys(atTheDoor),
  ])
  expect(words.length).toBeGreaterThan(150)
  const { member, other, foreign } = at
  const away = foreign.branches[2]
  if (!away) throw new Error('no third branch')
  const after = await lastCall(test)
  for (const word of words) {
    // Withdrawing one's own consent would end the walk.
    if (word === 'lwithdraw') continue
    await forge(test, member.account, `${word}:${other.id}.${other.deputy.id}.0`)
    await forge(test, member.account, `${word}:${away.deputy.id}:${away.id}`)
  }
  await test.app.settle()
  const said = await saidSince(test, after)
  for (const name of namesBut(at, member)) expect(said).not.toContain(name)
})
