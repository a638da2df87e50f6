import { badRequest } from '../errors.ts'
import { fileById, storeFile } from '../files/store.ts'
import type { MediaKind, StoredFile } from '../model.ts'
import type { Call } from './call.ts'

const MEGABYTE = 1024 * 1024
const LARGEST: Partial<Record<MediaKind, number>> = { photo: 10 * MEGABYTE }
const LARGEST_FILE = 50 * MEGABYTE

const TYPE_NAMES: Record<MediaKind, string> = {
  document: 'Document',
  photo: 'Photo',
  audio: 'Audio',
  video: 'Video',
  animation: 'Animation',
  voice: 'VoiceNote',
  video_note: 'VideoNote',
  sticker: 'Sticker',
}

/** The file a parameter means: a part of the form, `attach://part`, or a file_id of this bot. */
export function fileFor(call: Call, name: string, kind: MediaKind): StoredFile {
  const { params } = call
  const value = params.text(name).trim()
  const part = params.files.get(value.startsWith('attach://') ? value.slice(9) : value === '' ? name : '')
  if (part) return checkedKind(store(call, part, kind), kind)
  if (value === '' || value.startsWith('attach://')) {
    throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`)
  }
  return fileByReference(call, value, kind)
}

export function fileByReference(call: Call, value: string, kind: MediaKind): StoredFile {
  if (value.startsWith('attach://')) {
    const part = call.params.files.get(value.slice(9))
    if (!part) throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`)
    return checkedKind(store(call, part, kind), kind)
  }
  // The sandbox lives without a network, so files by address always fail as an unreachable one would.
  if (/^https?:\/\//i.test(value)) throw badRequest('failed to get HTTP URL content')
  const found = fileById(call.state, call.bot, value)
  if (!found) throw badRequest('wrong file identifier/HTTP URL specified')
  const isFree = kind === 'document' && found.kind !== 'photo'
  if (found.kind !== kind && !isFree) {
    throw badRequest(`can't use file of type ${TYPE_NAMES[found.kind]} as ${TYPE_NAMES[kind]}`)
  }
  return found.file
}

function store(call: Call, part: Parameters<typeof storeFile>[1], kind: MediaKind): StoredFile {
  if (part.bytes.length === 0) throw badRequest('file must be non-empty')
  const largest = LARGEST[kind] ?? LARGEST_FILE
  if (part.bytes.length > largest) {
    const what = `file of size ${part.bytes.length} bytes is too big for a ${kind}`
    throw badRequest(`${what}; the maximum size is ${largest} bytes`)
  }
  return storeFile(call.state, part)
}

function checkedKind(file: StoredFile, kind: MediaKind): StoredFile {
  if (kind !== 'photo') return file
  const { width, height } = file
  if (width === undefined || height === undefined) throw badRequest('IMAGE_PROCESS_FAILED')
  const isOdd = width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)
  if (width === 0 || height === 0 || isOdd) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  return file
}
