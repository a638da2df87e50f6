import { createHash, randomInt } from 'node:crypto'

/** Without 0/O and 1/I/L, so that a code survives being read aloud or copied by hand. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const digits = '23456789'
const alphabet = letters + digits
const half = 4

/**
 * A new code of about 39 bits: `ABCD2345`. It always holds a letter and a digit, so that no ordinary words are taken for
 * one. Guessing is stopped by the lock after five failures, not by its length.
 */
export function newCode(): string {
  for (;;) {
    const code = Array.from({ length: 2 * half }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
    if (isMixed(code)) return code
  }
}

/** The code as it is printed: `ABCD-2345`. */
export function showCode(code: string): string {
  return `${code.slice(0, half)}-${code.slice(half)}`
}

/** What is kept of a code. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

/** The code that was typed on its own, without what people put between its characters. */
export function readCode(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/**
 * The code in a text that was sent in private, or null where there is none: typed in any case, with or without the dash,
 * as a deep link's payload, or inside a link or a whole invitation that was pasted or forwarded.
 */
export function findCodeIn(text: string): string | null {
  const linked = /[?&]start(?:group)?=[a-z]_([a-z0-9]{8})\b/i.exec(text)?.[1]
  if (linked) return readCode(linked)
  const typed = /^\s*(?:[a-z]_)?([a-z0-9]{4})(\s*[-–]\s*|\s?)([a-z0-9]{4})\s*$/i.exec(text)
  if (!typed) return null
  const code = readCode(`${typed[1]}${typed[3]}`)
  return isMixed(code) || typed[2]?.trim() ? code : null
}

function isMixed(code: string): boolean {
  return /[A-Z]/.test(code) && /\d/.test(code)
}
