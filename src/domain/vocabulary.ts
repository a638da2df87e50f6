import { searchKey } from './names.ts'

/** A code of ours with the ways people write it; the first is the way we write it back into workbooks. */
export interface Term<C extends string> {
  readonly code: C
  readonly titles: readonly [string, ...string[]]
}

/** A title as it is compared: no case, diacritics, punctuation or double spaces. */
export function titleKey(text: string): string {
  return searchKey(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Makes a function from a written title to its code; `canonical` may unfold abbreviations before titles are compared. */
export function recogniser<C extends string>(
  terms: readonly Term<C>[],
  canonical: (key: string) => string = (key) => key,
): (text: string) => C | undefined {
  const codes = new Map<string, C>()
  for (const { code, titles } of terms) {
    for (const title of titles) codes.set(canonical(titleKey(title)), code)
  }
  return (text) => codes.get(canonical(titleKey(text)))
}
