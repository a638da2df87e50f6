import { fail, ok, type Result } from '../../../domain/result.ts'
import { type BallotCounts, checkCounts, type RollCounts } from '../../../domain/verdict.ts'
import type { VoteView } from '../vote-view.ts'

/** What is asked about the slips as a whole, in this order. Of hands only how many were raised at all. */
export type SlipField = 'issued' | 'returned' | 'valid' | 'invalid' | 'joined'

/** Counts as they are typed in, number by number. */
export interface TypedCounts {
  /** The answers to {@link fieldsOf}, as far as they have been given. */
  slips: number[]
  /** Per question the votes for each option and then the blanks, as far as they have been given. */
  rows: number[][]
}

/** Those who count only by voting are asked for where the roll has any. */
export function fieldsOf(vote: VoteView, roll: RollCounts): SlipField[] {
  const joined: SlipField[] = roll.whenVoting > 0 ? ['joined'] : []
  return vote.byHand ? ['returned', ...joined] : ['issued', 'returned', 'valid', 'invalid', ...joined]
}

/** The numbers in a typed text, `null` where something in it is none. */
export function numbersTyped(text: string): number[] | null {
  const words = text.trim().split(/[\s,;/]+/)
  return words.every((word) => /^\d{1,4}$/.test(word)) ? words.map(Number) : null
}

/** Adds one typed line to the counts. Fails with what is wrong with it. */
export function addLine(vote: VoteView, roll: RollCounts, typed: TypedCounts, line: string): Result<TypedCounts> {
  const numbers = numbersTyped(line)
  if (!numbers) return fail('votes.notNumbers')
  const fields = fieldsOf(vote, roll)
  if (typed.slips.length < fields.length) {
    const missing = fields.length - typed.slips.length
    if (numbers.length > missing) return fail('votes.tooManyNumbers', { wanted: missing, given: numbers.length })
    return checked(vote, roll, { ...typed, slips: [...typed.slips, ...numbers] })
  }
  const options = vote.questions[typed.rows.length]?.options.length ?? 0
  const wanted = options + (vote.byHand ? 0 : 1)
  if (numbers.length !== wanted) return fail('votes.rowLength', { wanted, given: numbers.length })
  return checked(vote, roll, { ...typed, rows: [...typed.rows, numbers] })
}

/** Whether everything has been typed in. */
export function isWhole(vote: VoteView, roll: RollCounts, { slips, rows }: TypedCounts): boolean {
  return slips.length === fieldsOf(vote, roll).length && rows.length === vote.questions.length
}

/**
 * The typed numbers as counts. What is not typed for hands follows: nobody's hand is invalid, and whoever raised none for any
 * option is blank.
 */
export function countsOf(vote: VoteView, roll: RollCounts, { slips, rows }: TypedCounts): BallotCounts {
  const given = new Map(fieldsOf(vote, roll).map((field, index) => [field, slips[index] ?? 0]))
  const returned = given.get('returned') ?? 0
  return {
    issued: vote.byHand ? roll.voters : (given.get('issued') ?? 0),
    returned,
    invalid: given.get('invalid') ?? 0,
    joined: given.get('joined') ?? 0,
    questions: vote.questions.map(({ options }, question) => (rows[question] ?? []).slice(0, options.length)),
  }
}

/** The sums that must agree, as far as their numbers are known: valid + invalid = returned, votes + blanks = valid. */
function checked(vote: VoteView, roll: RollCounts, typed: TypedCounts): Result<TypedCounts> {
  const fields = fieldsOf(vote, roll)
  const at = (field: SlipField) => {
    const index = fields.indexOf(field)
    return index < 0 ? undefined : typed.slips[index]
  }
  const [issued, returned, valid, invalid] = [at('issued'), at('returned'), at('valid'), at('invalid')]
  if (issued !== undefined && issued > roll.voters) return fail('count.issuedOverRoll', { issued, roll: roll.voters })
  if (vote.byHand && returned !== undefined && returned > roll.voters) {
    return fail('votes.handsOverRoll', { returned, roll: roll.voters })
  }
  if (issued !== undefined && returned !== undefined && returned > issued) {
    return fail('count.returnedOverIssued', { returned, issued })
  }
  if (returned !== undefined && valid !== undefined && invalid !== undefined && valid + invalid !== returned) {
    return fail('votes.slipsDisagree', { returned, valid, invalid })
  }
  const last = typed.rows.at(-1)
  const slips = vote.byHand ? returned : valid
  if (last && slips !== undefined) {
    const sum = last.reduce((total, count) => total + count, 0)
    if (vote.byHand ? sum > slips : sum !== slips) return fail('votes.rowDisagrees', { sum, valid: slips })
  }
  const whole = checkCounts(countsOf(vote, roll, typed), roll)
  return isWhole(vote, roll, typed) && !whole.ok ? whole : ok(typed)
}
