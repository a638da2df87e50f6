import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

it("an officer keeps the ward's table: days off, days worked all the same, taken out by their number", async () => {
  const ward = await createTestWard(test, { branches: 1, members: 4 })
  const ask = (text: string) => test.people.ask(ward.officer, text)
  const first = await ask('/ngaynghi')
  expect(first.text).toContain('05/02/2027 – 09/02/2027')
  expect(first.text).toContain('Phường chưa nhập thêm')
  await test.people.press(ward.officer, ward.officer, first, 'Thêm ngày nghỉ')
  await test.people.next(ward.officer, ward.officer, ({ text }) => text.startsWith('Nghỉ những ngày nào?'))
  expect((await ask('10/02/2027')).text).toContain('Chưa có tên')
  expect((await ask('20/02/2027 đến 10/02/2027: Nghỉ Tết')).text).toContain('Ngày cuối đứng trước')
  expect((await ask('31/02/2027: Nghỉ')).text).toContain('Không có ngày')
  expect((await ask('10/02/2027 đến 12/02/2027: Nghỉ bù Tết')).text).toContain('Đã nhập 10/02/2027 – 12/02/2027')
  const second = await ask('/ngaynghi')
  expect(second.text).toContain('1. 10/02/2027 – 12/02/2027: Nghỉ bù Tết')
  await ask('1')
  expect(await test.app.services.database.dayOff.count()).toBe(0)
  const [branch] = ward.branches
  const refused = await test.people.ask(branch?.secretary.account ?? 0, '/ngaynghi')
  expect(refused.text).toContain('chưa được giao')
})
