import { createHash } from 'node:crypto'
import { type Api, GrammyError } from 'grammy'
import { type Action, type Actor, may } from '../domain/access.ts'
import { fail, ok, type Result } from '../domain/result.ts'
import type { FileReader } from '../platform/reading/file-reader.ts'
import { type FileContents, type FileKind, mostBytes } from '../platform/reading/limits.ts'
import { downloadFile, FileTooLarge } from './download.ts'

/** A file as Telegram tells of it; its size where it says so. */
export interface FileToRead {
  file_id: string
  file_size?: number
}

export interface SentFileRead<K extends FileKind> {
  content: FileContents[K]
  /** SHA-256 of the bytes, in hexadecimal digits. */
  hash: string
}

type Known = { [K in FileKind]: Map<string, Promise<Result<SentFileRead<K>>>> }

/** The files of one update: fetched and read once, for every feature that wants to know whether they are its own. */
export class SentFiles {
  readonly #api: Api
  readonly #reader: FileReader
  readonly #known: Known = { workbook: new Map(), json: new Map() }

  constructor(api: Api, reader: FileReader) {
    this.#api = api
    this.#reader = reader
  }

  /**
   * Asks the table whether this person may do in their ward what the file is for, then how large it is, and only then fetches
   * it and has it read. Fails with `access.denied`, `common.file.tooLarge` {most}, and what `FileReader.read` fails with.
   */
  async read<K extends FileKind>(
    actor: Actor,
    kind: K,
    file: FileToRead,
    action: Action,
  ): Promise<Result<SentFileRead<K>>> {
    const permission = may(actor, action, { wardId: actor.wardId ?? 0 })
    if (!permission.ok) return permission
    if ((file.file_size ?? 0) > mostBytes[kind]) return tooLarge(kind)
    const known = this.#known[kind].get(file.file_id)
    if (known) return known
    const read = this.#fetchAndRead(kind, file.file_id)
    this.#known[kind].set(file.file_id, read)
    return read
  }

  async #fetchAndRead<K extends FileKind>(kind: K, fileId: string): Promise<Result<SentFileRead<K>>> {
    const data = await this.#fetch(kind, fileId)
    if (!data.ok) return data
    const read = await this.#reader.read(kind, data.value)
    if (!read.ok) return read
    return ok({ content: read.value, hash: createHash('sha256').update(data.value).digest('hex') })
  }

  async #fetch(kind: FileKind, fileId: string): Promise<Result<Uint8Array>> {
    try {
      return ok(await downloadFile(this.#api, fileId, mostBytes[kind]))
    } catch (error) {
      const isRefused = error instanceof GrammyError && /file is too big/i.test(error.description)
      if (isRefused || error instanceof FileTooLarge) return tooLarge(kind)
      throw error
    }
  }
}

function tooLarge(kind: FileKind): Result<never> {
  const bytes = mostBytes[kind]
  return fail('common.file.tooLarge', { most: bytes >= 1e6 ? `${bytes / 1e6} MB` : `${bytes / 1e3} kB` })
}
