import type { EvaluationPack } from '../../../domain/packs/schema.ts'
import { fail, type Problem, type Result } from '../../../domain/result.ts'
import { titleKey } from '../../../domain/vocabulary.ts'
import type { Candidate } from '../find-cadres.ts'
import { findPersonIn } from './find-person-in.ts'
import { cutField, type ReadFields, readFields, saysSomething } from './read-fields.ts'

export interface PastedResult extends ReadFields {
  /** The line's place in what was pasted, from 1. */
  readonly line: number
  readonly text: string
  readonly person: Candidate
}

export interface PastedProblem {
  readonly line: number
  readonly text: string
  readonly problem: Problem
}

export interface Known {
  readonly pack: EvaluationPack
  /** The cadres of the period: only they can be meant. */
  readonly cadres: readonly Candidate[]
  /** The numbered list as its reader saw it: a line may say the number alone. */
  readonly listed: readonly Candidate[]
}

/** Column titles, copied with their rows. */
const titles = new Set(['stt', 'tt', 'so dang vien', 'ho va ten', 'ho ten'])

/**
 * Reads lines such as "1. Nguyễn Văn A – Tốt – 85 – nhận xét", with tabs, semicolons, commas or blanks between, with or
 * without diacritics, by name, member number or the number of the list that was shown. Problems: `entries.nameUnknown`,
 * `.nameTwice`, `.numberDiffers`, `.lineTwice`, `.nothingSaid`, `.noSuchNumber`.
 */
export function readPastedLines(text: string, known: Known): { results: PastedResult[]; problems: PastedProblem[] } {
  const results: PastedResult[] = []
  const problems: PastedProblem[] = []
  const lines = text.normalize('NFC').split(/\r?\n/)
  for (const [index, raw] of lines.entries()) {
    const place = { line: index + 1, text: raw.trim() }
    if (place.text === '' || titles.has(titleKey(cutField(place.text)[0]))) continue
    const read = readLine(place.text, known)
    if (!read.ok) problems.push({ ...place, problem: read.problem })
    else {
      const before = results.find(({ person }) => person.id === read.value.person.id)
      if (before) problems.push({ ...place, ...fail('entries.lineTwice', { line: before.line }) })
      else results.push({ ...place, ...read.value })
    }
  }
  return { results, problems }
}

function readLine(text: string, known: Known): Result<ReadFields & { person: Candidate }> {
  const found = findPersonIn(text.replace(/ +/g, ' '), known)
  if (!found.ok) return found
  const { person, rest } = found.value
  const fields = readFields(known.pack, withoutBranch(rest, person))
  if (!saysSomething(fields)) return fail('entries.nothingSaid', { name: person.fullName })
  return { ok: true, value: { person, ...fields } }
}

/** Rows copied from a sheet carry the branch, which the register knows. */
function withoutBranch(rest: string, { stays }: Candidate): string {
  const trimmed = rest.replace(/^[\s\-–—,;:|]+/, '')
  const [field, after] = cutField(trimmed)
  const isBranch = stays.some(({ branch: { code, name } }) =>
    [code, name].some((one) => titleKey(one) === titleKey(field)),
  )
  return isBranch ? (after ?? '') : trimmed
}
