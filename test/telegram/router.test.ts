import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('a stranger', () => {
  it('is told to ask the secretary for an invitation, and nothing else', async () => {
    const stranger = await test.people.add('Người Lạ')
    const answer = await test.people.ask(stranger, 'xin chào')
    expect(answer.text).toContain('chưa được kết nối')
    expect(answer.buttons).toEqual([])
  })

  it('gets help without a link', async () => {
    const stranger = await test.people.add('Người Lạ Hai')
    expect((await test.people.ask(stranger, '/trogiup')).text).toContain('Cách dùng Liên Chi')
  })
})

describe('in a group', () => {
  it('talk that is not for the bot is neither stored nor answered', async () => {
    const person = await test.people.add('Thành Viên')
    const group = await test.people.addGroup('Nhóm vui', [person])
    await test.people.changeGroup(group, { bot: 'add' })
    await test.people.say(person, group, 'chuyện riêng của nhóm')
    await test.app.settle()
    const rows = await test.app.services.database.$queryRaw`
      SELECT 1 FROM pgboss.job WHERE data::text LIKE '%chuyện riêng%'`
    expect(rows).toEqual([])
  })
})

describe('a stored update', () => {
  it('keeps its number and forgets its content once it is handled', async () => {
    const person = await test.people.add('Người Hỏi')
    await test.people.ask(person, 'nội dung sẽ quên')
    await test.app.settle()
    const jobs = await test.app.services.database.$queryRaw<{ data: unknown }[]>`
      SELECT data FROM pgboss.job WHERE name = 'updates' AND state = 'completed'`
    expect(jobs.length).toBeGreaterThan(0)
    expect(jobs.filter(({ data }) => data !== null)).toEqual([])
  })
})
