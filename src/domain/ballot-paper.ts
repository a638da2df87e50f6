/** How many names a ballot paper may carry and how many options beside each, so that every button fits in 64 bytes. */
export const mostNames = 100
export const mostOptions = 4

/** What stands beside one name: 0 to 3 are the options in the paper's order, 4 is blank. */
export type Mark = 0 | 1 | 2 | 3 | 4
export const blank: Mark = 4

/** Names marked so far, from the first on. */
export type Marks = readonly Mark[]

/** What a button of the paper does, given the marks it carries. */
export type PaperAct =
  | { kind: 'show' }
  | { kind: 'mark'; mark: Mark }
  | { kind: 'back' }
  /** Asks which mark all names that remain are to get. */
  | { kind: 'askRest' }
  | { kind: 'rest'; mark: Mark }
  | { kind: 'cast' }

export interface PaperButton {
  ballot: number
  marks: Marks
  act: PaperAct
}

/** What stands on the paper after a press. */
export type PaperPage =
  | { kind: 'name'; marks: Marks }
  | { kind: 'rest'; marks: Marks }
  /** Every name is marked: the whole list, to confirm. */
  | { kind: 'whole'; marks: Marks }

const letters = { show: '>', back: '<', askRest: '*', cast: '!' } as const
const restLetters = 'abcde'
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const markCount = 5n

/**
 * The data of a button: `<ballot>:<names marked>:<act>:<marks>`, the numbers in base 36, the marks as one number of base 5
 * written in base 64. It carries the whole state, so that nothing of a voter is kept with us. With the button's word before it
 * it stays below 64 bytes for 100 names.
 */
export function encodePaperButton({ ballot, marks, act }: PaperButton): string {
  return [ballot.toString(36), marks.length.toString(36), letterOf(act), encodeMarks(marks)].join(':')
}

/** Reads a button's data; null where it was not made by {@link encodePaperButton} (buttons can be forged). */
export function decodePaperButton(data: string): PaperButton | null {
  const match = /^([0-9a-z]{1,6}):([0-9a-z]{1,2}):([0-4a-e><*!]):([A-Za-z0-9_-]{0,39})$/.exec(data)
  if (!match) return null
  const [, ballot = '', count = '', letter = '', state = ''] = match
  const act = actOf(letter)
  const marks = decodeMarks(state, Number.parseInt(count, 36))
  if (!act || !marks) return null
  const button = { ballot: Number.parseInt(ballot, 36), marks, act }
  // One spelling for each state.
  return encodePaperButton(button) === data ? button : null
}

/** What a press leads to on a paper with that many names; null where the button belongs to no such paper. */
export function pressPaper({ marks, act }: PaperButton, names: number): PaperPage | null {
  if (marks.length > names) return null
  const remaining = names - marks.length
  switch (act.kind) {
    case 'show':
      return pageOf(marks, names)
    case 'back':
      return pageOf(marks.slice(0, -1), names)
    case 'mark':
      return remaining > 0 ? pageOf([...marks, act.mark], names) : null
    case 'askRest':
      return remaining > 0 ? { kind: 'rest', marks } : null
    case 'rest':
      return pageOf([...marks, ...Array<Mark>(remaining).fill(act.mark)], names)
    case 'cast':
      return remaining === 0 ? { kind: 'whole', marks } : null
  }
}

function pageOf(marks: Marks, names: number): PaperPage {
  return { kind: marks.length < names ? 'name' : 'whole', marks }
}

function letterOf(act: PaperAct): string {
  if (act.kind === 'mark') return String(act.mark)
  if (act.kind === 'rest') return restLetters.charAt(act.mark)
  return letters[act.kind]
}

function actOf(letter: string): PaperAct | null {
  const rest = restLetters.indexOf(letter)
  if (rest !== -1) return { kind: 'rest', mark: asMark(rest) }
  if (/^\d$/.test(letter)) return { kind: 'mark', mark: asMark(Number(letter)) }
  const kinds = ['show', 'back', 'askRest', 'cast'] as const
  const kind = kinds.find((one) => letters[one] === letter)
  return kind ? { kind } : null
}

/** The digit as a mark; whatever is none is blank. */
export function asMark(digit: number): Mark {
  const known: Mark[] = [0, 1, 2, 3, 4]
  return known[digit] ?? blank
}

function encodeMarks(marks: Marks): string {
  let number = marks.reduce((sum, mark) => sum * markCount + BigInt(mark), 0n)
  let text = ''
  for (; number > 0n; number /= 64n) text = digits.charAt(Number(number % 64n)) + text
  return text
}

function decodeMarks(state: string, count: number): Marks | null {
  if (count > mostNames) return null
  let number = 0n
  for (const letter of state) number = number * 64n + BigInt(digits.indexOf(letter))
  const marks: Mark[] = []
  for (let index = 0; index < count; index++) {
    marks.unshift(asMark(Number(number % markCount)))
    number /= markCount
  }
  return number === 0n ? marks : null
}

/** What is sealed: one byte a name, so that all ballots of a box are equally long. */
export function ballotContent(marks: Marks): Uint8Array {
  return Uint8Array.from(marks)
}

/** Reads what was sealed; null where it is no paper of these names, of which each has so many options. */
export function readBallot(content: Uint8Array, options: readonly number[]): Marks | null {
  const isValid =
    content.length === options.length && options.every((count, index) => fits(content[index] ?? blank, count))
  return isValid ? [...content].map(asMark) : null
}

/** Whether all marks are options of their names, or blank. */
export function marksFit(marks: Marks, options: readonly number[]): boolean {
  return marks.every((mark, index) => fits(mark, options[index] ?? 0))
}

function fits(mark: number, optionCount: number): boolean {
  return mark === blank || mark < optionCount
}
