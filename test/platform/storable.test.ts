import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { isDataError } from '../../src/platform/sql-state.ts'
import { isStorable, makeStorable, NotStorable, storableJson, storableText } from '../../src/platform/storable.ts'
import { openTestDatabase } from '../support/database.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Any row of UTF-16 units, with the ones that make trouble often among them. */
const units = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd800, 0xdc00, 0xdfff))
const texts = fc.array(units, { maxLength: 12 }).map((some) => String.fromCharCode(...some))

describe('what a database cannot hold', () => {
  it('is replaced unit by unit, so that entities keep pointing at their words', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const mended = storableText(text)
        expect(isStorable(mended)).toBe(true)
        expect(mended).toHaveLength(text.length)
        if (isStorable(text)) expect(mended).toBe(text)
      }),
    )
  })

  it('is gone from every depth of what came, names of fields too', async () => {
    const came = { a: ['x\0', { 'k\ud800': '\udfff' }], b: { c: [['\0']] } }
    makeStorable(came)
    expect(came).toEqual({ a: ['x\ufffd', { 'k\ufffd': '\ufffd' }], b: { c: [['\ufffd']] } })
    const [row] = await database.prisma.$queryRaw<{ held: unknown }[]>`
      SELECT ${JSON.stringify(came)}::jsonb AS "held"`
    expect(row?.held).toEqual(came)
  })

  it('is refused where it nests or stretches beyond anything meant to be kept', () => {
    let deep: object = {}
    for (let level = 0; level < 100_000; level++) deep = { deep }
    expect(() => makeStorable(deep)).toThrow(NotStorable)
    expect(() => makeStorable({ text: 'a'.repeat(101) }, 100)).toThrow(NotStorable)
  })

  it('is what a text becomes that is cut within an emoji, and is mended before it is written', async () => {
    const draft = storableJson({ title: 'Dọn vườn 🌳'.slice(0, -1) })
    const [row] = await database.prisma.$queryRaw<{ title: string }[]>`
      SELECT ${JSON.stringify(draft)}::jsonb->>'title' AS "title"`
    expect(row?.title).toBe('Dọn vườn \ufffd')
  })
})

it.each([
  ['22P05', true],
  ['22021', true],
  ['54000', true],
  ['08006', false],
  ['53100', false],
  ['25006', false],
  ['57P01', false],
  ['42P01', false],
])('of the errors of a database, %s is the fault of what was written: %s', (code, isFault) => {
  expect(isDataError(Object.assign(new Error(), { code }))).toBe(isFault)
})
