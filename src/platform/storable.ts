import type { Prisma } from './prisma/client.ts'

/** What came nests deeper, or is longer, than anything that is meant to be kept. */
export class NotStorable extends Error {}

const replacement = '\uFFFD'
/** Telegram nests about a dozen levels; a parser of JSON in a database has a stack that ends. */
const deepest = 64

/** Whether PostgreSQL can hold it: neither `text` nor `jsonb` knows NUL or half a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/**
 * The text as the database can hold it. Each character that it cannot hold becomes U+FFFD, one UTF-16 unit for one, so that
 * whatever points into the text by its offset (entities) still points at the same words.
 */
export function storableText(text: string): string {
  return isStorable(text) ? text : text.toWellFormed().replaceAll('\0', replacement)
}

/**
 * Makes every string in it storable, names of fields too, in place: for what has just been read from JSON. Throws NotStorable
 * where it nests more than 64 levels deep or its strings are longer than `longest` UTF-16 units in all.
 */
export function makeStorable(value: object, longest = Number.POSITIVE_INFINITY): void {
  let length = 0
  const clean = (within: object, depth: number) => {
    if (depth > deepest) throw new NotStorable('nested too deep')
    for (const [key, inner] of Object.entries(within)) {
      const name = storableText(key)
      if (name !== key) {
        Reflect.deleteProperty(within, key)
        Reflect.set(within, name, inner)
      }
      length += name.length
      if (typeof inner === 'string') {
        length += inner.length
        if (!isStorable(inner)) Reflect.set(within, name, storableText(inner))
      } else if (typeof inner === 'object' && inner !== null) clean(inner, depth + 1)
      if (length > longest) throw new NotStorable('too long')
    }
  }
  clean(value, 1)
}

/** The value as `jsonb` can hold it: what JSON leaves out is gone, and a text that was cut within a pair is mended. */
export function storableJson(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value), mended)
}

/** What somebody wrote as JSON, with every string storable. Throws SyntaxError where it is no JSON. */
export function parseStorable(json: string): unknown {
  return JSON.parse(json, mended)
}

function mended(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value
}
