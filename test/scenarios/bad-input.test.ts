import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { buttonsOf } from '../support/people.ts'
import { createTestWard, type TestWard } from '../support/ward.ts'

let test: TestApp
let ward: TestWard
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test)
})
afterAll(() => test.stop())

const branch = () => {
  const [first] = ward.branches
  if (!first) throw new Error('a ward without a branch')
  return first
}

describe('every command, with nothing or nonsense behind it', () => {
  const nonsense = ['', '🙂 xyz', '999999999999']

  it('is answered in words by everybody in private: no fault, no usage line', { timeout: 60_000 }, async () => {
    const commands = await everyCommand()
    for (const account of [ward.officer, branch().secretary.account, branch().probationary.account]) {
      for (const command of commands) {
        for (const words of nonsense) {
          const { text } = await test.people.ask(account, `/${command} ${words}`.trim())
          expect(text, `/${command} ${words}`).not.toMatch(/trục trặc|undefined|NaN|\{\{|\[object|^$/)
        }
        await test.people.ask(account, '/huy')
      }
    }
    await test.app.settle()
    expect(await written()).toEqual({ tasks: 0, votes: 0, notices: 0 })
  })

  it('is answered in the group too', { timeout: 60_000 }, async () => {
    const { group, secretary } = branch()
    for (const command of await everyCommand()) {
      // To what no list shows, a group gets no answer.
      if (['huy', 'start', 'khongco'].includes(command)) continue
      for (const words of nonsense) {
        await test.people.say(secretary.account, group, `/${command} ${words}`.trim())
        const { text } = await test.people.next(secretary.account, group)
        expect(text, `/${command} ${words}`).not.toMatch(/trục trặc|undefined|NaN|\{\{|\[object|^$/)
      }
    }
    await test.app.settle()
    expect(await written()).toEqual({ tasks: 0, votes: 0, notices: 0 })
  })
})

describe('a menu in a group', () => {
  it('is answered by a number in reply, as its hint says', async () => {
    const { group, secretary } = branch()
    await test.people.say(secretary.account, group, '/menu')
    const menu = await test.people.next(secretary.account, group)
    expect(menu.text).toContain('trả lời tin này bằng số')
    const linking = buttonsOf(menu).findIndex((text) => text.includes('Kết nối, mời')) + 1
    await test.people.say(secretary.account, group, String(linking), menu.id)
    const commands = await test.people.next(secretary.account, group)
    const status = buttonsOf(commands).findIndex((text) => text.includes('Tình trạng')) + 1
    await test.people.say(secretary.account, group, String(status), commands.id)
    expect((await test.people.next(secretary.account, group)).text).toContain('Nhóm của')
  })
})

/** The commands that any list of Telegram's shows, and two that none shows. */
async function everyCommand(): Promise<string[]> {
  const published = (await test.people.calls()).filter(({ method }) => method === 'setMyCommands')
  const names = published.flatMap(({ params }) => [
    ...JSON.stringify(params.commands).matchAll(/\\?"command\\?":\\?"([a-z]+)/g),
  ])
  const own = ['ketqua', 'thongbao', 'tinhhinh', 'giaoviec', 'bieuquyetthay', 'moi', 'bonhiem', 'danhba', 'mau']
  return [...new Set([...names.map(([, name]) => name ?? ''), ...own, 'vanhanh', 'khongco'])]
}

async function written() {
  const { database } = test.app.services
  return {
    tasks: await database.task.count(),
    votes: await database.vote.count(),
    notices: await database.notice.count(),
  }
}
