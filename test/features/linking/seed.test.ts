import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectGroup, privateChatOf, seedLinks } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { contextOf, orThrow } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

test('the program links 500 people at once, with the rows that invitations leave', async () => {
  const ward = await createTestWard(at)
  const people = Array.from({ length: 500 }, (_, index) => ({
    wardId: ward.id,
    number: `S-${index}`,
    fullName: `Người ${index}`,
    searchName: `nguoi ${index}`,
  }))
  const created = await db().person.createManyAndReturn({ data: people, select: { id: true } })
  const links = created.map(({ id }, index) => ({
    personId: id,
    accountId: BigInt(9_000_000 + index),
    accountName: `Máy ${index}`,
  }))
  await seedLinks(at.app.context(), { links })
  const [first] = created
  expect(await privateChatOf(db(), first?.id ?? 0)).toBe(9_000_000n)
  expect(
    await db().accountLink.count({ where: { consentVersion: '2026-11', accountName: { startsWith: 'Máy ' } } }),
  ).toBe(500)
  expect(await db().auditEntry.count({ where: { action: 'account.linked', wardId: ward.id } })).toBe(500)
})

test('nobody but the program links in bulk, and the program connects groups without telling anybody', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const context = await contextOf(at, ward.officer)
  await expect(seedLinks(context, { links: [] })).rejects.toThrow('only the program')
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  await db().groupLink.deleteMany({ where: { organisationId: branch.id } })
  const before = await db().delivery.count()
  const input = { branchId: branch.id, chatId: -1_009_999n, title: 'Nhóm' }
  const first = orThrow(await connectGroup(at.app.context(), input))
  const second = orThrow(await connectGroup(at.app.context(), input))
  expect(second).toEqual({ ...first, already: true })
  expect(await db().delivery.count()).toBe(before)
})
