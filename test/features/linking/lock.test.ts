import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInvitation } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'
import { orThrow } from './support.ts'

let at: TestApp
let ward: TestWard
beforeAll(async () => {
  at = await startTestApp()
  ward = await createTestWard(at)
})
afterAll(() => at.stop())

const withoutPhone = () => ward.everyone.find(({ account }) => account === 0)?.id ?? 0
const invitation = async () => orThrow(await createInvitation(at.app.context(), { personId: withoutPhone() })).code

test('five wrong codes within an hour lock the sender for an hour, and the answer says until when', async () => {
  const account = await at.people.add('Người dò mã')
  const good = await invitation()
  for (const left of [4, 3, 2, 1]) {
    const answer = await at.people.ask(account, `/start p_AAAA222${left}`)
    expect(answer.text).toContain('không đúng')
    expect(answer.text).toContain(`Còn ${left} lần thử`)
  }
  const fifth = await at.people.ask(account, 'zzzz-9999')
  expect(fifth.text).toMatch(/bị khóa đến \d\d:\d\d \d\d\/\d\d\/2026/)
  expect((await at.people.ask(account, `/start p_${good}`)).text).toContain('đang bị khóa đến')

  await at.people.advance('PT61M')
  expect((await at.people.ask(account, `/start p_${good}`)).text).toContain('Thông báo về dữ liệu cá nhân')
})

test('four failures and a right code are no lock, and old failures are forgotten after an hour', async () => {
  const account = await at.people.add('Người vụng tay')
  for (const digit of [2, 3, 4, 5]) await at.people.ask(account, `BBBB-222${digit}`)
  await at.people.advance('PT61M')
  expect((await at.people.ask(account, 'BBBB-2226')).text).toContain('Còn 4 lần thử')
  expect((await at.people.ask(account, await invitation())).text).toContain('Thông báo về dữ liệu cá nhân')
})

test('an expired code says so', async () => {
  const account = await at.people.add('Người mở muộn')
  const code = await invitation()
  await at.people.advance('P7DT1M')
  const answer = await at.people.ask(account, `/start p_${code}`)
  expect(answer.text).toContain('đã hết hạn')
  expect(answer.text).toContain('xin mã mới')
})

test('no code is kept as it was given', async () => {
  const code = await invitation()
  const rows = await at.app.services.database.accessCode.findMany()
  expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(code)
})
