import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { qrPicture } from '../../src/platform/qr-code.ts'
import { type GreyPicture, readGreyPng, readQr } from '../support/read-qr.ts'

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

const link = 'https://t.me/lienchi_bot?start=p_ABCD2345'

test('an independent reader reads the link, whatever the name of the bot', () => {
  for (const text of [link, `https://t.me/${'a'.repeat(32)}?start=p_WXYZ6789`]) {
    expect(readQr(readGreyPng(qrPicture(text)))).toBe(text)
  }
})

test('it is read from a paper held askew, and with a stain over a part of it', () => {
  const picture = readGreyPng(qrPicture(link))
  expect(readQr(turned(picture, 0.4))).toBe(link)
  expect(readQr(stained(picture, 0.22))).toBe(link)
  expect(readQr(stained(picture, 0.7))).toBeNull()
})

/** The picture turned about its middle, on a white sheet that holds it whole. */
function turned({ width, dots }: GreyPicture, angle: number): GreyPicture {
  const side = Math.ceil(width * 1.5)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const sheet = new Uint8Array(side * side).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x - side / 2, y - side / 2]
      const from = [Math.round(cos * dx + sin * dy + width / 2), Math.round(cos * dy - sin * dx + width / 2)]
      const [fromX = -1, fromY = -1] = from
      if (fromX >= 0 && fromY >= 0 && fromX < width && fromY < width)
        sheet[y * side + x] = dots[fromY * width + fromX] ?? 255
    }
  }
  return { width: side, height: side, dots: sheet }
}

/** The picture with a grey square of so much of its side upon it, off the corners that a camera looks for. */
function stained({ width, height, dots }: GreyPicture, share: number): GreyPicture {
  const size = Math.round(width * share)
  const start = Math.round(width * 0.5 - size / 3)
  const stain = new Uint8Array(dots)
  for (let y = start; y < start + size; y++) stain.fill(0, y * width + start, y * width + Math.min(start + size, width))
  return { width, height, dots: stain }
}
