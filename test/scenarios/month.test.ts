import { expect, it } from 'vitest'
import type { Move } from '../../src/demo/stage.ts'
import { openTheatre } from '../../src/demo/theatre.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { unpaced } from '../../src/telegram/pace.ts'
import { openTestDatabase } from '../support/database.ts'

it('a month is played in a ward of 642 members, and everything in it happens', { timeout: 120_000 }, async () => {
  const theatre = await openTheatre(loadTexts(), { database: await openTestDatabase(), pace: unpaced })
  const moves: Move[] = []
  try {
    const { scenes, checks } = await theatre.perform(async (move) => {
      moves.push(move)
    })
    expect(scenes).toBe(8)
    expect(checks).toBeGreaterThanOrEqual(12)
    await theatre.app.settle()
    const { database } = theatre.app.services
    expect(await database.delivery.groupBy({ by: ['state'], _count: true })).toEqual([
      { state: 'sent', _count: expect.any(Number) },
    ])
    expect(await database.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'parked'`).toEqual([])
  } finally {
    await theatre.close()
  }
  const told = moves.map(({ text }) => text).join('\n')
  expect(told).toContain('0 dòng thay đổi')
  expect(told).toContain('nhận đúng 3 cán bộ của mình, không có ai khác')
})
