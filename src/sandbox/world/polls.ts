import { PeopleError } from '../errors.ts'
import type { Message, PollRecord } from '../model.ts'
import { renderUser } from '../render/chat.ts'
import { renderPoll } from '../render/poll.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { enqueue } from '../updates/queue.ts'
import { person } from './accounts.ts'
import { chatOf } from './places.ts'
import { touch } from './posting.ts'
import { messageIn } from './talking.ts'

export interface Voting {
  from: number
  chat: number
  bot?: number | undefined
  message: number
  /** Positions of the chosen options, from 0; none takes the vote back. */
  options: readonly number[]
}

/**
 * A person votes in a poll, changes the vote, or takes it back. Through a forwarded copy outsiders vote too, as they
 * can in Telegram.
 */
export function vote(state: State, input: Voting): Message {
  const voter = person(state, input.from)
  const message = messageIn(chatOf(state, voter, input.chat, input.bot), input.message)
  castIn(state, message, input.from, [...new Set(input.options)])
  return message
}

function castIn(state: State, message: Message, voterId: number, options: number[]): void {
  if (message.content.kind !== 'poll') throw new PeopleError('poll.unknown', texts.pollUnknown, 404)
  const { poll } = message.content
  if (poll.closed) throw new PeopleError('poll.closed', texts.pollClosed, 409)
  const isUnknown = options.some((option) => poll.options[option] === undefined)
  if (isUnknown || (options.length > 1 && !poll.multiple)) throw new PeopleError('option.unknown', texts.optionUnknown)
  if (poll.votes.has(voterId) && !poll.revoting) throw new PeopleError('poll.noRevoting', texts.pollNoRevoting, 409)
  if (options.length === 0) poll.votes.delete(voterId)
  else poll.votes.set(voterId, options)
  touch(state, message)
  if (poll.message && poll.message !== message) touch(state, poll.message)
  tell(state, poll, voterId, options)
}

/** The bot that sent the poll hears of named votes; of anonymous ones only how the counts stand. */
function tell(state: State, poll: PollRecord, voterId: number, options: number[]): void {
  const bot = poll.botId === undefined ? undefined : state.data.bots.get(poll.botId)
  if (!bot) return
  const key = `poll:${poll.id}`
  if (poll.anonymous) {
    enqueue(state, bot, 'poll', key, { poll: renderPoll(poll, bot.account.id) })
    return
  }
  enqueue(state, bot, 'poll_answer', key, {
    poll_answer: {
      poll_id: poll.id,
      user: renderUser(person(state, voterId)),
      option_ids: options,
      option_persistent_ids: options.flatMap((option) => poll.options[option]?.id ?? []),
    },
  })
}

/** No more votes; the bot is told how it ended. */
export function closePoll(state: State, poll: PollRecord): void {
  if (poll.closed) return
  poll.closed = true
  if (poll.message) touch(state, poll.message)
  const bot = poll.botId === undefined ? undefined : state.data.bots.get(poll.botId)
  if (bot) enqueue(state, bot, 'poll', `poll:${poll.id}`, { poll: renderPoll(poll, bot.account.id) })
}

/** Sets the alarm that closes a poll with an end. Called again for all polls after a snapshot is restored. */
export function closeLater(state: State, poll: PollRecord): void {
  if (poll.closeDate === undefined || poll.closed) return
  state.clock.at(poll.closeDate * 1000, () => closePoll(state, poll))
}
