import { badRequest } from '../errors.ts'
import { tooManyRequests } from '../faults.ts'
import type { Chat, Content, Message } from '../model.ts'
import { type RenderedMessage, renderMessage } from '../render/message.ts'
import { type Draft, post } from '../world/posting.ts'
import { hasPermission, type Permission } from '../world/rights.ts'
import { chatFor } from './access.ts'
import type { Call } from './call.ts'
import { readEphemeral } from './ephemeral.ts'
import { readMarkup } from './markup.ts'
import { readReply } from './replying.ts'

/** Kinds of content by the permission they need, in the words of the refusal. */
const REFUSALS: Partial<Record<Permission, string>> = {
  can_send_messages: 'text messages',
  can_send_photos: 'photos',
  can_send_documents: 'documents',
  can_send_videos: 'videos',
  can_send_audios: 'music',
  can_send_voice_notes: 'voice notes',
  can_send_polls: 'polls',
}

/** Everything of a sending method but its content: where, how it looks, what it answers. */
export interface Outgoing {
  chat: Chat
  frame: Omit<Draft, 'content'>
}

/** Reads the common parameters of the send methods and refuses what may not be sent there. */
export function prepare(call: Call, permission: Permission): Outgoing {
  const { params, bot } = call
  const chat = chatFor(call, 'write')
  needPermission(call, chat, permission)
  spend(call, chat)
  params.ignore('disable_notification', 'allow_paid_broadcast', 'business_connection_id', 'direct_messages_topic_id')
  const markup = readMarkup(params, chat)
  const reply = readReply(call, chat)
  const { replyTo, quote } = reply
  const threadId = readTopic(call, chat, replyTo)
  const frame: Outgoing['frame'] = { from: bot.account, ...markup, ...readEphemeral(call, chat, reply) }
  if (replyTo) frame.replyTo = replyTo
  if (quote) frame.quote = quote
  if (threadId !== undefined) frame.threadId = threadId
  if (params.flag('protect_content')) frame.protected = true
  if (params.has('message_effect_id')) frame.effectId = params.text('message_effect_id')
  return { chat, frame }
}

export function needPermission(call: Call, chat: Chat, permission: Permission): void {
  if (chat.type === 'private') return
  if (hasPermission(chat, chat.members.get(call.bot.account.id), permission)) return
  throw badRequest(`not enough rights to send ${REFUSALS[permission] ?? 'messages'} to the chat`)
}

/** Counts a message (or an edit) against the flood limits, where they are switched on. */
export function spend({ state, bot }: Call, chat: Chat): void {
  const wait = state.faults.flood.spend(bot.account.id, chat.id, state.clock.milliseconds())
  if (wait > 0) throw tooManyRequests(wait)
}

/** The rest of what one call sends at once. */
export function spendMore({ state, bot }: Call, chat: Chat, count: number): void {
  state.faults.flood.add(bot.account.id, chat.id, state.clock.milliseconds(), count)
}

/** Puts the content into the chat and answers with the message. */
export function deliver(call: Call, outgoing: Outgoing, content: Content): RenderedMessage {
  return renderMessage(call.state, call.bot, deliverQuietly(call, outgoing, content))
}

export function deliverQuietly(call: Call, { chat, frame }: Outgoing, content: Content): Message {
  return post(call.state, chat, { ...frame, content })
}

function readTopic(call: Call, chat: Chat, replyTo: Message | undefined): number | undefined {
  const id = call.params.integer('message_thread_id')
  if (id <= 0) return replyTo?.threadId
  if (!chat.topics.has(id)) throw badRequest('message thread not found')
  if (chat.topics.get(id)?.closed) throw badRequest('TOPIC_CLOSED')
  return id
}
