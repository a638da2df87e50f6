import { normaliseName, searchKey } from './names.ts'

const marks = ['Tuyệt mật', 'Tối mật', 'Mật'] as const
/** How a paper is marked as a state secret (Law 117/2025/QH15). */
export type SecrecyMark = (typeof marks)[number]

/** A mark stands above the text, so that many written lines are looked at. */
const headLines = 4
/** Words beside "mật" that make it an ordinary word: bảo mật, bí mật, cơ mật, thân mật; mật độ, mật khẩu, mật ong … */
const ordinaryBefore = new Set(['bao', 'bi', 'co', 'than', 'thiet', 'nuoc'])
const ordinaryAfter = new Set(['do', 'khau', 'ong', 'thu', 'ma', 'vu', 'thiet', 'nghi', 'danh', 'phi', 'lenh', 'gau'])

/**
 * The mark at the head of a text, if it has one: alone on a line (`MẬT`), in brackets (`[Tối mật]`), after a colon
 * (`Độ mật: Mật`), or in capitals before the text (`MẬT Số 12`). "Mật độ dân cư" and "bảo mật" are ordinary words.
 */
export function secrecyMark(text: string): SecrecyMark | undefined {
  const lines = text
    .split(/\r?\n/)
    .map(normaliseName)
    .filter((line) => line !== '')
    .slice(0, headLines)
  return firstOf(lines, markOfLine)
}

/** The mark in a file's name: with its diacritics as a word of its own, or in brackets however it is typed. */
export function secrecyMarkInFileName(name: string): SecrecyMark | undefined {
  const bare = normaliseName(name).replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const bracketed = [...bare.matchAll(/[[({]([^\])}]*)[\])}]/g)].map((match) => searchKey(match[1] ?? ''))
  const words = bare
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
  const keys = words.map(searchKey)
  return (
    firstOf(bracketed, (inside) => marks.find((mark) => searchKey(mark) === inside)) ??
    firstOf([...keys.keys()], (index) => {
      const pair = `${keys[index - 1] ?? ''} ${keys[index]}`
      if (pair === 'tuyet mat') return 'Tuyệt mật'
      if (pair === 'toi mat') return 'Tối mật'
      const ordinary = ordinaryBefore.has(keys[index - 1] ?? '') || ordinaryAfter.has(keys[index + 1] ?? '')
      // Without diacritics "mat" is far more often "mặt trận" than "mật".
      return words[index] === 'mật' && !ordinary ? 'Mật' : undefined
    })
  )
}

function markOfLine(line: string): SecrecyMark | undefined {
  const segments = line.split(/[[\](){}<>.:;,|/*_"“”«»–—-]+/).map((segment) => segment.trim().toLowerCase())
  const alone = marks.find((mark) => segments.includes(mark.toLowerCase()))
  if (alone) return alone
  const inCapitals = marks.slice(0, 2).find((mark) => line.includes(mark.toUpperCase()))
  if (inCapitals) return inCapitals
  // "MẬT Số 12" is a mark before a number; "MẬT ĐỘ DÂN CƯ" is a heading.
  const [, next] = /^MẬT\s+(\S+)/.exec(line) ?? []
  return next !== undefined && (/^\d/.test(next) || next !== next.toUpperCase()) ? 'Mật' : undefined
}

function firstOf<T, R>(values: readonly T[], found: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const result = found(value)
    if (result !== undefined) return result
  }
  return undefined
}
