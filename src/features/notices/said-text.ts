import { fail, ok, type Result } from '../../domain/result.ts'
import { secrecyMark } from '../../domain/secrecy.ts'

const longest = 1000

/** What somebody wrote of a result, as it is kept. Fails with `notices.nothingSaid`, `.remarkTooLong`, `.secretPaper`. */
export function saidText(written: string): Result<string> {
  const text = written.normalize('NFC').trim()
  if (text === '') return fail('notices.nothingSaid')
  if (text.length > longest) return fail('notices.remarkTooLong', { longest })
  const mark = secrecyMark(text)
  return mark ? fail('notices.secretPaper', { mark }) : ok(text)
}
