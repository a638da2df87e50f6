import { badRequest } from '../errors.ts'
import type { PollOption, PollRecord } from '../model.ts'
import { renderMessage } from '../render/message.ts'
import { renderPoll } from '../render/poll.ts'
import { nextSerial } from '../state.ts'
import { closeLater, closePoll } from '../world/polls.ts'
import type { Call, Handlers } from './call.ts'
import { editable } from './edit-methods.ts'
import { format, formatted } from './formatting.ts'
import { readMarkup } from './markup.ts'
import { isObject, textField } from './params.ts'
import { deliverQuietly, prepare } from './sending.ts'

const MOST_OPTIONS = 12
const SHORTEST = 5
const LONGEST = 2_628_000

export const pollMethods: Handlers = {
  sendPoll(call) {
    const outgoing = prepare(call, 'can_send_polls')
    const poll = readPoll(call)
    const message = deliverQuietly(call, outgoing, { kind: 'poll', poll })
    poll.message = message
    call.state.data.polls.set(poll.id, poll)
    closeLater(call.state, poll)
    return renderMessage(call.state, call.bot, message)
  },

  stopPoll(call) {
    const message = editable(call)
    if (message.content.kind !== 'poll') throw badRequest('message with poll to stop not found')
    const { poll } = message.content
    if (poll.closed) throw badRequest('poll has already been closed')
    const { inline } = readMarkup(call.params, message.chat)
    if (inline) message.inline = inline
    else delete message.inline
    closePoll(call.state, poll)
    return renderPoll(poll, call.bot.account.id)
  },
}

function readPoll(call: Call): PollRecord {
  const { params, state } = call
  const question = formatted(call, 'question', 'question_entities', 'question_parse_mode')
  if (question.text === '') throw badRequest('poll question must be non-empty')
  if ([...question.text].length > 300) throw badRequest('poll question length must not exceed 300')
  const options = readOptions(call)
  const type = params.text('type') || 'regular'
  if (type !== 'regular' && type !== 'quiz') throw badRequest('unsupported poll type specified')
  const explanation = formatted(call, 'explanation', 'explanation_entities', 'explanation_parse_mode')
  const multiple = params.flag('allows_multiple_answers')
  const revoting = params.has('allows_revoting') ? params.flag('allows_revoting') : type === 'regular'
  params.ignore('protect_content', 'shuffle_options', 'hide_results_until_closes', 'allow_adding_options')
  const description = params.text('description')
  const poll: PollRecord = {
    id: String(5_000_000_000_000_000_000n + BigInt(nextSerial(state))),
    botId: call.bot.account.id,
    question: question.text,
    questionEntities: question.entities,
    options,
    votes: new Map(),
    anonymous: params.has('is_anonymous') ? params.flag('is_anonymous') : true,
    type,
    multiple,
    revoting,
    closed: params.flag('is_closed'),
    correct: type === 'quiz' ? readCorrect(call, options.length) : [],
    explanationEntities: explanation.entities,
    ...(explanation.text ? { explanation: explanation.text } : {}),
    ...(description ? { description } : {}),
  }
  return withEnd(call, poll)
}

function readOptions(call: Call): PollOption[] {
  const given = call.params.json('options', 'options')
  if (!Array.isArray(given)) throw badRequest('expected an Array of String as options')
  if (given.length < 1) throw badRequest('poll must have at least 1 option')
  if (given.length > MOST_OPTIONS) throw badRequest(`poll can't have more than ${MOST_OPTIONS} options`)
  return given.map((one: unknown, index) => {
    const source = typeof one === 'string' ? one : isObject(one) ? (textField(one, 'text') ?? '') : ''
    const mode = isObject(one) ? (textField(one, 'text_parse_mode') ?? '') : ''
    const { text, entities } = format(call.state, source, mode, isObject(one) ? one.text_entities : undefined)
    if (text === '') throw badRequest('poll options must be non-empty')
    if ([...text].length > 100) throw badRequest('poll options length must not exceed 100')
    return { id: String(index), text, entities }
  })
}

function readCorrect(call: Call, count: number): number[] {
  const { params } = call
  const given = params.json('correct_option_ids', 'correct option identifiers') ?? [
    params.integer('correct_option_id', -1),
  ]
  if (!Array.isArray(given) || given.length === 0) throw badRequest('expected an Array of correct option identifiers')
  return given.map((one: unknown) => {
    const index = Number(one)
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw badRequest('invalid correct option identifier specified')
    }
    return index
  })
}

function withEnd(call: Call, poll: PollRecord): PollRecord {
  const now = call.state.clock.seconds()
  const period = call.params.optionalInteger('open_period')
  const date = call.params.optionalInteger('close_date')
  if (period === undefined && date === undefined) return poll
  const length = period ?? (date ?? 0) - now
  if (length < SHORTEST || length > LONGEST) throw badRequest('POLL_CLOSE_DATE_INVALID')
  return { ...poll, closeDate: date ?? now + length, ...(period === undefined ? {} : { openPeriod: period }) }
}
