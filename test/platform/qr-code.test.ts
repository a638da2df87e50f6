import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { qrPicture } from '../../src/platform/qr-code.ts'

test('a QR code is a square grey PNG with a white border and the three squares that a camera looks for', () => {
  const png = Buffer.from(qrPicture('https://t.me/lienchi_bot?start=p_ABCD2345'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const side = png.readUInt32BE(16)
  expect(png.readUInt32BE(20)).toBe(side)
  const length = png.readUInt32BE(33)
  expect(png.subarray(37, 41).toString()).toBe('IDAT')
  const dots = inflateSync(png.subarray(41, 41 + length))
  expect(dots.length).toBe(side * (side + 1))
  const isBlack = (x: number, y: number) => dots[y * (side + 1) + 1 + x] === 0
  const [near, far] = [4 * 6, side - 4 * 6 - 1]
  expect(isBlack(near - 1, near)).toBe(false)
  expect([isBlack(near, near), isBlack(far, near), isBlack(near, far), isBlack(far, far)].slice(0, 3)).toEqual([
    true,
    true,
    true,
  ])
})
