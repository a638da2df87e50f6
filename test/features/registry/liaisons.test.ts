import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestWard } from '../../support/ward.ts'
import { contextOf } from '../linking/support.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const day = (text: string) => toUtcMidnight(Temporal.PlainDate.from(text))
let numbers = 0

/** A resident of the branch's neighbourhood who belongs to a branch elsewhere. */
async function liaison(ward: TestWard, { id }: TestBranch, fullName: string, more: { commentExempt?: boolean } = {}) {
  const person = { wardId: ward.id, number: `C${++numbers}`, fullName, searchName: fullName.toLowerCase() }
  const { id: personId } = await db().person.create({ data: person })
  const kept = { personId, organisationId: id, workplace: 'Sở Tài chính', from: day('2025-01-01'), ...more }
  return db().residenceLiaison.create({ data: kept })
}

async function aWard(): Promise<{ ward: TestWard; branch: TestBranch; secretary: number }> {
  const ward = await createTestWard(test, { branches: 2 })
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  return { ward, branch, secretary: branch.secretary.account }
}

describe('/noicutru', () => {
  it('shows the secretary of whom the year’s comment is still to be written, and takes it in chat', async () => {
    const { ward, branch, secretary } = await aWard()
    await liaison(ward, branch, 'Đỗ Thị An')
    await liaison(ward, branch, 'Vũ Văn Bình', { commentExempt: true })
    const list = await test.people.ask(secretary, '/noicutru')
    expect(list.text).toContain('2 đồng chí. Nhận xét năm 2026: còn 1 đồng chí.')
    expect(list.text).toContain('1. Đỗ Thị An: chưa nhận xét năm 2026')
    expect(list.text).toContain('2. Vũ Văn Bình: miễn, không nhận xét')
    const card = await test.people.ask(secretary, '1')
    expect(card.text).toContain('Nơi công tác: Sở Tài chính')
    await test.people.press(secretary, secretary, card, 'Nhận xét năm 2026')
    await test.people.next(secretary, secretary, ({ text }) => text.includes('gõ nội dung'))
    expect((await test.people.ask(secretary, 'x'.repeat(2001))).text).toContain('dài quá 2000 ký tự')
    const kept = await test.people.ask(secretary, 'Gương mẫu, dự đủ các buổi họp tổ dân phố.')
    expect(kept.text).toContain('Đã ghi nhận xét năm 2026 về đồng chí Đỗ Thị An')
    await test.people.press(secretary, secretary, kept, 'Xem các đồng chí còn lại')
    const after = await test.people.next(secretary, secretary)
    expect(after.text).toContain('Nhận xét năm 2026: đã đủ.')
    const again = await test.people.ask(secretary, '1')
    expect(again.text).toContain('Năm 2026: Gương mẫu, dự đủ các buổi họp tổ dân phố.')
    expect(buttonsOf(again)).toEqual(['Sửa nhận xét năm 2026'])
    expect((await test.people.ask(secretary, '/viec')).text).not.toContain('nhận xét nơi cư trú')
  })

  it('owes the secretary the comments from November on, and the list of what is owed opens them', async () => {
    const { ward, branch, secretary } = await aWard()
    await liaison(ward, branch, 'Đỗ Thị An')
    const feature = test.app.features.find(({ name }) => name === 'registry')
    const ctx = await contextOf(test, secretary)
    const items = (await feature?.owed?.(ctx, branch.secretary.id)) ?? []
    expect(items.map(({ label }) => label)).toEqual([`${branch.name}: nhận xét nơi cư trú năm 2026, còn 1 đồng chí`])
  })

  it('is read by the committee and the ward, written by secretary and deputy only', async () => {
    const { ward, branch } = await aWard()
    const kept = await liaison(ward, branch, 'Đỗ Thị An')
    const seen = await test.people.ask(ward.officer, '/noicutru')
    await test.people.press(ward.officer, ward.officer, seen, '1')
    await test.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Đỗ Thị An'))
    const card = await test.people.ask(ward.officer, '1')
    expect(buttonsOf(card)).toEqual([])
    const data = `rcomment:${kept.id}`
    const told = await test.sandbox.world.press({
      from: ward.officer,
      chat: ward.officer,
      message: card.id,
      button: '',
      data,
    })
    expect(told.text).toContain('chưa được giao')
    const other = ward.branches[1]?.secretary.account ?? 0
    expect((await test.people.ask(other, '/noicutru')).text).toContain('chưa có ai giữ liên hệ nơi cư trú')
    const read = { action: { in: ['registry.liaisonsListed', 'registry.liaisonViewed'] }, wardId: ward.id }
    expect(await db().auditEntry.count({ where: read })).toBe(4)
  })

  it('takes no comment on one who has ended or is excused, and says why', async () => {
    const { ward, branch, secretary } = await aWard()
    const ended = await liaison(ward, branch, 'Hồ Văn Cường')
    const excused = await liaison(ward, branch, 'Vũ Văn Bình', { commentExempt: true })
    await db().residenceLiaison.update({ where: { id: ended.id }, data: { to: day('2026-01-31') } })
    const list = await test.people.ask(secretary, '/noicutru')
    const press = async (id: number) => {
      const data = `rcomment:${id}`
      await test.sandbox.world.press({ from: secretary, chat: secretary, message: list.id, button: '', data })
      return (await test.people.next(secretary, secretary)).text
    }
    expect(await press(ended.id)).toContain('đã thôi giữ liên hệ')
    const told = { from: secretary, chat: secretary, message: list.id, button: '', data: `rcomment:${excused.id}` }
    expect((await test.sandbox.world.press(told)).text).toContain('được miễn sinh hoạt nơi cư trú')
    expect(await db().residenceComment.count({ where: { liaisonId: { in: [ended.id, excused.id] } } })).toBe(0)
  })
})
