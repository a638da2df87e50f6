import { readXml } from './xml.ts'

/**
 * Which styles show a number as a date, by the style's index (`xl/styles.xml`). A style without a format of its own has that of
 * the style it is based on.
 */
export async function readDateStyles(pieces: AsyncIterable<Uint8Array>): Promise<boolean[]> {
  const formats = new Map<number, string>()
  const bases: (number | null)[] = []
  const styles: { format: number | null; base: number }[] = []
  let list = ''
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellStyleXfs' || name === 'cellXfs') list = name
      if (name !== 'xf') return
      const format = attributes.numFmtId ? Number(attributes.numFmtId) : null
      if (list === 'cellStyleXfs') bases.push(format)
      else if (list === 'cellXfs') styles.push({ format, base: Number(attributes.xfId ?? 0) })
    },
    close: (name) => {
      if (name === list) list = ''
    },
    text: () => {},
  })
  const known = new Map<number, boolean>()
  const isDate = (format: number) => {
    const found = known.get(format) ?? (builtInDates.has(format) || isDateFormat(formats.get(format) ?? ''))
    known.set(format, found)
    return found
  }
  return styles.map(({ format, base }) => {
    if (format !== null) return isDate(format)
    return base > 0 && builtInDates.has(bases[base] ?? 0)
  })
}

/** Formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30), those of Asian editions among them. */
const builtInDates = new Set([...span(14, 22), ...span(27, 36), ...span(45, 47), ...span(50, 58), ...span(71, 81)])
/** What Excel takes as the code of a format. */
const longestFormat = 255
const dateWords = /^(?:[smhde]{1,2}|am|pm|[ap]|d{3,4}|a{3,5}|m{3,5}|yy?|yyyy|eeee)$/

/** Whether a format's code, such as `dd/mm/yyyy;@`, shows nothing but parts of a date or time. */
function isDateFormat(code: string): boolean {
  if (code.length > longestFormat) return false
  const plain = code.toLowerCase().replace(/;@$/, '').replace(/\\./g, ' ')
  return plain.split(';').some((one) => {
    const words = one
      .replace(/"[^"]*"/g, ' ')
      .replace(/(\[?[smhd]{1,2}\]?)[.,]00?0?/g, '$1')
      .replace(/\[([smhd]{1,2})\]/g, '$1')
      .replace(/\[[^\]]*\]/g, '')
      .split(/[^a-z0#?%]+/)
      .filter((word) => word !== '')
    return words.length > 0 && words.every((word) => dateWords.test(word))
  })
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
