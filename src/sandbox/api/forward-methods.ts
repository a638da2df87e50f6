import type { MessageId } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import type { Chat, Content, Message } from '../model.ts'
import { renderMessage } from '../render/message.ts'
import { nextSerial } from '../state.ts'
import { chatFor, messageFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { formatted } from './formatting.ts'
import { checkCaption } from './media-methods.ts'
import { deliverQuietly, type Outgoing, prepare, spendMore } from './sending.ts'

export const forwardMethods: Handlers = {
  forwardMessage(call) {
    const outgoing = prepare(call, 'can_send_messages')
    const message = messageFor(call, chatFor(call, 'read', 'from_chat_id'), 'message to forward')
    ignoreVideo(call)
    if (!isForwardable(message)) throw badRequest("the message can't be forwarded")
    return renderMessage(call.state, call.bot, forward(call, outgoing, message))
  },

  forwardMessages(call) {
    const outgoing = prepare(call, 'can_send_messages')
    return several(call, outgoing, 'messages to forward', (message) => forward(call, outgoing, message))
  },

  copyMessage(call) {
    const outgoing = prepare(call, 'can_send_messages')
    const message = messageFor(call, chatFor(call, 'read', 'from_chat_id'), 'message to copy')
    ignoreVideo(call)
    if (!isForwardable(message)) throw badRequest("the message can't be copied")
    return { message_id: deliverQuietly(call, outgoing, withCaption(call, message.content)).id }
  },

  copyMessages(call) {
    const outgoing = prepare(call, 'can_send_messages')
    const bare = call.params.flag('remove_caption')
    return several(call, outgoing, 'messages to copy', ({ content }) =>
      deliverQuietly(
        call,
        outgoing,
        bare && content.kind === 'media' ? { ...content, caption: '', captionEntities: [] } : content,
      ),
    )
  },
}

function ignoreVideo({ params }: Call): void {
  params.ignore('video_start_timestamp', 'show_caption_above_media')
}

function isForwardable(message: Message): boolean {
  return !message.protected && message.content.kind !== 'service'
}

function forward(call: Call, outgoing: Outgoing, message: Message): Message {
  const origin = message.forwarded ?? {
    from: message.from,
    date: message.date,
    ...(message.anonymous ? { senderChat: message.chat } : {}),
  }
  return deliverQuietly(call, { ...outgoing, frame: { ...outgoing.frame, forwarded: origin } }, message.content)
}

/** Messages that are missing or may not be forwarded are passed over; albums stay albums. */
function several(call: Call, outgoing: Outgoing, what: string, copy: (message: Message) => Message): MessageId[] {
  const chat: Chat = chatFor(call, 'read', 'from_chat_id')
  const ids = call.params.json('message_ids', 'message identifiers')
  if (!Array.isArray(ids)) throw badRequest('expected an Array of message identifiers')
  if (ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > 100) throw badRequest('too many message identifiers specified')
  const messages = ids.flatMap((id: unknown) => chat.messages.get(Number(id)) ?? []).filter(isForwardable)
  if (messages.length === 0) throw badRequest(`there are no ${what}`)
  spendMore(call, outgoing.chat, messages.length - 1)
  const albums = new Map<string, string>()
  return messages.map((message) => {
    const made = copy(message)
    const { albumId } = message
    if (albumId !== undefined) {
      const fresh = albums.get(albumId) ?? String(13_000_000_000_000_000n + BigInt(nextSerial(call.state)))
      albums.set(albumId, fresh)
      made.albumId = fresh
    }
    return { message_id: made.id }
  })
}

/** A copy keeps the caption unless the call brings another. */
function withCaption(call: Call, content: Content): Content {
  call.params.ignore('caption_entities', 'parse_mode')
  if (call.params.raw('caption') === undefined || content.kind !== 'media') return content
  const { text, entities } = formatted(call, 'caption', 'caption_entities')
  checkCaption(text)
  return { ...content, caption: text, captionEntities: entities }
}
