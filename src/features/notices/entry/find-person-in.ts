import { likeness, searchKey } from '../../../domain/names.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { normaliseNumber } from '../../registry/index.ts'
import type { Candidate } from '../find-cadres.ts'
import { cutField, readFields, saysSomething } from './read-fields.ts'
import type { Known } from './read-pasted-lines.ts'

interface Found {
  readonly person: Candidate
  /** What the line says after them. */
  readonly rest: string
}

const ordinal = /^\(?(\d{1,4})\)?(?:\s*[.):\t–—|;,-]\s*|\s+)(?=\S)/
const address = /^(?:đồng chí|đ\/c|đc)\s+/i
const between = /^[\s\-–—,;:|]+/

/** Whom a line is about: by name, by member number, by both, or by the number of the list alone. */
export function findPersonIn(line: string, known: Known): Result<Found> {
  const numbered = ordinal.exec(line)
  const whole = line.replace(address, '')
  const rest = numbered ? line.slice(numbered[0].length).replace(address, '') : whole
  for (const text of new Set([whole, rest])) {
    const found = byNumber(text, known.cadres) ?? byName(text, known.cadres)
    if (found) return found
  }
  if (numbered && saysSomething(readFields(known.pack, rest))) {
    const person = known.listed[Number(numbered[1]) - 1]
    return person
      ? ok({ person, rest })
      : fail('entries.noSuchNumber', { value: numbered[1] ?? '', count: known.listed.length })
  }
  return fail('entries.nameUnknown', { value: cutField(rest)[0].slice(0, 60) })
}

/** A member number first; a name after it must be theirs. */
function byNumber(text: string, cadres: readonly Candidate[]): Result<Found> | null {
  const word = /^[^\s\t;|,]+/.exec(text)?.[0] ?? ''
  const person = cadres.find(({ number }) => number === normaliseNumber(word))
  if (!person) return null
  const rest = text.slice(word.length).replace(between, '').replace(address, '')
  const named = longestNames(rest, cadres)
  if (named.length === 0) return ok({ person, rest })
  const own = named.find(({ id }) => id === person.id)
  return own
    ? ok({ person, rest: rest.slice(own.fullName.length) })
    : fail('entries.numberDiffers', { number: person.number, name: person.fullName })
}

/** A name first; of two who share it the member number after it tells. */
function byName(text: string, cadres: readonly Candidate[]): Result<Found> | null {
  const named = longestNames(text, cadres)
  const [first] = named
  if (!first) return null
  const rest = text.slice(first.fullName.length)
  const [field, after] = cutField(rest.replace(between, ''))
  const numbered = named.find(({ number }) => number === normaliseNumber(field))
  if (numbered) return ok({ person: numbered, rest: after ?? '' })
  if (named.length === 1) return ok({ person: first, rest })
  const numbers = named.map(({ number }) => number).join(', ')
  return fail('entries.nameTwice', { name: first.fullName, count: named.length, numbers })
}

/**
 * The people whose name the text begins with, of names that begin alike the longest. Typed wholly without diacritics it is
 * taken as theirs; with other diacritics it is another name.
 */
function longestNames(text: string, cadres: readonly Candidate[]): Candidate[] {
  const key = searchKey(text.replace(/\t/g, ';'))
  const begun = cadres.filter(({ fullName }) => {
    const name = searchKey(fullName)
    return key.startsWith(name) && !/[\p{L}\d]/u.test(key.charAt(name.length))
  })
  const longest = Math.max(0, ...begun.map(({ fullName }) => fullName.length))
  const longestOnes = begun.filter(({ fullName }) => fullName.length === longest)
  const how = ({ fullName }: Candidate) => likeness(text.slice(0, fullName.length), fullName)
  const same = longestOnes.filter((one) => how(one) === 'same')
  if (same.length > 0) return same
  const written = text.slice(0, longest)
  return written.toLowerCase() === searchKey(written) ? longestOnes : []
}
