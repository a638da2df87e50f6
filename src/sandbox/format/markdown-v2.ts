import type { MessageEntity } from '@grammyjs/types'
import { isTimeFormat, linkEntity } from './html.ts'
import { byteOffset, FormatError, type FormattedText, sorted } from './text.ts'

type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'TextUrl'
  | 'CustomEmoji'
  | 'BlockQuote'

interface Open {
  kind: Kind
  /** Where it begins in the result. */
  offset: number
  /** Where it begins in the source. */
  at: number
  language?: string
}

const RESERVED = '_*[]()~`>#+-=|{}.!'

const SIMPLE: Partial<Record<Kind, MessageEntity.CommonMessageEntity['type']>> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
}

/** Telegram's MarkdownV2, as strict as Telegram: a reserved character that is not escaped is an error. */
export function parseMarkdownV2(source: string): FormattedText {
  return new MarkdownReader(source).read()
}

class MarkdownReader {
  readonly #source: string
  readonly #open: Open[] = []
  readonly #entities: MessageEntity[] = []
  #text = ''
  #at = 0
  #mayQuote = true

  constructor(source: string) {
    this.#source = source
  }

  read(): FormattedText {
    while (this.#at < this.#source.length) this.#step()
    if (this.#top()?.kind === 'BlockQuote') this.#closeQuote(false)
    const left = this.#top()
    if (left) {
      throw new FormatError(`Can't find end of ${left.kind} entity at byte offset ${byteOffset(this.#source, left.at)}`)
    }
    return { text: this.#text, entities: sorted(this.#entities) }
  }

  #step(): void {
    const char = this.#source.charAt(this.#at)
    const next = this.#source.charCodeAt(this.#at + 1)
    if (char === '\\' && next > 0 && next < 127) {
      this.#put(this.#source.charAt(this.#at + 1), 2)
      return
    }
    const inCode = this.#top()?.kind === 'Code' || this.#top()?.kind === 'Pre'
    if (char === '\n' && !inCode) this.#newLine()
    else if (!(inCode ? '`' : RESERVED).includes(char)) this.#put(char, 1)
    else if (this.#endsTop(char)) this.#close()
    else if (inCode) this.#put(char, 1)
    else this.#begin(char)
  }

  #top(): Open | undefined {
    return this.#open.at(-1)
  }

  #put(text: string, length: number): void {
    this.#text += text
    this.#at += length
    this.#mayQuote = false
  }

  #newLine(): void {
    const isQuoting = this.#open.some(({ kind }) => kind === 'BlockQuote')
    if (isQuoting && this.#source.charAt(this.#at + 1) === '>') {
      this.#put('\n', 2)
      return
    }
    if (isQuoting) this.#closeQuote(false)
    this.#put('\n', 1)
    this.#mayQuote = true
  }

