import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createInflateRaw } from 'node:zlib'

interface Part {
  begins: number
  size: number
  isDeflated: boolean
}

const pieceSize = 64 * 1024

/**
 * The text of each part of a packed file, piece by piece, so that no part has to fit in memory. Throws RangeError where the file is
 * none, or cut. Format: PKWARE's APPNOTE 6.3, without its parts for files beyond 4 GB.
 */
export function zipParts(data: Uint8Array): (name: string) => AsyncGenerator<string> | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const parts = partsOf(bytes)
  return (name) => {
    const part = parts.get(name)
    return part ? textOf(bytes, part) : null
  }
}

async function* textOf(bytes: Buffer, { begins, size, isDeflated }: Part): AsyncGenerator<string> {
  const packed = Readable.from(piecesOf(bytes.subarray(begins, begins + size)))
  const decoder = new StringDecoder('utf8')
  const unpacked = isDeflated ? packed.pipe(createInflateRaw()) : packed
  for await (const piece of unpacked) yield decoder.write(piece)
  yield decoder.end()
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize)
}

/** Reads the list at the end of the file; what follows it is a comment of at most 65,535 bytes. */
function partsOf(bytes: Buffer): Map<string, Part> {
  const end = bytes.lastIndexOf('PK\u0005\u0006', -22, 'latin1')
  if (end < 0) throw new RangeError('not a packed file')
  const parts = new Map<string, Part>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new RangeError('the list of parts is cut')
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))
    const nameEnds = at + 46 + (name ?? 0)
    const header = bytes.readUInt32LE(at + 42)
    parts.set(bytes.toString('utf8', at + 46, nameEnds), {
      begins: header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28),
      size: bytes.readUInt32LE(at + 20),
      isDeflated: bytes.readUInt16LE(at + 10) === 8,
    })
    at = nameEnds + (extra ?? 0) + (comment ?? 0)
  }
  return parts
}
