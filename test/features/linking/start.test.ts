import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStartCode, hasOfficer } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const newStartCode = () => createStartCode(at.app.context())

test('a stranger who starts the bot reads what to do', async () => {
  const account = await at.people.add('Người lạ')
  const answer = await at.people.ask(account, '/start')
  expect(answer.text).toContain('chưa được kết nối')
  expect(answer.text).toContain('gõ mã vào đây')
})

test('the first officer sends the start code, accepts the notice, names the ward and is told the next step', async () => {
  expect(await hasOfficer(at.app.services.database)).toBe(false)
  const code = await newStartCode()
  const account = await at.people.add('Trần Thị Văn Phòng')
  const notice = await at.people.ask(account, code.toLowerCase())
  expect(notice.text).toContain('Thông báo về dữ liệu cá nhân')
  expect(buttonsOf(notice)).toEqual(['Tôi đồng ý', 'Không đồng ý'])
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  expect((await at.people.next(account, account, ({ text }) => text.includes('gõ tên'))).text).toContain(
    'Đảng bộ phường',
  )
  const founded = await at.people.ask(account, '  Đảng bộ  phường Minh Khai ')
  expect(founded.text).toContain('Đã lập Đảng bộ phường Minh Khai')
  expect(founded.text).toContain('/mau')
  const ward = await at.app.services.database.ward.findFirstOrThrow({
    where: { name: 'Đảng bộ phường Minh Khai' },
    include: { appointments: true },
  })
  expect(ward.appointments).toMatchObject([{ accountId: BigInt(account), role: 'officer', consentVersion: '2026-11' }])
  expect(await hasOfficer(at.app.services.database)).toBe(true)

  const again = await at.people.ask(account, `/start s_${code.replace('-', '')}`)
  expect(again.text).toContain('đã dùng mã này rồi')
  expect(await at.app.services.database.ward.count({ where: { name: ward.name } })).toBe(1)
})

test('a start code that somebody else has used makes no second officer', async () => {
  const code = await newStartCode()
  const first = await at.people.add('Người thứ nhất')
  const second = await at.people.add('Người thứ hai')
  const notice = await at.people.ask(first, code)
  const otherNotice = await at.people.ask(second, `/start s_${code.replace('-', '')}`)
  await at.people.press(first, first, notice, 'Tôi đồng ý')
  await at.people.next(first, first, ({ text }) => text.includes('gõ tên'))
  await at.people.ask(first, 'Đảng bộ phường Thứ Nhất')
  const answer = await at.people.press(second, second, otherNotice, 'Tôi đồng ý')
  expect(answer.text).toContain('đã có người dùng')
})

test('a new start code ends the one before', async () => {
  const old = await newStartCode()
  await newStartCode()
  const account = await at.people.add('Người đến muộn')
  expect((await at.people.ask(account, old)).text).toContain('đã hết hạn')
})

test('declining leaves nothing behind and says how to do without', async () => {
  const code = await newStartCode()
  const account = await at.people.add('Người từ chối')
  const notice = await at.people.ask(account, code)
  await at.people.press(account, account, notice, 'Không đồng ý')
  const declined = await at.people.next(account, account, ({ text }) => text.includes('chưa đồng ý'))
  expect(declined.text).toContain('bí thư nhập thay')
  const { database } = at.app.services
  expect(await database.form.count({ where: { accountId: BigInt(account) } })).toBe(0)
  expect(await database.appointment.count({ where: { accountId: BigInt(account) } })).toBe(0)
  expect(await database.auditEntry.count({ where: { actorAccountId: BigInt(account) } })).toBe(0)
})

test('a name that is no name is asked again, and a command before it changes nothing', async () => {
  const code = await newStartCode()
  const account = await at.people.add('Người gõ nhầm')
  const notice = await at.people.ask(account, code)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account, ({ text }) => text.includes('gõ tên'))
  expect((await at.people.ask(account, '12')).text).toContain('Tên chưa dùng được')
  // A command that is not for them yet does not lose the question.
  expect((await at.people.ask(account, '/menu')).text).toContain('trả lời câu hỏi ở trên')
  expect((await at.people.ask(account, 'Đảng bộ phường Lần Hai')).text).toContain('Đã lập')
})
