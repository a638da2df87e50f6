import type { MessageEntity } from '@grammyjs/types'
import { byteOffset, FormatError, type FormattedText, sorted } from './text.ts'

type PlainType = MessageEntity.CommonMessageEntity['type']

/** Tags that mean a plain entity, after lower-casing. */
const PLAIN: Record<string, PlainType> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
}

/** Tags with an attribute or a rule of their own. */
const SPECIAL: ReadonlySet<string> = new Set(['a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time'])

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

interface OpenTag {
  name: string
  attributes: Map<string, string>
  offset: number
  at: number
}

/** Telegram's HTML. Throws FormatError in the words of Telegram; links to unusable addresses lose the link only. */
export function parseHtml(source: string): FormattedText {
  const entities: MessageEntity[] = []
  const open: OpenTag[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source.charAt(at)
    if (char === '&') {
      const [decoded, length] = decode(source, at)
      text += decoded
      at += length
    } else if (char !== '<') {
      text += char
      at += 1
    } else if (source.charAt(at + 1) === '/') {
      at = closeTag(source, at, open, text, entities)
    } else {
      const [tag, next] = readTag(source, at, text.length)
      open.push(tag)
      at = next
    }
  }
  const unclosed = open.pop()
  if (unclosed) throw new FormatError(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  return { text, entities: sorted(mergedCode(entities)) }
}

function decode(source: string, at: number): [string, number] {
  const match = /^&(?:#(\d{1,8})|#x([\da-f]{1,7})|(lt|gt|amp|quot));?/i.exec(source.slice(at, at + 14))
  if (!match) return ['&', 1]
  const [whole, decimal, hex, name] = match
  if (name) {
    const char = NAMED[name]
    return char === undefined ? ['&', 1] : [char, whole.length]
  }
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16)
  return code > 0 && code <= 0x10ffff ? [String.fromCodePoint(code), whole.length] : ['&', 1]
}

function readTag(source: string, at: number, offset: number): [OpenTag, number] {
  const head = /^[^\s>/]*/.exec(source.slice(at + 1))?.[0] ?? ''
  const name = head.toLowerCase()
  let next = at + 1 + head.length
  if (next >= source.length) throw new FormatError('Unclosed start tag', source, at)
  if (!(name in PLAIN) && !SPECIAL.has(name)) throw new FormatError(`Unsupported start tag "${name}"`, source, at)
  const attributes = new Map<string, string>()
  for (;;) {
    next += /^\s*/.exec(source.slice(next))?.[0].length ?? 0
    if (next >= source.length) throw new FormatError('Unclosed start tag', source, at)
    if (source.charAt(next) === '>') break
    const [key, value, end] = readAttribute(source, next, name, at)
    attributes.set(key, value)
    next = end
  }
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw new FormatError('Tag "span" must have class "tg-spoiler"', source, at)
  }
  return [{ name, attributes, offset, at }, next + 1]
}

