import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listMembers, viewMember } from '../../../src/features/registry/view-members.ts'
import { createContext } from '../../../src/platform/context.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'
import { newOfficer, send } from './chat.ts'
import { branchLine, memberLine, workbook } from './workbooks.ts'

let test: TestApp
let ward: TestWard
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test, { branches: 2 })
})
afterAll(() => test.stop())

const branch = (index: number) => {
  const found = ward.branches[index]
  if (!found) throw new Error(`no branch ${index}`)
  return found
}

describe('/danhba', () => {
  it('shows a secretary their own branch, numbered, by given name, with the status', async () => {
    const { text } = await test.people.ask(branch(0).secretary.account, '/danhba')
    expect(text).toMatch(/^Chi bộ tổ dân phố số 1\n7 đảng viên\n/)
    expect(text.split('\n').filter((line) => /^\d+\./.test(line))).toHaveLength(7)
    expect(text).toContain('Phạm Văn Dự Bị 1 (1956), Đảng viên dự bị')
  })

  it('opens a member by the number typed back', async () => {
    const { account } = branch(0).secretary
    const list = await test.people.ask(account, '/danhba')
    const number = /(\d+)\. Nguyễn Thị Bí Thư 1/.exec(list.text)?.[1] ?? ''
    const card = await test.people.ask(account, number)
    expect(card.text).toContain('Nguyễn Thị Bí Thư 1')
    expect(card.text).toContain('Chức vụ: Bí thư Chi bộ tổ dân phố số 1')
    expect(card.text).toContain('Điện thoại: chưa có trong sổ')
  })

  it('lets an officer choose a branch, by button or by name', async () => {
    const list = await test.people.ask(ward.officer, '/danhba')
    expect(list.text).toContain('2. Chi bộ tổ dân phố số 2')
    expect((await test.people.ask(ward.officer, '2')).text).toMatch(/^Chi bộ tổ dân phố số 2/)
    expect((await test.people.ask(ward.officer, '/danhba tdp01')).text).toMatch(/^Chi bộ tổ dân phố số 1/)
    expect((await test.people.ask(ward.officer, '/danhba to dan pho so 2')).text).toMatch(/^Chi bộ tổ dân phố số 2/)
    expect((await test.people.ask(ward.officer, '/danhba mặt trăng')).text).toContain(
      'Không tìm thấy chi bộ «mặt trăng»',
    )
  })

  it('is refused to a plain member, and to a secretary for another branch, also through a forged button', async () => {
    const member = branch(0).members[1]?.account ?? 0
    expect((await test.people.ask(member, '/danhba')).text).toContain('chưa được giao')
    const { services } = test.app
    for (const account of [member, branch(1).secretary.account]) {
      const speaker = await speakerOf(services.database, { id: BigInt(account), name: '' }, services.clock.now())
      const ctx = createContext(services, speaker.actor, null)
      const denied = { problem: { code: 'access.denied' } }
      expect(await listMembers(ctx, { branchId: branch(0).id })).toMatchObject(denied)
      expect(await viewMember(ctx, { personId: branch(0).secretary.id })).toMatchObject(denied)
    }
  })

  it('comes in pages of twenty', async () => {
    const { account } = await newOfficer(test)
    const members = Array.from({ length: 45 }, (_, index) => memberLine(index))
    const preview = await send(test, account, workbook({ branches: [branchLine(1)], members }))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const first = await test.people.ask(account, '/danhba')
    expect(first.text).toContain('\n20. ')
    expect(first.text).not.toContain('\n21. ')
    await test.people.press(account, account, first, 'Trang sau')
    const second = await test.people.next(account, account)
    expect(second.text).toContain('\n21. ')
    const card = await test.people.ask(account, '45')
    expect(card.text).toContain('Số đảng viên: ĐV')
  })

  it('lets an officer of many branches turn the pages of the branches too', async () => {
    const { account } = await newOfficer(test)
    const branches = Array.from({ length: 23 }, (_, index) => branchLine(index + 1))
    const preview = await send(test, account, workbook({ branches }))
    await test.people.press(account, account, preview, 'Nhập vào sổ')
    const first = await test.people.ask(account, '/danhba')
    await test.people.press(account, account, first, 'Trang sau')
    const second = await test.people.next(account, account)
    expect(second.text).toContain('23. Chi bộ tổ dân phố số 23')
    expect((await test.people.ask(account, '23')).text).toMatch(/^Chi bộ tổ dân phố số 23\n0 đảng viên/)
  })

  it('of an empty register says how to fill it', async () => {
    const { account } = await newOfficer(test)
    expect((await test.people.ask(account, '/danhba')).text).toContain('/mau')
  })
})

