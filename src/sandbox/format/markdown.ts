import type { MessageEntity } from '@grammyjs/types'
import { linkEntity } from './html.ts'
import { FormatError, type FormattedText } from './text.ts'

const ENDS: Record<string, string> = { _: '_', '*': '*', '`': '`', '[': ']' }

/** Telegram's first Markdown, which cannot nest; kept because old bots still write it. */
export function parseMarkdown(source: string): FormattedText {
  const entities: MessageEntity[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source.charAt(at)
    const next = source.charAt(at + 1)
    if (char === '\\' && next !== '' && '_*`['.includes(next)) {
      text += next
      at += 2
    } else if (!(char in ENDS)) {
      text += char
      at += 1
    } else {
      const [inner, entity, end] = readEntity(source, at, text.length)
      text += inner
      if (entity && inner !== '') entities.push(entity)
      at = end
    }
  }
  return { text, entities }
}

function readEntity(source: string, at: number, offset: number): [string, MessageEntity | undefined, number] {
  const mark = source.startsWith('```', at) ? '```' : source.charAt(at)
  const closing = mark === '```' ? mark : (ENDS[mark] ?? mark)
  const start = at + mark.length
  const end = source.indexOf(closing, start)
  if (end < 0) throw new FormatError("Can't find end of the entity starting", source, at)
  const inner = source.slice(start, end)
  const after = end + closing.length
  if (mark === '```') return readPre(inner, offset, after)
  const place = { offset, length: inner.length }
  if (mark === '[') return readLink(source, inner, place, after)
  return [inner, { type: mark === '*' ? 'bold' : mark === '_' ? 'italic' : 'code', ...place }, after]
}

function readPre(inner: string, offset: number, after: number): [string, MessageEntity, number] {
  const [head = '', language = ''] = /^([^\s`]*)\r?\n/.exec(inner) ?? []
  const code = inner.slice(head.length)
  return [code, { type: 'pre', offset, length: code.length, ...(language ? { language } : {}) }, after]
}

function readLink(
  source: string,
  inner: string,
  place: { offset: number; length: number },
  after: number,
): [string, MessageEntity | undefined, number] {
  if (source.charAt(after) !== '(') return [inner, undefined, after]
  const end = source.indexOf(')', after)
  const url = source.slice(after + 1, end < 0 ? undefined : end)
  return [inner, linkEntity(url, place), end < 0 ? source.length : end + 1]
}