function readAttribute(source: string, at: number, tag: string, tagAt: number): [string, string, number] {
  const key = /^[^=\s>/"']*/.exec(source.slice(at))?.[0] ?? ''
  if (key === '') throw new FormatError(`Empty attribute name in the tag "${tag}"`, source, tagAt)
  let next = at + key.length
  next += /^\s*/.exec(source.slice(next))?.[0].length ?? 0
  if (source.charAt(next) !== '=') {
    // An attribute without a value, such as `expandable`.
    return [key.toLowerCase(), '', at + key.length]
  }
  next += 1
  next += /^\s*/.exec(source.slice(next))?.[0].length ?? 0
  const quote = source.charAt(next)
  if (quote !== '"' && quote !== "'") {
    const bare = /^[\w.-]*/.exec(source.slice(next))?.[0] ?? ''
    const after = source.charAt(next + bare.length)
    if (bare === '' || !/[\s>]/.test(after)) throw new FormatError('Unexpected end of name token', source, next)
    return [key.toLowerCase(), bare.toLowerCase(), next + bare.length]
  }
  const end = source.indexOf(quote, next + 1)
  if (end < 0) throw new FormatError('Unclosed start tag', source, tagAt)
  const value = source
    .slice(next + 1, end)
    .replace(/&(?:#\d+|#x[\da-f]+|lt|gt|amp|quot);?/gi, (part) => decode(part, 0)[0])
  return [key.toLowerCase(), value, end + 1]
}

function closeTag(source: string, at: number, open: OpenTag[], text: string, entities: MessageEntity[]): number {
  const end = source.indexOf('>', at)
  if (end < 0) throw new FormatError('Unclosed end tag', source, at)
  const name = source
    .slice(at + 2, end)
    .trim()
    .toLowerCase()
  const tag = open.pop()
  if (!tag) throw new FormatError('Unexpected end tag', source, at)
  if (name !== '' && name !== tag.name) {
    const place = byteOffset(source, at)
    throw new FormatError(`Unmatched end tag at byte offset ${place}, expected "</${tag.name}>", found "</${name}>"`)
  }
  const entity = text.length > tag.offset ? entityOf(tag, text) : undefined
  if (entity) entities.push(entity)
  return end + 1
}

function entityOf(tag: OpenTag, text: string): MessageEntity | undefined {
  const place = { offset: tag.offset, length: text.length - tag.offset }
  switch (tag.name) {
    case 'a': {
      const url = tag.attributes.get('href') || text.slice(tag.offset)
      return linkEntity(url, place)
    }
    case 'code': {
      const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1]
      // Only `pre` carries a language; the outer tag takes it over in mergedCode.
      return language ? { type: 'pre', ...place, language } : { type: 'code', ...place }
    }
    case 'blockquote':
      return { type: tag.attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', ...place }
    case 'tg-emoji': {
      const id = tag.attributes.get('emoji-id') ?? ''
      if (!/^\d+$/.test(id)) throw new FormatError('Invalid custom emoji identifier specified')
      return { type: 'custom_emoji', ...place, custom_emoji_id: id }
    }
    case 'tg-time':
      return timeEntity(tag, place)
    case 'pre':
      return { type: 'pre', ...place }
    default: {
      const type = PLAIN[tag.name]
      return type && { type, ...place }
    }
  }
}

function timeEntity(tag: OpenTag, place: { offset: number; length: number }): MessageEntity {
  const unix = Number(tag.attributes.get('unix'))
  const format = tag.attributes.get('format') ?? ''
  if (!Number.isSafeInteger(unix) || unix <= 0) throw new FormatError('Invalid date-time specified')
  if (!isTimeFormat(format)) throw new FormatError('Invalid date-time format specified')
  return { type: 'date_time', ...place, unix_time: unix, date_time_format: format }
}

export function isTimeFormat(format: string): format is MessageEntity.DateTimeMessageEntity['date_time_format'] {
  return /^(?:r|w?[dD]?[tT]?)$/.test(format)
}

/** A link, a mention by id, or nothing where the address is of no use. */
export function linkEntity(url: string, place: { offset: number; length: number }): MessageEntity | undefined {
  const address = url.trim()
  if (/^tg:\/\/user\?id=\d+$/i.test(address)) return { type: 'text_link', ...place, url: address.toLowerCase() }
  if (/^tg:\/\/\S+$/i.test(address)) return { type: 'text_link', ...place, url: address }
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`
  if (!/^https?:\/\/[^\s/]+\.?[^\s]*$/i.test(full) || !URL.canParse(full)) return undefined
  const host = new URL(full).hostname
  if (!host.includes('.')) return undefined
  return { type: 'text_link', ...place, url: new URL(full).href }
}

/** `<pre><code class="language-x">` is one entity: the inner one with its language. */
function mergedCode(entities: MessageEntity[]): MessageEntity[] {
  const isInside = (a: MessageEntity, b: MessageEntity) => a !== b && a.offset === b.offset && a.length === b.length
  return entities.flatMap((entity): MessageEntity[] => {
    if (entity.type !== 'pre' && entity.type !== 'code') return [entity]
    const twin = entities.find((other) => isInside(entity, other) && (other.type === 'pre' || other.type === 'code'))
    if (!twin) return entity.type === 'pre' && entity.language ? [codeWithoutLanguage(entity, entities)] : [entity]
    if (entity.type === 'pre' && entity.language) return [entity]
    if (twin.type === 'pre' && (twin.language || entity.type === 'code')) return []
    return [entity]
  })
}

/** A language on a lone `code` is ignored. */
function codeWithoutLanguage(entity: MessageEntity.PreMessageEntity, all: MessageEntity[]): MessageEntity {
  const insidePre = all.some((other) => other !== entity && other.type === 'pre' && !other.language)
  return insidePre ? entity : { type: 'code', offset: entity.offset, length: entity.length }
}
