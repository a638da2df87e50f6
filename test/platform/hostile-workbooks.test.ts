import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/platform/reading/read-json.ts'
import { readWorkbook } from '../../src/platform/reading/read-workbook.ts'
import { hostileDocuments, hostileWorkbooks } from '../support/hostile-files.ts'

const refusal = /^common\.(file\.tooHeavy|workbook\.(notExcel|tooManyCells|noRows))$/

describe('a workbook made to hold up whoever reads it is refused by name', () => {
  it.each(Object.entries(hostileWorkbooks))('%s', async (_, build) => {
    const read = await readWorkbook(build(0.1))
    expect(read.ok ? 'read' : read.problem.code).toMatch(refusal)
  })
})

describe('so is a document', () => {
  it.each(Object.entries(hostileDocuments))('of %s', (_, build) => {
    const read = readJson(build())
    expect(read.ok ? 'read' : read.problem.code).toMatch(/^common\.file\.(tooHeavy|notJson)$/)
  })
})
