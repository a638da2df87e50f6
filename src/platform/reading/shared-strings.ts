import { tooHeavy } from './refusal.ts'
import { readXml } from './xml.ts'

/** One for each cell of the largest register, and as many characters as all cells together may have. */
const mostStrings = 400_000
const mostCharacters = 10_000_000

/** The texts that cells name by their number (`xl/sharedStrings.xml`). How East Asian words are spoken is left out. */
export async function readSharedStrings(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
  const strings: string[] = []
  let characters = 0
  let current: string | null = null
  let isText = false
  let isSpoken = false
  await readXml(pieces, {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 't') isText = true
      else if (name === 'rPh') isSpoken = true
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') isSpoken = false
      if (name !== 'si' || current === null) return
      if (strings.push(unescapeText(current)) > mostStrings) throw tooHeavy()
      current = null
    },
    text: (text) => {
      if (current === null || !isText || isSpoken) return
      characters += text.length
      if (characters > mostCharacters) throw tooHeavy()
      current += text
    },
  })
  return strings
}

/** Characters that XML cannot hold are written as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
