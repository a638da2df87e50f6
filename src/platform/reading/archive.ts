import { Buffer } from 'node:buffer'
import { setImmediate as breathe } from 'node:timers/promises'
import { createInflateRaw } from 'node:zlib'
import { notExcel, tooHeavy } from './refusal.ts'

/** The parts of a packed file, unpacked piece by piece while they are read. */
export interface Archive {
  has(name: string): boolean
  /** Throws a `Refusal` where all that was read of the archive comes to more bytes than {@link mostUnpacked}. */
  read(name: string): AsyncGenerator<Uint8Array>
}

interface Entry {
  /** Where the bytes of its local header begin. */
  offset: number
  packedBytes: number
  isPacked: boolean
}

/** What a sheet of 20,000 rows and thirty columns takes, twice. Counted as it comes out: a declared size says nothing. */
const mostUnpacked = 64_000_000
/** A workbook has a dozen parts and a few pictures. */
const mostEntries = 2000
const pieceBytes = 65_536

/**
 * Opens a zip archive by the directory at its end, which alone says what is in it. Throws a `Refusal` for one that has the
 * same name twice or too many names, and whatever it finds for one that is broken.
 */
export function openArchive(data: Uint8Array): Archive {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const entries = readDirectory(bytes)
  let unpacked = 0
  return {
    has: (name) => entries.has(name),
    read: async function* (name) {
      const entry = entries.get(name)
      if (!entry) throw notExcel()
      const stored = contentOf(bytes, entry)
      for await (const piece of entry.isPacked ? inflate(stored) : inPieces(stored)) {
        unpacked += piece.length
        if (unpacked > mostUnpacked) throw tooHeavy()
        yield piece
      }
    },
  }
}

/** The numbers that mark the records of a zip file (APPNOTE 6.3.10, 4.3). */
const marks = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, bigEnd: 0x06064b50, bigLocator: 0x07064b50 }
const big32 = 0xffff_ffff

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const { count, offset } = findDirectory(bytes)
  if (count > mostEntries) throw tooHeavy()
  const entries = new Map<string, Entry>()
  let at = offset
  for (let index = 0; index < count; index++) {
    expectMark(bytes, at, marks.entry)
    const method = bytes.readUInt16LE(at + 10)
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
    const name = bytes.toString('utf8', at + 46, nameEnd)
    const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    if (entries.has(name) || isEncrypted || (method !== 0 && method !== 8)) throw notExcel()
    const sizes = bigSizes(bytes, at, bytes.subarray(nameEnd, extraEnd))
    entries.set(name, { ...sizes, isPacked: method === 8 })
    at = extraEnd + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function findDirectory(bytes: Buffer): { count: number; offset: number } {
  const mark = Buffer.alloc(4)
  mark.writeUInt32LE(marks.end)
  const end = bytes.lastIndexOf(mark)
  if (end < 0) throw notExcel()
  const count = bytes.readUInt16LE(end + 10)
  const offset = bytes.readUInt32LE(end + 16)
  if (count !== 0xffff && offset !== big32) return { count, offset }
  expectMark(bytes, end - 20, marks.bigLocator)
  const bigEnd = number64(bytes, end - 12)
  expectMark(bytes, bigEnd, marks.bigEnd)
  return { count: number64(bytes, bigEnd + 32), offset: number64(bytes, bigEnd + 48) }
}

/** Numbers that do not fit into 32 bits stand in the extra field 1, in this order, and only those that do not fit. */
function bigSizes(bytes: Buffer, at: number, extra: Buffer): { packedBytes: number; offset: number } {
  const small = {
    unpacked: bytes.readUInt32LE(at + 24),
    packedBytes: bytes.readUInt32LE(at + 20),
    offset: bytes.readUInt32LE(at + 42),
  }
  if (small.packedBytes !== big32 && small.offset !== big32) return small
  let field = 0
  while (extra.readUInt16LE(field) !== 1) field += 4 + extra.readUInt16LE(field + 2)
  field += 4
  const next = (value: number) => {
    if (value !== big32) return value
    field += 8
    return number64(extra, field - 8)
  }
  next(small.unpacked)
  const packedBytes = next(small.packedBytes)
  return { packedBytes, offset: next(small.offset) }
}

function contentOf(bytes: Buffer, { offset, packedBytes }: Entry): Buffer {
  expectMark(bytes, offset, marks.local)
  const begin = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (begin + packedBytes > bytes.length) throw notExcel()
  return bytes.subarray(begin, begin + packedBytes)
}

async function* inflate(packed: Buffer): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: pieceBytes })
  stream.end(packed)
  yield* stream
}

async function* inPieces(stored: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < stored.length; at += pieceBytes) {
    await breathe()
    yield stored.subarray(at, at + pieceBytes)
  }
}

function expectMark(bytes: Buffer, at: number, mark: number): void {
  if (bytes.readUInt32LE(at) !== mark) throw notExcel()
}

function number64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at))
}
