import type { MessageEntity } from '@grammyjs/types'
import { isTimeFormat, linkEntity } from './html.ts'
import { FormatError } from './text.ts'

const PLAIN: ReadonlySet<string> = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
])

/** What Telegram finds by itself; given ones are dropped and found again. */
const FOUND: ReadonlySet<string> = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
])

/** Entities given with a call, checked against the text. Offsets count UTF-16 code units. */
export function readEntities(text: string, given: unknown): MessageEntity[] {
  if (given === undefined || given === null) return []
  // The official server overlooks anything that is not an array.
  if (!Array.isArray(given)) return []
  return given.flatMap((one: unknown) => readEntity(text, one))
}

function readEntity(text: string, given: unknown): MessageEntity[] {
  if (typeof given !== 'object' || given === null)
    throw new FormatError("Can't parse MessageEntity: expected an Object")
  const fields = new Map<string, unknown>(Object.entries(given))
  const type = fields.get('type')
  const offset = Number(fields.get('offset'))
  const length = Number(fields.get('length'))
  if (typeof type !== 'string') throw new FormatError(`Can't parse MessageEntity: Can't find field "type"`)
  if (!Number.isInteger(offset)) throw new FormatError(`Can't parse MessageEntity: Can't find field "offset"`)
  if (!Number.isInteger(length)) throw new FormatError(`Can't parse MessageEntity: Can't find field "length"`)
  checkPlace(text, offset, length)
  if (length === 0) return []
  return buildEntity(type, { offset, length }, fields)
}

function isPlain(type: string): type is MessageEntity.CommonMessageEntity['type'] {
  return PLAIN.has(type)
}

function checkPlace(text: string, offset: number, length: number): void {
  if (offset < 0 || length < 0) {
    throw new FormatError(`entity begins at UTF-16 offset ${offset} and has length ${length}`)
  }
  if (offset + length > text.length) {
    throw new FormatError(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
    )
  }
  if (splitsPair(text, offset)) {
    throw new FormatError(`entity begins in a middle of a UTF-16 symbol at byte offset ${offset}`)
  }
  if (splitsPair(text, offset + length)) {
    throw new FormatError(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`)
  }
}

function splitsPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff && at > 0
}

function buildEntity(
  type: string,
  place: { offset: number; length: number },
  fields: Map<string, unknown>,
): MessageEntity[] {
  if (isPlain(type)) return [{ type, ...place }]
  if (FOUND.has(type)) return []
  switch (type) {
    case 'pre': {
      const language = fields.get('language')
      return [{ type, ...place, ...(typeof language === 'string' && language !== '' ? { language } : {}) }]
    }
    case 'text_link': {
      const entity = linkEntity(String(fields.get('url') ?? ''), place)
      return entity ? [entity] : []
    }
    case 'text_mention': {
      const user = fields.get('user')
      const id = typeof user === 'object' && user !== null && 'id' in user ? String(user.id) : ''
      return [{ type: 'text_link', ...place, url: `tg://user?id=${id}` }]
    }
    case 'custom_emoji':
      return [{ type, ...place, custom_emoji_id: String(fields.get('custom_emoji_id') ?? '') }]
    case 'date_time': {
      const format = String(fields.get('date_time_format') ?? '')
      if (!isTimeFormat(format)) throw new FormatError("Can't parse MessageEntity: Invalid date-time format specified")
      return [{ type, ...place, unix_time: Number(fields.get('unix_time')), date_time_format: format }]
    }
    default:
      throw new FormatError(`Can't parse MessageEntity: Unsupported type specified`)
  }
}
