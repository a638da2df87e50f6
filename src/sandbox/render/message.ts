import type { Message as ApiMessage, Update, User } from '@grammyjs/types'
import type { Bot, Content, Message } from '../model.ts'
import type { State } from '../state.ts'
import { renderChat, renderUser } from './chat.ts'
import { renderMedia } from './media.ts'
import { renderPoll } from './poll.ts'
import { renderService } from './service.ts'

/** A message as it goes out to bots: this world has no channels, so there is always a sender. */
export type RenderedMessage = ApiMessage & Update.NonChannel

/** Who stands as the sender of anonymous administrators' messages. */
export const GROUP_ANONYMOUS_BOT: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
}

/** The Message object that this bot gets; `withReply` is off inside replies and pins, as in Telegram. */
export function renderMessage(state: State, bot: Bot, message: Message, withReply = true): RenderedMessage {
  const chat = renderChat(message.chat)
  const out: RenderedMessage = {
    message_id: message.id,
    from: message.anonymous ? GROUP_ANONYMOUS_BOT : renderUser(message.from),
    chat,
    date: message.date,
  }
  if (message.anonymous) {
    out.sender_chat = chat
    const title = message.chat.members.get(message.from.id)?.title
    if (title) out.author_signature = title
  }
  renderSurroundings(state, bot, message, withReply, out)
  renderContent(state, bot, message.content, out)
  if (message.inline) out.reply_markup = message.inline
  return out
}

function renderSurroundings(state: State, bot: Bot, message: Message, withReply: boolean, out: RenderedMessage): void {
  if (message.threadId !== undefined) {
    out.message_thread_id = message.threadId
    out.is_topic_message = true
  }
  if (withReply && message.replyTo && !message.replyTo.deleted && !message.replyTo.ephemeral) {
    // grammY types the field as one that must be there and undefined, so it cannot be assigned by name.
    Object.assign(out, { reply_to_message: renderMessage(state, bot, message.replyTo, false) })
  } else if (withReply && message.threadId !== undefined && message.threadId !== message.id) {
    // In a topic whatever answers nothing else answers the message that opened it.
    const root = message.chat.messages.get(message.threadId)
    if (root) Object.assign(out, { reply_to_message: renderMessage(state, bot, root, false) })
  }
  if (message.quote) {
    out.quote = { text: message.quote.text, position: message.quote.position, is_manual: true }
    if (message.quote.entities.length > 0) out.quote.entities = message.quote.entities
  }
  if (message.ephemeral) {
    out.ephemeral_message_id = message.ephemeral.id
    out.receiver_user = renderUser(message.ephemeral.receiver)
  }
  if (message.forwarded) out.forward_origin = renderOrigin(message.forwarded)
  if (message.editDate !== undefined) out.edit_date = message.editDate
  if (message.protected) out.has_protected_content = true
  if (message.albumId !== undefined) out.media_group_id = message.albumId
  if (message.viaBot) out.via_bot = renderUser(message.viaBot)
  if (message.effectId !== undefined) out.effect_id = message.effectId
}

function renderOrigin(origin: NonNullable<Message['forwarded']>): NonNullable<ApiMessage['forward_origin']> {
  if (origin.senderChat) return { type: 'chat', date: origin.date, sender_chat: renderChat(origin.senderChat) }
  return { type: 'user', date: origin.date, sender_user: renderUser(origin.from) }
}

function renderContent(state: State, bot: Bot, content: Content, out: RenderedMessage): void {
  switch (content.kind) {
    case 'text':
      out.text = content.text
      if (content.entities.length > 0) out.entities = content.entities
      if (content.linkPreview) out.link_preview_options = content.linkPreview
      break
    case 'media':
      renderMedia(bot, content.media, out)
      if (content.caption !== '') out.caption = content.caption
      if (content.captionEntities.length > 0) out.caption_entities = content.captionEntities
      if (content.captionAbove) out.show_caption_above_media = true
      break
    case 'contact':
      out.contact = { phone_number: content.phone, first_name: content.firstName }
      if (content.lastName) out.contact.last_name = content.lastName
      if (content.userId !== undefined) out.contact.user_id = content.userId
      if (content.vcard) out.contact.vcard = content.vcard
      break
    case 'location':
      out.location = { latitude: content.latitude, longitude: content.longitude }
      if (content.title !== undefined && content.address !== undefined) {
        out.venue = { location: out.location, title: content.title, address: content.address }
      }
      break
    case 'dice':
      out.dice = { emoji: content.emoji, value: content.value }
      break
    case 'poll':
      out.poll = renderPoll(content.poll, bot.account.id)
      break
    case 'service':
      renderService(state, bot, content.service, out)
  }
}
