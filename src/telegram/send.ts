import { type Api, InputFile, InputMediaBuilder } from 'grammy'
import type {
  ChatAdministratorRights,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from 'grammy/types'
import type { AttachedFile, Button, Key, Message } from '../platform/messages.ts'
import { storableText } from '../platform/storable.ts'

export function keyboardOf(buttons: Button[][]): InlineKeyboardMarkup {
  return {
    inline_keyboard: buttons.map((row) =>
      row.map((button) =>
        'url' in button
          ? { text: storableText(button.text), url: button.url }
          : { text: storableText(button.text), callback_data: button.data },
      ),
    ),
  }
}

/** As many as Telegram takes in one album. */
const longestAlbum = 10

/** Sends one message; answers with its number in the chat. A text that was cut within a pair is mended: Telegram refuses it. */
export async function sendMessage(api: Api, chatId: number, message: Message): Promise<number> {
  const text = storableText(message.text)
  const shared = {
    ...(message.protect ? { protect_content: true } : {}),
    ...(message.replyToMessageId === undefined
      ? {}
      : { reply_parameters: { message_id: message.replyToMessageId, allow_sending_without_reply: true } }),
    ...(message.asksReply
      ? { reply_markup: { force_reply: true as const, selective: true, ...placeholder(message.asksReply) } }
      : message.buttons
        ? { reply_markup: keyboardOf(message.buttons) }
        : message.keys
          ? { reply_markup: keysOf(message.keys) }
          : {}),
  }
  if (message.album && message.album.length > 1) {
    const album = message.album
      .slice(0, longestAlbum)
      .map(({ fileId }, index) => InputMediaBuilder.photo(fileId, index === 0 ? { caption: text } : {}))
    const [first] = await api.sendMediaGroup(chatId, album)
    if (!first) throw new Error('an album without a message')
    return first.message_id
  }
  if (message.file) {
    const caption = {
      caption: text,
      ...(message.entities ? { caption_entities: message.entities } : {}),
      ...shared,
    }
    const sent = await resend(api, chatId, message.file, caption)
    return sent.message_id
  }
  const sent = await api.sendMessage(chatId, text, {
    ...(message.entities ? { entities: message.entities } : {}),
    link_preview_options: { is_disabled: true },
    ...shared,
  })
  return sent.message_id
}

/** Telegram takes the id of a file only where it is sent as what it is. */
function resend(
  api: Api,
  chatId: number,
  { fileId, kind }: AttachedFile,
  words: Parameters<Api['sendDocument']>[2],
): Promise<{ message_id: number }> {
  switch (kind) {
    case 'photo':
      return api.sendPhoto(chatId, fileId, words)
    case 'video':
      return api.sendVideo(chatId, fileId, words)
    case 'voice':
      return api.sendVoice(chatId, fileId, words)
    case 'document':
      return api.sendDocument(chatId, fileId, words)
  }
}

/** Replaces a message's text (a file's caption) and buttons. One that already reads so counts as done. */
export async function editMessage(api: Api, chatId: number, messageId: number, message: Message): Promise<void> {
  const text = storableText(message.text)
  if (message.file) {
    await api.editMessageCaption(chatId, messageId, {
      caption: text,
      ...(message.entities ? { caption_entities: message.entities } : {}),
      reply_markup: keyboardOf(message.buttons ?? []),
    })
    return
  }
  await api.editMessageText(chatId, messageId, text, {
    ...(message.entities ? { entities: message.entities } : {}),
    link_preview_options: { is_disabled: true },
    reply_markup: keyboardOf(message.buttons ?? []),
  })
}

/** Uploads a file made here (a template, a printable notice). */
export async function sendFile(
  api: Api,
  chatId: number,
  file: { name: string; data: Uint8Array },
  caption: string,
): Promise<void> {
  await api.sendDocument(chatId, new InputFile(file.data, file.name), { caption })
}

/** Uploads a picture made here, a PNG. */
export async function sendPicture(api: Api, chatId: number, png: Uint8Array, caption: string): Promise<void> {
  await api.sendPhoto(chatId, new InputFile(png, 'hinh.png'), { caption, protect_content: true })
}

function keysOf(keys: Key[][] | 'none'): ReplyKeyboardMarkup | ReplyKeyboardRemove {
  if (keys === 'none') return { remove_keyboard: true }
  return { keyboard: keys.map((row) => row.map(keyOf)), resize_keyboard: true, one_time_keyboard: true }
}

function keyOf(key: Key): KeyboardButton {
  const { text } = key
  if ('asks' in key) return { text, request_contact: true }
  if (!('asksGroup' in key)) return { text }
  return {
    text,
    request_chat: {
      request_id: key.asksGroup,
      chat_is_channel: false,
      request_title: true,
      // Only whoever may appoint administrators there can choose the group: the bot becomes one, without any further right.
      user_administrator_rights: { ...noRights, can_manage_chat: true, can_promote_members: true },
      bot_administrator_rights: { ...noRights, can_manage_chat: true },
    },
  }
}

const noRights: ChatAdministratorRights = {
  is_anonymous: false,
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
}

function placeholder(asked: { placeholder?: string }): { input_field_placeholder?: string } {
  return asked.placeholder ? { input_field_placeholder: asked.placeholder } : {}
}
