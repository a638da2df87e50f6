import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createTestWard } from '../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

/** The last update of this person once more, as after a crash between its effect and its completion. */
async function handleAgain(account: number, text: string): Promise<void> {
  const [job] = await db().$queryRaw<{ id: string }[]>`
    SELECT id::text AS "id" FROM pgboss.job WHERE name = 'updates' AND singleton_key = ${`u${account}`}
    ORDER BY created_on DESC, id DESC LIMIT 1`
  if (!job) throw new Error('no update')
  const person = { id: account, first_name: 'A' }
  const message = {
    message_id: 1,
    date: 1,
    text,
    from: { ...person, is_bot: false },
    chat: { ...person, type: 'private' },
  }
  const update = { update_id: Number.parseInt(job.id.slice(-12), 16), message }
  await db().$executeRaw`
    UPDATE pgboss.job SET state = 'retry', data = ${JSON.stringify(update)}::jsonb WHERE id = ${job.id}::uuid`
  await test.app.settle()
}

it('a number that was typed from a list does not answer the next question too', async () => {
  const [branch] = (await createTestWard(test)).branches
  if (!branch) throw new Error('no branch')
  const { account } = branch.secretary
  const data = async () => (await db().form.findFirst({ where: { accountId: BigInt(account) } }))?.data
  await test.people.ask(account, '/giaoviec')
  await test.people.ask(account, '2')
  await test.app.settle()
  const before = await data()
  expect(before).toMatchObject({ draft: { title: null } })
  await handleAgain(account, '2')
  expect(await data()).toEqual(before)
  expect((await test.people.ask(account, 'dọn vườn hoa')).text).toContain('Hạn')
})

it('a draft that nobody finished is forgotten after its day, and with the link of its account', async () => {
  const [branch] = (await createTestWard(test)).branches
  if (!branch) throw new Error('no branch')
  const [{ account }, { account: other }] = [branch.secretary, branch.deputy]
  for (const one of [account, other]) await test.people.ask(one, '/giaoviec')
  await test.app.settle()
  const drafts = (one: number) => db().form.count({ where: { accountId: BigInt(one) } })
  expect([await drafts(account), await drafts(other)]).toEqual([1, 1])
  const own = await test.people.ask(other, '/dulieucuatoi')
  await test.sandbox.world.press({ from: other, chat: other, message: own.id, button: '1', data: 'lwithdraw:yes' })
  await test.app.settle()
  expect([await drafts(account), await drafts(other)]).toEqual([1, 0])
  await test.people.advance('PT25H')
  expect(await drafts(account)).toBe(0)
})
