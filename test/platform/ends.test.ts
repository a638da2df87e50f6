import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The tables named in the first column of the page's list. */
function listed(): string[] {
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const part = /### How long rows stay\n([\s\S]*?)\n### /.exec(page)?.[1] ?? ''
  return [...part.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  )
}

test('the operations page says of every table, once, how long its rows stay', () => {
  const schemas = globSync('prisma/schema/*.prisma', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  )
  const models = schemas.flatMap((text) => [...text.matchAll(/^model (\w+) \{/gm)].map(([, name = '']) => name))
  expect(models.length).toBeGreaterThan(70)
  expect(listed().toSorted()).toEqual(models.toSorted())
})

test('every number of days and months that the page takes from the privacy pack is the pack’s own', () => {
  const pack = JSON.parse(readFileSync(join(root, 'src/domain/packs/privacy-2026-91.json'), 'utf8'))
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const row = (table: string) => new RegExp(`^\\| \`${table}\`.*$`, 'm').exec(page)?.[0] ?? ''
  expect(row('Delivery')).toContain(`${pack.undeliveredDays} days (*)`)
  expect(row('Delivery')).toContain(`${pack.retentionMonths.deliveries} months (*)`)
  expect(row('AccessCode')).toContain(`${pack.retentionMonths.codes} months (**)`)
  expect(row('AccountLink')).toContain(`${pack.retentionMonths.endedAccounts} months (**)`)
  expect(row('GroupAccount')).toContain(`${pack.retentionMonths.groupAccounts} months (**)`)
  expect(row('TaskReport')).toContain(`${pack.retentionMonths.reports} months (**)`)
  expect(row('DataRequest')).toContain(`${pack.retentionMonths.dataRequests} months (**)`)
})
