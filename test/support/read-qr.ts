import { inflateSync } from 'node:zlib'
import jsqr from 'jsqr'

/** A grey picture: one byte a dot, line after line. */
export interface GreyPicture {
  width: number
  height: number
  dots: Uint8Array
}

/** The dots of a PNG as `qrPicture` writes it: eight bits of grey, no filter, one part of data. */
export function readGreyPng(data: Uint8Array): GreyPicture {
  const png = Buffer.from(data)
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const length = png.readUInt32BE(33)
  const lines = inflateSync(png.subarray(41, 41 + length))
  const dots = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) dots.set(lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width)
  return { width, height, dots }
}

/** What a telephone's camera would read in the picture; null where it finds no code, or cannot read it. */
export function readQr({ width, height, dots }: GreyPicture): string | null {
  const colours = new Uint8ClampedArray(dots.length * 4)
  for (const [index, grey] of dots.entries()) colours.set([grey, grey, grey, 255], index * 4)
  const read = typeof jsqr === 'function' ? jsqr : jsqr.default
  return read(colours, width, height)?.data ?? null
}
