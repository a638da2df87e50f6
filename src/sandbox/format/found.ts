import type { MessageEntity } from '@grammyjs/types'

type FoundType = 'mention' | 'hashtag' | 'cashtag' | 'bot_command' | 'url' | 'email'

/** What Telegram finds in any text by itself. Telephone numbers and bank cards are left out. */
const PATTERNS: [FoundType, RegExp][] = [
  [
    'url',
    /(?<![\p{L}\d@._/-])(?:https?:\/\/[^\s<>"']+|tg:\/\/[^\s<>"']+|(?:[\p{L}\d-]+\.)+(?:com|org|net|vn|me|io|dev|info|edu|gov|app)(?![\p{L}\d-])(?:[:/][^\s<>"']*)?)/giu,
  ],
  ['email', /(?<![\p{L}\d._%+-])[\w.%+-]+@(?:[a-z\d-]+\.)+[a-z]{2,}(?![\p{L}\d])/giu],
  ['mention', /(?<![\p{L}\d_@/])@[a-z]\w{2,31}(?![\p{L}\d_])/giu],
  ['bot_command', /(?<![\p{L}\d_/<>])\/[a-z\d_]{1,64}(?:@\w{3,32})?(?![\p{L}\d_/])/giu],
  ['hashtag', /(?<![\p{L}\d_#&])#(?=[\p{L}\d_]*[\p{L}_])[\p{L}\d_]{1,255}/giu],
  ['cashtag', /(?<![\p{L}\d_$])\$[A-Z]{3,8}(?![\p{L}\d_])/gu],
]

const MAY_HOLD_ANY = /[@#$/]|\.\p{L}/u

/** Entities of the text itself, none of them across one that is `taken`. */
export function findEntities(text: string, taken: readonly MessageEntity[] = []): MessageEntity[] {
  if (!MAY_HOLD_ANY.test(text)) return []
  const found: MessageEntity[] = []
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: trimmedLength(type, match[0]) }
      if (!overlaps(entity, found) && !overlaps(entity, taken.filter(closed))) found.push(entity)
    }
  }
  return found.sort((a, b) => a.offset - b.offset)
}

/** A full stop or bracket after a link belongs to the sentence. */
function trimmedLength(type: FoundType, text: string): number {
  return type === 'url' ? text.replace(/[.,;:!?)\]}»]+$/u, '').length : text.length
}

/** Bold text may hold a mention; code and links may not. */
function closed(entity: MessageEntity): boolean {
  return !['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote', 'expandable_blockquote'].includes(
    entity.type,
  )
}

function overlaps(a: { offset: number; length: number }, others: readonly MessageEntity[]): boolean {
  return others.some((b) => a.offset < b.offset + b.length && b.offset < a.offset + a.length)
}