describe('/timnguoi', () => {
  it('finds by number, by name without diacritics, and by the beginnings of words', async () => {
    const { secretary } = branch(0)
    for (const query of [secretary.number, 'nguyen thi bi thu 1', 'NGUYỄN 1', 'bi th 1']) {
      const found = await test.people.ask(ward.officer, `/timnguoi ${query}`)
      expect(found.text).toMatch(/^Nguyễn Thị Bí Thư 1\nSố đảng viên/)
    }
  })

  it('finds by telephone however it is written, by branch, and by name within a branch', async () => {
    const { secretary, deputy } = branch(1)
    const { database } = test.app.services
    await database.person.update({ where: { id: secretary.id }, data: { phone: '0912345678' } })
    for (const query of ['0912345678', '+84 912 345 678', '912.345.678'])
      expect((await test.people.ask(ward.officer, `/timnguoi ${query}`)).text).toMatch(/^Nguyễn Thị Bí Thư 2\n/)
    const all = await test.people.ask(ward.officer, '/timnguoi tdp02')
    expect(all.text).toMatch(/^Tìm thấy 7 đồng chí/)
    expect((await test.people.ask(ward.officer, '/timnguoi van pho tdp02')).text).toContain(deputy.fullName)
    expect((await test.people.ask(ward.officer, '/timnguoi tổ dân phố số 2')).text).toMatch(/^Chi bộ tổ dân phố số 2/)
    expect((await test.people.ask(branch(0).secretary.account, '/timnguoi tdp02')).text).toContain('Không tìm thấy')
  })

  it('says of a probationary member when the twelve months are over', async () => {
    const { text } = await test.people.ask(ward.officer, '/timnguoi du bi 1')
    expect(text).toContain('Hết 12 tháng dự bị: 01/01/2025')
  })

  it('lists several of one name with their branches, and opens one by its number', async () => {
    const list = await test.people.ask(ward.officer, '/timnguoi bi thu')
    expect(list.text).toMatch(/^Tìm thấy 2 đồng chí/)
    expect(list.text).toContain('Chi bộ tổ dân phố số 2')
    expect((await test.people.ask(ward.officer, '1')).text).toMatch(/^Nguyễn Thị Bí Thư/)
  })

  it('asks for the name where none is given, and looks for what is typed', async () => {
    expect((await test.people.ask(ward.officer, '/timnguoi')).text).toContain('gõ họ tên, số đảng viên')
    expect((await test.people.ask(ward.officer, 'du bi 2')).text).toMatch(/^Phạm Văn Dự Bị 2/)
  })

  it('says so where nobody is found', async () => {
    expect((await test.people.ask(ward.officer, '/timnguoi %_ zzz')).text).toContain('Không tìm thấy ai là «%_ zzz»')
  })

  it('shows a secretary nobody of another branch', async () => {
    const answer = await test.people.ask(branch(0).secretary.account, '/timnguoi du bi 2')
    expect(answer.text).toContain('Không tìm thấy')
  })

  it('is for those who lead or keep the register', async () => {
    const member = branch(0).members[1]?.account ?? 0
    expect((await test.people.ask(member, '/timnguoi du bi')).text).toContain('chưa được giao')
  })
})
