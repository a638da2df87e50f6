import { fail, ok, type Result } from '../../domain/result.ts'

const longest = 60

/** An instrument's number as it was typed ("Số 12-QĐ/ĐU"), without the word before it. */
export function readInstrumentNumber(text: string): Result<string> {
  const number = text
    .normalize('NFC')
    .trim()
    .replace(/^số\s*:?\s*/i, '')
    .replace(/\s+/g, ' ')
  if (!/\d/.test(number)) return fail('transfers.numberUnreadable')
  return number.length > longest ? fail('transfers.numberTooLong', { longest }) : ok(number)
}
