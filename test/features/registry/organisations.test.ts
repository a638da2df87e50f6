import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'

let test: TestApp
let ward: TestWard
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test, { branches: 3 })
  await plantTree()
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const day = (text: string) => toUtcMidnight(Temporal.PlainDate.from(text))
const branch = (index: number) => {
  const found = ward.branches[index]
  if (!found) throw new Error(`no branch ${index}`)
  return found
}

/** A grassroots organisation of a kind that the ward named itself, over the third branch; two party groups in the first. */
async function plantTree(): Promise<void> {
  const kind = await db().organisationKind.create({
    data: { wardId: ward.id, name: 'Đảng bộ Công an phường', form: 'grassrootsOrg' },
  })
  const base = { wardId: ward.id, sector: 'police', openedOn: day('2025-07-01'), openedBy: 'Quyết định 12-QĐ/ĐU' }
  const police = await db().organisation.create({
    data: { ...base, kind: 'grassrootsOrg', namedKindId: kind.id, code: 'CS01', name: 'Đảng bộ cơ sở Công an' },
  })
  await db().organisation.update({ where: { id: branch(2).id }, data: { parentId: police.id } })
  for (const nth of [1, 2]) {
    const name = `Tổ đảng số ${nth}`
    await db().organisation.create({
      data: { ...base, kind: 'partyGroup', code: `TĐ0${nth}`, name, parentId: branch(0).id },
    })
  }
  await db().organisation.create({
    data: {
      ...base,
      kind: 'branch',
      code: 'CBCQ',
      name: 'Chi bộ cơ quan phường',
      dissolvedOn: day('2025-12-31'),
      dissolvedBy: 'Quyết định 30-QĐ/ĐU',
    },
  })
  for (const [name, households, residents] of [
    ['Tổ dân phố số 1', 254, 1025],
    ['Tổ dân phố số 2', 300, 1200],
  ] as const) {
    await db().residentialGroup.create({
      data: { wardId: ward.id, organisationId: branch(0).id, name, households, residents },
    })
  }
}

describe('/tochuc', () => {
  it('shows the ward with its counts and its roots, and opens one by button or number down to a branch and up again', async () => {
    const root = await test.people.ask(ward.officer, '/tochuc')
    expect(root.text).toContain(ward.name)
    expect(root.text).toContain('1 tổ chức cơ sở đảng, 3 chi bộ, 2 tổ đảng')
    expect(root.text).toContain('21 đảng viên')
    expect(root.text).toContain('2 tổ dân phố: 554 hộ, 2.225 nhân khẩu')
    expect(root.text).toContain('1. Đảng bộ cơ sở Công an: Đảng bộ Công an phường, 7 đảng viên')
    const police = await test.people.ask(ward.officer, '1')
    expect(police.text).toContain('Loại: Đảng bộ Công an phường, mã CS01')
    expect(police.text).toContain('Thành lập: 01/07/2025 (Quyết định 12-QĐ/ĐU)')
    const below = await test.people.ask(ward.officer, '1')
    expect(below.text).toContain(branch(2).name)
    expect(buttonsOf(below)).toContain('Xem đảng viên')
    await test.people.press(ward.officer, ward.officer, below, 'Lên: Đảng bộ cơ sở Công an')
    const up = await test.people.next(ward.officer, ward.officer)
    await test.people.press(ward.officer, ward.officer, up, 'Lên: toàn phường')
    expect((await test.people.next(ward.officer, ward.officer)).text).toContain(ward.name)
  })

  it('shows a secretary their own branch with its party groups and residential groups, and nothing above it', async () => {
    const { account } = branch(0).secretary
    const own = await test.people.ask(account, '/tochuc')
    expect(own.text).toContain(branch(0).name)
    expect(own.text).toContain('Tổ dân phố số 1: 254 hộ, 1.025 nhân khẩu')
    expect(own.text).toContain('1. Tổ đảng số 1: Tổ đảng')
    expect((await test.people.ask(account, '1')).text).toContain('Loại: Tổ đảng, mã TĐ01')
    const again = await test.people.ask(account, '/tochuc')
    const told = await test.people.press(account, account, again, 'Lên: toàn phường')
    expect(told.text).toContain('chưa được giao')
    const other = await test.people.press(
      branch(1).secretary.account,
      branch(1).secretary.account,
      await test.people.ask(branch(1).secretary.account, '/tochuc'),
      'Lên: toàn phường',
    )
    expect(other.text).toContain('chưa được giao')
  })

  it('keeps what is dissolved, with its last day and the instrument', async () => {
    const root = await test.people.ask(ward.leader.account, '/tochuc')
    expect(root.text).not.toContain('Chi bộ cơ quan phường')
    await test.people.press(ward.leader.account, ward.leader.account, root, 'Xem tổ chức đã giải thể (1)')
    const past = await test.people.next(ward.leader.account, ward.leader.account)
    expect(past.text).toContain('1. Chi bộ cơ quan phường: giải thể 31/12/2025')
    const node = await test.people.ask(ward.leader.account, '1')
    expect(node.text).toContain('Giải thể: 31/12/2025 (Quyết định 30-QĐ/ĐU)')
  })

  it('is refused to a plain member and for another ward’s node', async () => {
    expect((await test.people.ask(branch(0).members[1]?.account ?? 0, '/tochuc')).text).toContain('chưa được giao')
    const other = await createTestWard(test)
    const root = await test.people.ask(other.officer, '/tochuc')
    const data = `rorg:${branch(0).id}`
    await test.sandbox.world.press({ from: other.officer, chat: other.officer, message: root.id, button: '', data })
    await test.app.settle()
    const seen = await test.people.read(other.officer, other.officer)
    expect(seen.some(({ text }) => text.includes('Tổ đảng số 1'))).toBe(false)
  })
})
