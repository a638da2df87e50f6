import { disqualifierOf, readScore, recogniseLevel, type WrittenResult } from '../../../domain/evaluation.ts'
import type { EvaluationPack } from '../../../domain/packs/schema.ts'

/** What a line says of one person. */
export interface ReadFields {
  readonly written: WrittenResult
  readonly remark: string | null
}

type Field = keyof WrittenResult

/** A comma between digits is a decimal one; a dash inside a word is the word's. */
const separator = /\s*[\t;|]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s*-\s+|\s+-|,(?!\d)\s*|:\s+/
const leading = /^[\s\-–—,;:|]+/
/** "Hoàn thành xuất sắc nhiệm vụ" and a little room. */
const longestName = 8

/** The text up to the first separator, and what follows it; nothing follows where there is none. */
export function cutField(text: string): [field: string, rest: string | null] {
  const found = separator.exec(text)
  return found ? [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length)] : [text.trim(), null]
}

/**
 * Reads points, letter, level and ground in whatever order they stand, each once; what follows the last of them is the
 * remark, kept as it was written. Without separators the words are read one after another: "tốt 85 có sáng kiến".
 */
export function readFields(pack: EvaluationPack, text: string): ReadFields {
  const written: Partial<Record<Field, string>> = {}
  let rest = text.replace(leading, '')
  const separated = cutField(rest)[1] !== null
  while (rest !== '') {
    const [field, after] = separated ? cutField(rest) : cutWords(pack, rest)
    const found = fieldsIn(pack, field)
    if (!found || found.some(([name]) => written[name] !== undefined)) break
    for (const [name, value] of found) written[name] = value
    rest = (after ?? '').replace(leading, '')
  }
  return { written, remark: rest.trim() === '' ? null : rest.trim() }
}

export function saysSomething({ written }: ReadFields): boolean {
  return Object.keys(written).length > 0
}

/** What one field is: `85`, `28+62`, `85 điểm`, `B`, `Loại B`, `Tốt`, `Tốt (85)`, a ground; nothing where it is a remark. */
function fieldsIn(pack: EvaluationPack, field: string): [Field, string][] | null {
  const bare = bareOf(field)
  const one = fieldOf(pack, bare)
  if (one) return [[one, bare]]
  const both = /^(.+?)[\s,(]+(\d[\d.,+ ]*(?:điểm|đ)?)\)?$/i.exec(bare)
  const [first, second] = [both?.[1]?.trim() ?? '', both?.[2]?.trim() ?? '']
  const [left, right] = [fieldOf(pack, first), fieldOf(pack, second)]
  return left && right && left !== right
    ? [
        [left, first],
        [right, second],
      ]
    : null
}

function fieldOf(pack: EvaluationPack, field: string): Field | null {
  const text = field.replace(/\s*(điểm|đ)$/i, '')
  if (text === '') return null
  if (text.split('+').every((part) => readScore(part) !== undefined)) return 'score'
  if (recogniseLevel(text)) return 'level'
  const letter = text.toLowerCase().replace(/^(xếp )?loại\s+/, '')
  if (pack.bands.some(({ grade }) => grade?.toLowerCase() === letter)) return 'grade'
  if (/^(xếp )?loại\s+\S+$/i.test(text) || /^[A-ZĐ][+-]?$/.test(text)) return 'grade'
  return disqualifierOf(pack, text) ? 'disqualifier' : null
}

/** Without a full stop behind it or brackets around it. */
function bareOf(field: string): string {
  return field.replace(/[.,]$/, '').replace(/^\((.*)\)$/, '$1')
}

/** The longest beginning of some words that is a field. */
function cutWords(pack: EvaluationPack, text: string): [string, string] {
  const words = text.split(' ')
  for (let count = Math.min(longestName, words.length); count > 0; count--) {
    const field = words.slice(0, count).join(' ')
    if (fieldOf(pack, bareOf(field))) return [field, words.slice(count).join(' ')]
  }
  return [text, '']
}
