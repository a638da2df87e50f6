import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../src/domain/dates.ts'
import { writeWorkbook } from '../../src/platform/workbook.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { hostileWorkbooks, packed, sheetOf } from '../support/hostile-files.ts'
import { createTestWard, type TestBranch, type TestWard } from '../support/ward.ts'

let test: TestApp
let ward: TestWard
let branch: TestBranch
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test)
  const [first] = ward.branches
  if (!first) throw new Error('a ward without a branch')
  branch = first
})
afterAll(() => test.stop())

const refused = 'chưa được giao'

async function send(from: number, name: string, data: Uint8Array, caption?: string): Promise<string> {
  await test.people.sendFile(from, from, { name, data, ...(caption ? { caption } : {}) })
  return (await test.people.next(from, from)).text
}

/** How many times the bot asked for a file while this happened. */
async function fetches(act: () => Promise<unknown>): Promise<number> {
  const asked = async () => (await test.people.calls()).filter(({ method }) => method === 'getFile').length
  const before = await asked()
  await act()
  return (await asked()) - before
}

describe('whoever may not send a file here is told so, and it is not even fetched', () => {
  const workbook = () => writeWorkbook([{ sheet: 'Kết quả', rows: [['Số đảng viên', 'Họ và tên', 'Điểm']] }])

  it('a plain member, a probationary one and a secretary with a workbook of results, of people or of moves', async () => {
    const senders = [branch.members[1]?.account ?? 0, branch.probationary.account, branch.secretary.account]
    for (const sender of senders) {
      for (const name of ['ket-qua.xlsx', 'so.xlsx', 'cu.xls']) {
        const data = await workbook()
        expect(await fetches(async () => expect(await send(sender, name, data)).toContain(refused))).toBe(0)
      }
    }
  })

  it('a leader who is none any more, while their workbook is awaited', async () => {
    const { leader } = ward
    const { database } = test.app.services
    await test.people.ask(leader.account, '/ketqua')
    const endedOn = toUtcMidnight(Temporal.PlainDate.from('2026-11-20'))
    await database.position.updateMany({ where: { personId: leader.id }, data: { to: endedOn } })
    const data = await workbook()
    expect(await fetches(async () => expect(await send(leader.account, 'kq.xlsx', data)).toContain(refused))).toBe(0)
    await database.position.updateMany({ where: { personId: leader.id }, data: { to: null } })
    await test.people.ask(leader.account, '/huy')
  })

  it('an officer with a file larger than any that is read', async () => {
    const data = new Uint8Array(20_000_001)
    expect(
      await fetches(async () => expect(await send(ward.officer, 'to.xlsx', data)).toContain('lớn hơn 20 MB')),
    ).toBe(0)
  })
})

describe('a file that was made to hold the bot up', () => {
  it('is fetched and read once, however many capabilities look whether it is theirs, and answered with one sentence', async () => {
    const data = hostileWorkbooks['a million openings of a cell']?.() ?? new Uint8Array()
    const count = await fetches(async () => {
      expect(await send(ward.officer, 'so.xlsx', data)).toContain('không phải tệp Excel')
    })
    expect(count).toBe(1)
    const answers = (await test.people.read(ward.officer, ward.officer)).filter(({ text }) =>
      text.includes('tệp Excel'),
    )
    expect(answers).toHaveLength(1)
  })

  it('holds up nobody else: others are answered while it is read', async () => {
    // Takes seconds to read, and is nobody's fault.
    const data = packed(sheetOf('<x/>'.repeat(8_000_000)), {}, 1)
    await test.people.sendFile(ward.officer, ward.officer, { name: 'so.xlsx', data })
    const answered: string[] = []
    const officer = test.people.next(ward.officer, ward.officer).then(() => answered.push('officer'))
    for (let times = 0; times < 3; times++) {
      await test.people.say(branch.secretary.account, branch.secretary.account, '/menu')
      await test.people.next(branch.secretary.account, branch.secretary.account)
      answered.push('secretary')
    }
    await officer
    expect(answered).toEqual(['secretary', 'secretary', 'secretary', 'officer'])
  })
})
