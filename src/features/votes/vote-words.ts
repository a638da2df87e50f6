import { searchKey } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'

export const longestQuestion = 600
export const longestOption = 80
export const fewestOptions = 2
export const mostOptions = 8
export const mostQuestions = 5

/** One thing to vote on. */
export interface Question {
  text: string
  options: readonly string[]
}

/** The first line asks; lines after it, if there are any, are the options. */
export function readVote(text: string): { question: string; options: string[] } {
  const [question = '', ...rest] = writtenLines(text)
  return { question, options: readOptions(rest.join('\n')) }
}

/** Checks all that a vote asks. Fails as {@link checkQuestion} and {@link checkOptions} do. */
export function checkQuestions(questions: readonly Question[]): Result<Question[]> {
  if (questions.length === 0 || questions.length > mostQuestions) return fail('votes.noQuestion')
  const checked: Question[] = []
  for (const question of questions) {
    const text = checkQuestion(question.text)
    if (!text.ok) return text
    const options = checkOptions(question.options)
    if (!options.ok) return options
    checked.push({ text: text.value, options: options.value })
  }
  return ok(checked)
}

/** Checks a question. Fails with `votes.noQuestion`, `votes.questionTooLong`. */
export function checkQuestion(text: string): Result<string> {
  const question = text.normalize('NFC').trim()
  // A number or a picture alone is nothing to vote on.
  if (!/\p{L}/u.test(question)) return fail('votes.noQuestion')
  if (question.length > longestQuestion) return fail('votes.questionTooLong', { longest: longestQuestion })
  return ok(question)
}

/** Checks the options. Fails with `votes.optionCount`, `votes.optionTooLong`, `votes.optionTwice` (however it is spelt). */
export function checkOptions(options: readonly string[]): Result<string[]> {
  const written = options.flatMap(writtenLines)
  if (written.length < fewestOptions || written.length > mostOptions) {
    return fail('votes.optionCount', { fewest: fewestOptions, most: mostOptions })
  }
  const long = written.find((option) => option.length > longestOption)
  if (long !== undefined) return fail('votes.optionTooLong', { option: long.slice(0, 30), longest: longestOption })
  const keys = written.map(searchKey)
  const twice = written.find((_, index) => keys.indexOf(keys[index] ?? '') !== index)
  if (twice !== undefined) return fail('votes.optionTwice', { option: twice })
  return ok(written)
}

function writtenLines(text: string): string[] {
  return text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Options as they are typed in a list, with or without numbers before them. */
export function readOptions(text: string): string[] {
  return writtenLines(text).map((line) => line.replace(/^(?:\d{1,2}\s*[.)]|[-•+])\s+/, ''))
}
