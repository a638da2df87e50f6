import { badRequest } from '../errors.ts'
import type { Chat, Content, Message } from '../model.ts'
import { type RenderedMessage, renderMessage } from '../render/message.ts'
import { erase, touch } from '../world/posting.ts'
import { hasRight } from '../world/rights.ts'
import { chatFor, messageFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { formatted } from './formatting.ts'
import { type Markup, readMarkup } from './markup.ts'
import { albumItem, checkCaption } from './media-methods.ts'
import { isObject } from './params.ts'
import { spend } from './sending.ts'
import { checkText } from './text-methods.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content ' +
  'and reply markup of the message'

/** After this many seconds a bot may no longer delete. */
const DELETABLE = 48 * 3600

export const editMethods: Handlers = {
  editMessageText: (call) => editText(call, editable(call)),
  editMessageCaption: (call) => editCaption(call, editable(call)),
  editMessageMedia: (call) => editMedia(call, editable(call)),
  editMessageReplyMarkup: (call) => editMarkup(call, editable(call)),

  deleteMessage(call) {
    const chat = chatFor(call, 'write')
    deleteOne(call, chat, messageFor(call, chat, 'message to delete'))
    return true
  },

  deleteMessages(call) {
    const chat = chatFor(call, 'write')
    const ids = call.params.json('message_ids', 'message identifiers')
    if (!Array.isArray(ids)) throw badRequest('expected an Array of message identifiers')
    if (ids.length === 0) throw badRequest('message identifiers are not specified')
    if (ids.length > 100) throw badRequest('too many message identifiers specified')
    // Messages that are not there are passed over in silence.
    const messages = ids.flatMap((id: unknown) => chat.messages.get(Number(id)) ?? [])
    for (const message of messages) deleteOne(call, chat, message)
    return true
  },
}

export function editText(call: Call, message: Message): RenderedMessage {
  const { text, entities } = formatted(call, 'text', 'entities')
  checkText(call.params.text('text'), text)
  if (message.content.kind !== 'text') throw badRequest('there is no text in the message to edit')
  call.params.ignore('disable_web_page_preview')
  const preview = call.params.json('link_preview_options', 'link preview options')
  const content: Content = { kind: 'text', text, entities, ...(isObject(preview) ? { linkPreview: preview } : {}) }
  return change(call, message, content, readMarkup(call.params, message.chat))
}

export function editCaption(call: Call, message: Message): RenderedMessage {
  const { text, entities } = formatted(call, 'caption', 'caption_entities')
  checkCaption(text)
  if (message.content.kind !== 'media') throw badRequest('there is no caption in the message to edit')
  const captionAbove = call.params.flag('show_caption_above_media')
  const content: Content = { ...message.content, caption: text, captionEntities: entities, captionAbove }
  return change(call, message, content, readMarkup(call.params, message.chat))
}

export function editMedia(call: Call, message: Message): RenderedMessage {
  const content = albumItem(call, call.params.json('media', 'input media'))
  if (message.content.kind !== 'media') throw badRequest("message can't be edited")
  return change(call, message, content, readMarkup(call.params, message.chat))
}

export function editMarkup(call: Call, message: Message): RenderedMessage {
  return change(call, message, message.content, readMarkup(call.params, message.chat))
}

/** The bot's own message that a call wants to edit. Telegram lets bots edit theirs whatever their age. */
export function editable(call: Call): Message {
  if (call.params.has('inline_message_id')) throw badRequest('inline messages are not part of the sandbox')
  call.params.ignore('business_connection_id')
  const chat = chatFor(call, 'write')
  const message = messageFor(call, chat, 'message to edit')
  spend(call, chat)
  if (message.from.id !== call.bot.account.id || message.forwarded || message.content.kind === 'service') {
    throw badRequest("message can't be edited")
  }
  return message
}

function change(call: Call, message: Message, content: Content, { inline }: Markup): RenderedMessage {
  const before = fingerprint(message.content, message.inline)
  if (before === fingerprint(content, inline)) throw badRequest(NOT_MODIFIED)
  message.content = content
  if (inline) message.inline = inline
  else delete message.inline
  message.editDate = call.state.clock.seconds()
  touch(call.state, message)
  return renderMessage(call.state, call.bot, message)
}

/** Two messages that look the same have the same fingerprint; files count by their number in the store. */
export function fingerprint(content: Content, inline: Message['inline']): string {
  return JSON.stringify([content, inline], (key, value: unknown) =>
    key === 'bytes' || key === 'message' || value === false ? undefined : value,
  )
}

function deleteOne(call: Call, chat: Chat, message: Message): void {
  const member = chat.members.get(call.bot.account.id)
  const isOwn = message.from.id === call.bot.account.id
  const isOld = call.state.clock.seconds() - message.date > DELETABLE
  const hasLeave = chat.type !== 'private' && hasRight(member, 'can_delete_messages')
  const isFirst = message.content.kind === 'service' && message.content.service.type.endsWith('group_chat_created')
  if (isFirst) throw badRequest("message can't be deleted")
  // Administrators of supergroups may delete whatever its age; everything else ends after 48 hours.
  if (isOld && !(hasLeave && chat.type === 'supergroup')) throw badRequest("message can't be deleted for everyone")
  if (!isOwn && chat.type !== 'private' && !hasLeave) throw badRequest("message can't be deleted")
  erase(call.state, message)
}
