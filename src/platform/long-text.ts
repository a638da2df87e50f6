import type { Message } from './messages.ts'

/** Telegram's limits for a text and for a file's caption, less room for the line that marks a message as sent again. */
export const longestText = 4096 - 200
export const longestCaption = 1024 - 200

/**
 * Cuts a text into parts of at most `longest` characters without losing a word: between lines where it can, else between
 * words, else inside one.
 */
export function cutText(text: string, longest = longestText): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longest) {
    const window = rest.slice(0, longest + 1)
    const line = window.lastIndexOf('\n')
    const space = window.lastIndexOf(' ')
    const at = line > longest / 2 ? line : space > longest / 2 ? space : insideWord(window, longest)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).replace(/^[ \n]/, '')
  }
  parts.push(rest)
  return parts
}

/** The same message in as many as Telegram needs: emphasis stays with the first, the buttons stand under the last. */
export function inParts(message: Message): [Message, ...Message[]] {
  const [first = '', ...others] = cutText(message.text)
  if (others.length === 0) return [message]
  const { entities = [], buttons, ...shared } = message
  const kept = entities.filter(({ offset, length }) => offset + length <= first.length)
  const last = others.length - 1
  return [
    { ...shared, text: first, entities: kept },
    ...others.map((text, index) => ({
      text,
      ...(message.protect ? { protect: true } : {}),
      ...(index === last && buttons ? { buttons } : {}),
    })),
  ]
}

/** Never between the two halves of one character, nor before a mark that belongs to the letter before it. */
function insideWord(window: string, longest: number): number {
  let at = longest
  while (at > 1 && (/[\uDC00-\uDFFF]/.test(window.charAt(at)) || /\p{M}/u.test(window.charAt(at)))) at--
  return at
}
