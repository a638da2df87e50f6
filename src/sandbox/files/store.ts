import type { Bot, MediaKind, StoredFile } from '../model.ts'
import type { State } from '../state.ts'
import { pictureSize } from './picture.ts'

/** First letters of a file_id by kind, as in Telegram, so that logs are easy to read. */
const PREFIXES: Record<MediaKind, string> = {
  photo: 'AgACAgUAAxk',
  document: 'BQACAgUAAxk',
  video: 'BAACAgUAAxk',
  audio: 'CQACAgUAAxk',
  voice: 'AwACAgUAAxk',
  animation: 'CgACAgUAAxk',
  video_note: 'DQACAgUAAxk',
  sticker: 'CAACAgUAAxk',
}

export interface Upload {
  name: string
  mime: string
  bytes: Buffer
}

/** Keeps an uploaded file for the life of the sandbox. */
export function storeFile(state: State, upload: Upload): StoredFile {
  const file: StoredFile = {
    index: state.data.files.length,
    name: upload.name,
    mime: upload.mime,
    size: upload.bytes.length,
    bytes: upload.bytes,
    ...pictureSize(upload.bytes),
  }
  state.data.files.push(file)
  return file
}

/** A file_id works for one bot only; `size` tells the sizes of one photo apart. */
export function fileId(bot: Bot, kind: MediaKind, file: StoredFile, size = 0): string {
  const body = Buffer.from(`${kind}:${file.index}:${size}:${bot.account.id}`).toString('base64url')
  return `${PREFIXES[kind]}${body}`
}

/** The same for every bot, and useless for downloading. */
export function fileUniqueId(kind: MediaKind, file: StoredFile, size = 0): string {
  const head = kind === 'photo' ? 'AQAD' : 'AgAD'
  return head + Buffer.from(`${file.index}.${size}`).toString('base64url')
}

export interface FoundFile {
  kind: MediaKind
  file: StoredFile
  size: number
}

/** The file behind a file_id that this bot was given; undefined for anything else. */
export function fileById(state: State, bot: Bot, id: string): FoundFile | undefined {
  const prefix = id.slice(0, 11)
  const [kind, index, size, owner] = Buffer.from(id.slice(11), 'base64url').toString().split(':')
  if (!isKind(kind) || PREFIXES[kind] !== prefix || Number(owner) !== bot.account.id) return undefined
  const file = state.data.files[Number(index)]
  return file && { kind, file, size: Number(size) }
}

function isKind(kind: string | undefined): kind is MediaKind {
  return kind !== undefined && kind in PREFIXES
}

const FOLDERS: Record<MediaKind, string> = {
  photo: 'photos',
  document: 'documents',
  video: 'videos',
  audio: 'music',
  voice: 'voice',
  animation: 'animations',
  video_note: 'video_notes',
  sticker: 'stickers',
}

/** The path that `getFile` gives and the download address takes. */
export function filePath({ kind, file, size }: FoundFile): string {
  const extension = /\.\w{1,8}$/.exec(file.name)?.[0] ?? (kind === 'photo' ? '.jpg' : '')
  return `${FOLDERS[kind]}/file_${file.index}_${size}${extension}`
}

export function fileByPath(state: State, path: string): StoredFile | undefined {
  const index = /^\w+\/file_(\d+)_\d+(\.\w+)?$/.exec(path)?.[1]
  return index === undefined ? undefined : state.data.files[Number(index)]
}
