import { badRequest } from '../errors.ts'
import type { Chat, Message } from '../model.ts'
import type { Call } from './call.ts'
import { format } from './formatting.ts'
import { flagField, isObject, numberField, textField } from './params.ts'

export interface Reply {
  replyTo?: Message
  quote?: NonNullable<Message['quote']>
  /** Answers an ephemeral message of a person. */
  ephemeral?: number
}

/** `reply_parameters`, or the older `reply_to_message_id`. */
export function readReply(call: Call, chat: Chat): Reply {
  const { params } = call
  const given = params.json('reply_parameters', 'reply parameters')
  const old = params.integer('reply_to_message_id')
  const lenient = params.flag('allow_sending_without_reply')
  if (given === undefined || given === null) return old > 0 ? found(chat, old, lenient) : {}
  if (!isObject(given)) throw badRequest('object expected as reply parameters')
  const ephemeral = numberField(given, 'ephemeral_message_id')
  if (ephemeral !== undefined) return { ephemeral }
  const id = numberField(given, 'message_id') ?? 0
  const elsewhere = textField(given, 'chat_id')
  if (elsewhere !== undefined && elsewhere !== String(chat.id)) return fromElsewhere(call, elsewhere, id)
  const reply = found(chat, id, flagField(given, 'allow_sending_without_reply'))
  const quote = textField(given, 'quote')
  if (!quote || !reply.replyTo) return reply
  const { text, entities } = format(call.state, quote, textField(given, 'quote_parse_mode') ?? '', given.quote_entities)
  const position = wordsOf(reply.replyTo).indexOf(text)
  if (position < 0) throw badRequest('QUOTE_TEXT_INVALID')
  return { ...reply, quote: { text, entities, position } }
}

function found(chat: Chat, id: number, lenient: boolean): Reply {
  const replyTo = chat.messages.get(id)
  if (!replyTo && !lenient) throw badRequest('message to be replied not found')
  return replyTo ? { replyTo } : {}
}

/** A reply to a message of another chat is sent without showing it; only its existence is checked. */
function fromElsewhere(call: Call, chatId: string, id: number): Reply {
  const chat = call.state.data.groups.get(Number(chatId)) ?? call.bot.privateChats.get(Number(chatId))
  if (!chat) throw badRequest('chat not found')
  if (!chat.messages.has(id)) throw badRequest('message to be replied not found')
  return {}
}

function wordsOf({ content }: Message): string {
  if (content.kind === 'text') return content.text
  return content.kind === 'media' ? content.caption : ''
}
