import { expect, it } from 'vitest'
import { drawBars } from '../../src/platform/chart.ts'

const year = (value: number | null) => ({
  title: 'Kết quả đánh giá 12 tháng',
  bars: Array.from({ length: 12 }, (_, month) => ({
    label: `${month + 1}`,
    value: month === 4 ? null : value,
    color: '#a4262c',
  })),
  maximum: 4,
})

it("bars become a picture in PNG of a telephone's width, and other bars another picture", () => {
  const png = drawBars(year(3))
  expect([...png.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG')
  expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(720)
  expect(Buffer.from(drawBars(year(3))).equals(Buffer.from(png))).toBe(true)
  expect(Buffer.from(drawBars(year(2))).equals(Buffer.from(png))).toBe(false)
})
