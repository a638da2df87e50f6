import { expect, it } from 'vitest'
import { loadTexts } from '../../src/platform/texts.ts'

const texts = loadTexts()

it('fills values in as they are, whatever people wrote in them', () => {
  for (const name of ['{{title}}', '$t(common:cancel)', '$&', '<b>An</b>']) {
    expect(texts('notices:issuer', { name, title: 'Bí thư' })).toBe(`Đồng chí ${name}, Bí thư`)
  }
})

it('throws where a value is not given, and knows no key that is not there', () => {
  expect(() => texts('notices:issuer', { name: 'An' })).toThrow('a value for {{title}} is missing')
  expect(texts.find('domain:levels.khá')).toBeNull()
  expect(texts.find('domain:levels.good')).toBe('Hoàn thành tốt nhiệm vụ')
})

it('says levels and days in problems as people read them', () => {
  expect(texts.problem({ code: 'pack.none', params: { on: '2026-11-30' } })).toContain('30/11/2026')
})
