import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

/** White modules around the code, as ISO/IEC 18004 asks for. */
const border = 4
/** Dots of a module: sharp on paper at the size of a stamp. */
const scale = 6

/** The text as a QR code, a PNG in black and white. A quarter of a bent or stained code may be lost (level Q). */
export function qrPicture(text: string): Uint8Array {
  const { data } = encode(text, { ecc: 'Q', border })
  const rows = data.flatMap((modules) => {
    const dots = modules.flatMap((isBlack) => Array.from({ length: scale }, () => (isBlack ? 0 : 255)))
    // The leading 0: no filter.
    return Array.from({ length: scale }, () => Uint8Array.from([0, ...dots]))
  })
  const side = data.length * scale
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  // Eight bits of grey; the zeros after them: no palette, deflate, no filter method, not interlaced.
  head[8] = 8
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
