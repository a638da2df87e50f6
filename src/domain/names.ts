/** Letters that old Vietnamese fonts and keyboards put where đ belongs (eth, African d). */
const falseD: Readonly<Record<string, string>> = { Ð: 'Đ', Ɖ: 'Đ', ð: 'đ', ɖ: 'đ' }
const invisible = /[\u200B-\u200D\u2060\uFEFF]/g
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g
const collator = new Intl.Collator('vi')

/** A person's name in its parts; `familyAndMiddle` is empty where a single word was written. */
export interface NameParts {
  readonly familyAndMiddle: string
  readonly given: string
}

/** The form in which names are kept: NFC (decomposed letters repaired), true đ, single spaces, trimmed. */
export function normaliseName(text: string): string {
  return text
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[ÐƉðɖ]/g, (letter) => falseD[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}

/** Splits at the last space: the given name stands last in Vietnamese. */
export function splitName(name: string): NameParts {
  const whole = normaliseName(name)
  const cut = whole.lastIndexOf(' ')
  return { familyAndMiddle: whole.slice(0, Math.max(cut, 0)), given: whole.slice(cut + 1) }
}

/** The form in which names and titles are searched: lower case, no diacritics, đ as d, spaces as in `normaliseName`. */
export function searchKey(text: string): string {
  return normaliseName(text).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd')
}

/** What stands before a given name when somebody is meant, as {@link plainWords} writes it: đồng chí, đ/c, ông, bà. */
const titles = ['dong chi', 'd c', 'ong', 'ba']
/** Letters of other scripts, which may look like ours. */
const foreignLetters = /[^\P{L}\p{Script=Latin}]/u

/**
 * Whether one of these people stands in words that somebody typed: by the whole name, by family and given name, or by the given name after a
 * title; with or without diacritics, whatever stands between and around them. Letters that only look like ours hide a
 * name, so words with such letters may name anybody.
 */
export function mayName(words: string, fullNames: readonly string[]): boolean {
  if (foreignLetters.test(words)) return true
  const text = ` ${plainWords(words)} `
  return fullNames.flatMap(waysToName).some((way) => text.includes(` ${plainWords(way)} `))
}

function waysToName(fullName: string): string[] {
  const { familyAndMiddle, given } = splitName(fullName)
  const [family = ''] = familyAndMiddle.split(' ')
  const short = family === '' ? [] : [`${family} ${given}`]
  return [fullName, ...short, ...titles.map((title) => `${title} ${given}`)]
}

/** As `searchKey`, with nothing but letters and digits between single spaces. */
function plainWords(text: string): string {
  return searchKey(text.replace(/\p{Cf}/gu, ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Sorts as registers do: by given name, then by family and middle names, under Vietnamese collation. */
export function compareNames(a: string, b: string): number {
  const left = splitName(a)
  const right = splitName(b)
  return collator.compare(left.given, right.given) || collator.compare(left.familyAndMiddle, right.familyAndMiddle)
}

/**
 * How alike two written names are. `same`: equal but for case and the place of the tone mark (Hoà, Hòa);
 * `sameWithoutDiacritics`: equal once diacritics are dropped, as in lists typed without them.
 */
export function likeness(a: string, b: string): 'same' | 'sameWithoutDiacritics' | 'different' {
  if (spelling(a) === spelling(b)) return 'same'
  return searchKey(a) === searchKey(b) ? 'sameWithoutDiacritics' : 'different'
}

/** A syllable carries one tone, and two schools write it on different vowels; here it goes to the syllable's end. */
function spelling(name: string): string {
  return normaliseName(name)
    .toLowerCase()
    .normalize('NFD')
    .split(' ')
    .map((syllable) => syllable.replace(toneMarks, '') + (syllable.match(toneMarks) ?? []).join(''))
    .join(' ')
}
