import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { buttonsOf } from '../support/people.ts'
import { createTestWard } from '../support/ward.ts'

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
    expect(buttonsOf(answer)).toEqual(['Kết nối bằng số điện thoại'])
  })

  it('gets help without a link: the way in, and no command that is not for them', async () => {
    const stranger = await test.people.add('Người Lạ Hai')
    const help = await test.people.ask(stranger, '/trogiup')
    expect(help.text).toContain('Cách dùng Liên Chi')
    expect(help.text).toContain('xin bí thư chi bộ giấy mời')
    expect(help.text).not.toContain('/menu')
  })

  it('is offered no menu for a command that there is not', async () => {
    const answer = await test.people.ask(await test.people.add('Người Lạ Ba'), '/khongco')
    expect(answer.text).toContain('chưa được kết nối')
    expect(buttonsOf(answer)).toEqual(['Kết nối bằng số điện thoại'])
  })
})

describe('a question in private', () => {
  it('may be stopped by a button, without knowing a command', async () => {
    const { secretary } = (await createTestWard(test)).branches[0] ?? {}
    if (!secretary) throw new Error('a ward without branches')
    const question = await test.people.ask(secretary.account, '/timnguoi')
    await test.people.press(secretary.account, secretary.account, question, 'Thôi')
    await test.people.next(secretary.account, secretary.account, ({ text }) => text.includes('Đã dừng'))
    expect((await test.people.ask(secretary.account, 'Đảng Viên')).text).toContain('chưa hiểu')
  })

  it('with a list says how far the numbers go, and stays open', async () => {
    const { secretary } = (await createTestWard(test)).branches[0] ?? {}
    if (!secretary) throw new Error('a ward without branches')
    const { account } = secretary
    await test.people.ask(account, '/danhba')
    const refused = await test.people.ask(account, '99')
    expect(refused.text).toBe('Danh sách không có số 99. Đề nghị đồng chí gõ một số từ 1 đến 7.')
    expect((await test.people.ask(account, '1')).text).toContain('Số đảng viên')
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
