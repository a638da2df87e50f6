import { expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'

it('opens two databases in one process, each with its own rows', async () => {
  const [first, second] = [await openDatabase({ memory: true }), await openDatabase({ memory: true })]
  await first.prisma.ward.create({ data: { name: 'Phường Một', createdAt: new Date() } })
  expect(await first.prisma.ward.count()).toBe(1)
  expect(await second.prisma.ward.count()).toBe(0)
  await first.close()
  await second.close()
})
