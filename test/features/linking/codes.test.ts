import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCodeIn, hashCode, newCode, readCode, showCode } from '../../../src/features/linking/codes.ts'

test('a code has eight characters that survive being read aloud, a letter and a digit among them', () => {
  for (let round = 0; round < 500; round++) {
    const code = newCode()
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{8}$/)
    expect(code).toMatch(/[A-Z]/)
    expect(code).toMatch(/\d/)
  }
})

test('a code is found however it is typed, and inside a link or a forwarded invitation', () => {
  const code = fc.constant(null).map(newCode)
  const writings: ((code: string) => string)[] = [
    (one) => one,
    showCode,
    (one) => showCode(one).toLowerCase(),
    (one) => `  ${one.slice(0, 4)} ${one.slice(4)} `,
    (one) => `p_${one}`,
    (one) => `https://t.me/lienchi_bot?start=p_${one}`,
    (one) => `Kính gửi đồng chí A\nhttps://t.me/lienchi_bot?startgroup=g_${one}\nXin đừng chuyển.`,
  ]
  fc.assert(
    fc.property(code, fc.constantFrom(...writings), (one, write) => {
      expect(findCodeIn(write(one))).toBe(one)
    }),
  )
})

test.each([
  'toan dung',
  'xin chào',
  'chao',
  '0912345678',
  'Nguyễn Văn A',
  'Tôi đã kết nối rồi',
  '',
  '30/11/2026',
  'CAMONNHE',
])('what people say is no code: %s', (text) => expect(findCodeIn(text)).toBeNull())

test('a wrong code that looks like one is taken for one, so that it gets its answer', () => {
  expect(findCodeIn('ABCD-EFGH')).toBe('ABCDEFGH')
  expect(findCodeIn('oil0-1111')).toBe('OIL01111')
})

test('only the hash of a code could be kept: it does not hold the code', () => {
  const code = newCode()
  expect(hashCode(code)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashCode(readCode(showCode(code)))).toBe(hashCode(code))
})
