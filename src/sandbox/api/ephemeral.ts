import { badRequest } from '../errors.ts'
import type { Chat, Message } from '../model.ts'
import { ephemeralKey, nextEphemeralId } from '../world/ephemerals.ts'
import { isAdministrator, isIn } from '../world/rights.ts'
import type { Call } from './call.ts'
import { flagField, isObject, numberField, textField } from './params.ts'
import type { Reply } from './replying.ts'

/** So long after a person's act may a bot without rights answer it in private, on the sandbox's clock. */
const WINDOW = 15_000

type EphemeralFrame = Pick<Message, 'ephemeral' | 'replaces'>

/**
 * `ephemeral_message_parameters`: a message in a group that one member sees. Administrators send one whenever they
 * like; other bots only within 15 seconds of that person's press or ephemeral message.
 */
export function readEphemeral(call: Call, chat: Chat, reply: Reply): EphemeralFrame {
  const given = call.params.json('ephemeral_message_parameters', 'ephemeral message parameters')
  if (given === undefined || given === null) {
    if (reply.ephemeral !== undefined) throw badRequest('a reply to an ephemeral message must be ephemeral')
    return {}
  }
  if (!isObject(given)) throw badRequest('object expected as ephemeral message parameters')
  if (chat.type === 'private') throw badRequest('ephemeral messages can be sent only to groups and supergroups')
  const receiver = chat.members.get(numberField(given, 'receiver_user_id') ?? 0)
  if (!isIn(receiver) || receiver.account.isBot) throw badRequest('ephemeral message receiver not found')
  const pressed = pressedMessage(call, chat, receiver.account.id, textField(given, 'callback_query_id'))
  const isAnswer = pressed !== undefined || answersEphemeral(call, chat, receiver.account.id, reply)
  if (!isAnswer && !isAdministrator(chat.members.get(call.bot.account.id))) {
    throw badRequest('not enough rights to send ephemeral messages to the chat')
  }
  const ephemeral = { id: nextEphemeralId(call.bot), receiver: receiver.account }
  const replaced = flagField(given, 'replace_callback_query_message') ? pressed : undefined
  return { ephemeral, ...(replaced ? { replaces: replaced } : {}) }
}

/** The message whose button that person has just pressed. */
function pressedMessage(call: Call, chat: Chat, receiver: number, id: string | undefined): Message | undefined {
  if (id === undefined) return undefined
  const query = call.state.data.queries.get(id)
  const isTheirs = query?.from.id === receiver && query.message.chat === chat && query.botId === call.bot.account.id
  const isFresh = query !== undefined && call.state.clock.milliseconds() - query.at <= WINDOW
  if (!isTheirs || !isFresh) throw badRequest('query is too old and response timeout expired or query ID is invalid')
  return query.message
}

function answersEphemeral(call: Call, chat: Chat, receiver: number, reply: Reply): boolean {
  if (reply.ephemeral === undefined) return false
  const message = chat.ephemerals.get(ephemeralKey(call.bot.account.id, reply.ephemeral))
  if (!message || message.from.id !== receiver) throw badRequest('message to be replied not found')
  return call.state.clock.milliseconds() - message.date * 1000 <= WINDOW
}
