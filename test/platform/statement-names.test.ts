import { expect, it } from 'vitest'
import { nameStatements } from '../../src/platform/statement-names.ts'

it('names each statement once, and leaves those unnamed that come when enough have a name', () => {
  const nameOf = nameStatements()
  const names = Array.from({ length: 600 }, (_, nth) => nameOf({ sql: `SELECT ${nth}` }))
  expect(new Set(names.slice(0, 500)).size).toBe(500)
  expect(names.slice(500).every((name) => name === '')).toBe(true)
  expect(nameOf({ sql: 'SELECT 7' })).toBe(names[7])
})
