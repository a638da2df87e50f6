import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { assign, inPrivate, member, oneBranch, says } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('the digest of the group', () => {
  it('comes at the hour the secretary chose, once a day, while something is owed, and stops when told to', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    await assign(test, branch, member(branch, 1), 'quét sân; không hạn')
    const asked = await test.people.ask(secretary.account, '/tinviec')
    expect(asked.text).toContain('Nhóm không nhận tin việc')
    expect((await test.people.ask(secretary.account, '25')).text).toContain('Giờ từ 0 đến 23')
    expect((await test.people.ask(secretary.account, '19 giờ')).text).toContain('lúc 19 giờ hằng ngày')
    const digests = async () => (await test.people.read(secretary.account, group)).filter(says('Việc của chi bộ đến'))
    // From 09:00 to 18:59, to 19:01, and on to the next day.
    await test.people.advance('PT9H59M')
    expect(await digests()).toHaveLength(0)
    await test.people.advance('PT2M')
    expect((await digests())[0]?.text).toContain('quét sân')
    await test.people.advance('PT5M')
    expect(await digests()).toHaveLength(1)
    await test.people.advance('P1D')
    expect(await digests()).toHaveLength(2)
    await test.people.ask(member(branch, 1).account, '/baocao 1 Xong')
    await test.people.advance('P1D')
    expect(await digests()).toHaveLength(2)
    const again = await test.people.ask(secretary.account, '/tinviec')
    await test.people.press(secretary.account, secretary.account, again, 'Không nhận')
    await test.app.settle()
    expect(await test.app.services.database.taskDigest.count({ where: { branchId: branch.id } })).toBe(0)
  })
})

describe('the question of the hour', () => {
  it('is left by a button, and everything stays as it was', async () => {
    const branch = await oneBranch(test)
    const { account } = branch.secretary
    await test.people.ask(account, '/tinviec')
    await test.people.ask(account, '19')
    const again = await test.people.ask(account, '/tinviec')
    await test.people.press(account, account, again, 'Thôi')
    await test.app.settle()
    expect(await test.app.services.database.form.count({ where: { accountId: BigInt(account) } })).toBe(0)
    const kept = await test.app.services.database.taskDigest.findUnique({ where: { branchId: branch.id } })
    expect(kept).toMatchObject({ hour: 19, every: 'day' })
  })
})

describe('heads of the ward without a task', () => {
  it('are named to the secretary on the first of the month, and counted to the ward', async () => {
    const ward = await createTestWard(test, { branches: 2, members: 4 })
    const [branch] = ward.branches
    if (!branch) throw new Error('a ward without a branch')
    const months = async (account: number, words: string) =>
      (await test.people.read(account, account)).filter(says(words))
    // The test began in November; go on until the morning of the first of December.
    while (!(await months(branch.secretary.account, 'chi bộ chưa giao việc cho')).length)
      await test.people.advance('P1D')
    const [named] = await months(branch.secretary.account, 'chi bộ chưa giao việc cho')
    expect(named?.text).toContain(ward.leader.fullName)
    expect(named?.text).toContain('Chủ tịch Ủy ban nhân dân')
    const [counted] = await months(ward.officer, 'việc chi bộ giao cho lãnh đạo phường')
    expect(counted?.text).toContain('1/1 đồng chí chưa được chi bộ giao việc, ở 1 chi bộ')
    expect(counted?.text).not.toContain(ward.leader.fullName)
    if (!named) throw new Error('nobody was named')
    // Given by the button under the names; next month there is nobody to name.
    await test.people.press(branch.secretary.account, branch.secretary.account, named, 'Giao việc cho')
    await inPrivate(test, branch.secretary, 'Giao việc gì cho')
    await test.people.ask(branch.secretary.account, '1')
    const preview = await test.people.ask(branch.secretary.account, 'không hạn')
    await test.people.press(branch.secretary.account, branch.secretary.account, preview, 'Giao việc')
    await inPrivate(test, branch.secretary, 'Đã giao Nhiệm vụ số 1')
    await test.people.advance('P31D')
    await test.people.advance('P1D')
    expect(await months(branch.secretary.account, 'chi bộ chưa giao việc cho')).toHaveLength(1)
    expect((await months(ward.officer, 'việc chi bộ giao cho')).at(-1)?.text).toContain('0/1 đồng chí')
  })
})
