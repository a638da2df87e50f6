import { normaliseName } from '../../../domain/names.ts'

/** A branch code or member number as it is kept: upper case, no spaces. */
export function normaliseCode(code: string): string {
  return normaliseName(code).toUpperCase().replace(/\s+/g, '')
}

/** A citizen-ID number inside a text: twelve digits, the first a zero. */
export function holdsCitizenId(text: string): boolean {
  return /(?<!\d)0\d{11}(?!\d)/.test(text.replace(/(?<=\d)[ .](?=\d)/g, ''))
}
