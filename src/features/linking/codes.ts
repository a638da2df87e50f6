import { createHash, randomInt } from 'node:crypto'

/** Without 0/O and 1/I/L, so that a code survives being read aloud or copied by hand. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const digits = '23456789'
const alphabet = letters + digits
const length = 8
const written = new RegExp(`^[${alphabet}]{${length / 2}}[-–\\s]?[${alphabet}]{${length / 2}}$`)

/** A new code of about 39 bits: `ABCD2345`. It always holds a letter and a digit, so that ordinary words are never taken for one. */
export function newCode(): string {
  for (;;) {
    const code = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
    if (isMixed(code)) return code
  }
}

/** The code as it is printed: `ABCD-2345`. */
export function showCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`
}

/** Whether a text can only be meant as a code: typed in any case, with or without the dash. */
export function looksLikeCode(text: string): boolean {
  const typed = text.trim().toUpperCase()
  return written.test(typed) && isMixed(typed)
}

/** The code that was typed, without what people put between its characters. */
export function readCode(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** What is kept of a code. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

function isMixed(code: string): boolean {
  return /[A-Z]/.test(code) && /\d/.test(code)
}
