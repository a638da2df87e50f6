import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, likeness, mayName, normaliseName, searchKey, splitName } from '../../src/domain/names.ts'

describe('names', () => {
  test('a name typed in decomposed letters is the same name', () => {
    expect(normaliseName('  Nguyễn   Thị\u00a0Hằng '.normalize('NFD'))).toBe('Nguyễn Thị Hằng')
  })
  test('an eth from an old font is a đ', () => {
    expect(normaliseName('Ðỗ Văn Ðức')).toBe('Đỗ Văn Đức')
  })
  test('the given name is the last word', () => {
    expect(splitName('Trần Thị Thu Hà')).toEqual({ familyAndMiddle: 'Trần Thị Thu', given: 'Hà' })
    expect(splitName('Hà')).toEqual({ familyAndMiddle: '', given: 'Hà' })
  })
  test('search ignores diacritics and takes đ as d', () => {
    expect(searchKey('Đặng Thị Đượm')).toBe('dang thi duom')
  })
  test('registers are sorted by given name, then by the rest', () => {
    const sorted = ['Lê Văn Dũng', 'Trần An', 'Nguyễn Văn Đào', 'Bùi Thị An', 'Lê Ánh'].sort(compareNames)
    expect(sorted).toEqual(['Bùi Thị An', 'Trần An', 'Lê Ánh', 'Lê Văn Dũng', 'Nguyễn Văn Đào'])
  })
  test('the place of the tone mark and the case do not make two names', () => {
    expect(likeness('Nguyễn Thị Hoà', 'NGUYỄN THỊ HÒA')).toBe('same')
    expect(likeness('Nguyễn Thị Hoà', 'Nguyen Thi Hoa')).toBe('sameWithoutDiacritics')
    expect(likeness('Nguyễn Thị Hoà', 'Nguyễn Thị Hoan')).toBe('different')
  })
  test('a name is found in what people type, whatever stands around and between its words', () => {
    const name = 'Nguyễn Thị Thúy Hòa'
    const typed = [
      `Kỷ luật đồng chí ${name}?`,
      `${name}, ${name}:`,
      `“${name}”`,
      `(${name.toUpperCase()})`,
      'Nguyễn Thị Thuý Hoà.',
      'Nguyen Thi Thuy Hoa!',
      name.normalize('NFD'),
      'Nguyễn Thị Thú\u00ADy Hòa',
      'Nguyễn Thị\u200B Thúy\u00A0Hòa',
      'Nguyễn-Thị-Thúy-Hòa',
      'Nguyễn.Thị.Thúy.Hòa',
      'Nguyễn Hòa thôi chức?',
      'Cho thôi nhiệm vụ đ/c Hòa?',
      'Khen thưởng đồng chí Hòa, 2026',
      'Nguyễn Thị Thúy Hоa',
    ]
    for (const words of typed) expect(mayName(words, [name]), words).toBe(true)
    const others = ['Nhất trí nghị quyết tháng 12?', 'Hòa giải ở cơ sở', 'Nguyễn Thị Thúy Hoan?', 'đồng chí Hoàng', '']
    for (const words of others) expect(mayName(words, [name]), words).toBe(false)
  })
  test('normalising and searching change nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseName(normaliseName(text))).toBe(normaliseName(text))
        expect(searchKey(text.normalize('NFD'))).toBe(searchKey(text.normalize('NFC')))
      }),
    )
  })
})