  #starts(mark: string): boolean {
    return this.#source.startsWith(mark, this.#at)
  }

  #endsTop(char: string): boolean {
    switch (this.#top()?.kind) {
      case 'Bold':
        return char === '*'
      case 'Italic':
        return char === '_' && !this.#starts('__')
      case 'Underline':
        return this.#starts('__')
      case 'Strikethrough':
        return char === '~'
      case 'Spoiler':
        return this.#starts('||')
      case 'Code':
        return char === '`'
      case 'Pre':
        return this.#starts('```')
      case 'TextUrl':
      case 'CustomEmoji':
        return char === ']'
      default:
        return false
    }
  }

  #begin(char: string): void {
    if (this.#starts('||') && this.#endsQuote()) {
      this.#closeQuote(true)
      this.#at += 2
      return
    }
    const opening = this.#opening(char)
    if (!opening) throw new FormatError(`Character '${char}' is reserved and must be escaped with the preceding '\\'`)
    const [kind, length] = opening
    const open: Open = { kind, offset: this.#text.length, at: this.#at }
    this.#open.push(open)
    this.#at += length
    if (kind === 'Pre') this.#readLanguage(open)
    if (kind === 'BlockQuote') this.#mayQuote = false
  }

  #opening(char: string): [Kind, number] | undefined {
    if (this.#starts('```')) return ['Pre', 3]
    if (this.#starts('__')) return ['Underline', 2]
    if (this.#starts('||')) return ['Spoiler', 2]
    if (this.#starts('![')) return ['CustomEmoji', 2]
    if (char === '_') return ['Italic', 1]
    if (char === '*') return ['Bold', 1]
    if (char === '~') return ['Strikethrough', 1]
    if (char === '`') return ['Code', 1]
    if (char === '[') return ['TextUrl', 1]
    return char === '>' && this.#mayQuote && this.#open.length === 0 ? ['BlockQuote', 1] : undefined
  }

  #readLanguage(open: Open): void {
    const language = /^([^\s`]+)(?=\s)/.exec(this.#source.slice(this.#at))?.[1]
    if (language) {
      open.language = language
      this.#at += language.length
    }
    if (this.#source.charAt(this.#at) === '\r') this.#at += 1
    if (this.#source.charAt(this.#at) === '\n') this.#at += 1
  }

  #close(): void {
    const open = this.#open.pop()
    if (!open) return
    const place = { offset: open.offset, length: this.#text.length - open.offset }
    this.#at += open.kind === 'Pre' ? 3 : open.kind === 'Underline' || open.kind === 'Spoiler' ? 2 : 1
    const entity = this.#entityOf(open, place)
    if (entity && place.length > 0) this.#entities.push(entity)
  }

  #entityOf(open: Open, place: { offset: number; length: number }): MessageEntity | undefined {
    const simple = SIMPLE[open.kind]
    if (simple) return { type: simple, ...place }
    if (open.kind === 'Pre') return { type: 'pre', ...place, ...(open.language ? { language: open.language } : {}) }
    const url = this.#readUrl()
    if (open.kind === 'TextUrl') return linkEntity(url ?? this.#text.slice(open.offset), place)
    const emoji = /^tg:\/\/emoji\?id=(\d+)$/i.exec(url ?? '')?.[1]
    if (emoji) return { type: 'custom_emoji', ...place, custom_emoji_id: emoji }
    const [, unix, format = ''] = /^tg:\/\/time\?unix=(\d+)(?:&format=(\w*))?$/i.exec(url ?? '') ?? []
    if (unix && isTimeFormat(format)) {
      return { type: 'date_time', ...place, unix_time: Number(unix), date_time_format: format }
    }
    throw new FormatError('Custom emoji entity must contain a tg://emoji URL')
  }

  /** The `(…)` after the words of a link; without it the words are the address. */
  #readUrl(): string | undefined {
    if (this.#source.charAt(this.#at) !== '(') return undefined
    const start = this.#at
    let url = ''
    for (this.#at += 1; this.#source.charAt(this.#at) !== ')'; this.#at += 1) {
      if (this.#at >= this.#source.length) {
        throw new FormatError(`Can't find end of a URL at byte offset ${byteOffset(this.#source, start)}`)
      }
      if (this.#source.charAt(this.#at) === '\\') this.#at += 1
      url += this.#source.charAt(this.#at)
    }
    this.#at += 1
    return url
  }

  /** `||` at the very end of a quotation makes it expandable. */
  #endsQuote(): boolean {
    const after = this.#source.slice(this.#at + 2)
    return this.#top()?.kind === 'BlockQuote' && (after === '' || (after.startsWith('\n') && after.charAt(1) !== '>'))
  }

  #closeQuote(expandable: boolean): void {
    const open = this.#open.pop()
    if (!open) return
    if (open.kind !== 'BlockQuote') {
      throw new FormatError(`Can't find end of ${open.kind} entity at byte offset ${byteOffset(this.#source, open.at)}`)
    }
    const length = this.#text.length - open.offset
    if (length > 0) {
      this.#entities.push({ type: expandable ? 'expandable_blockquote' : 'blockquote', offset: open.offset, length })
    }
  }
}
