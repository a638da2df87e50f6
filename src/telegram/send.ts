import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Button, Message } from '../platform/messages.ts'

export function keyboardOf(buttons: Button[][]): InlineKeyboardMarkup {
  return {
    inline_keyboard: buttons.map((row) =>
      row.map((button) =>
        'url' in button ? { text: button.text, url: button.url } : { text: button.text, callback_data: button.data },
      ),
    ),
  }
}

/** Sends one message; answers with its number in the chat. */
export async function sendMessage(api: Api, chatId: number, message: Message): Promise<number> {
  const shared = {
    ...(message.protect ? { protect_content: true } : {}),
    ...(message.replyToMessageId === undefined
      ? {}
      : { reply_parameters: { message_id: message.replyToMessageId, allow_sending_without_reply: true } }),
    ...(message.asksReply
      ? { reply_markup: { force_reply: true as const, selective: true, ...placeholder(message.asksReply) } }
      : message.buttons
        ? { reply_markup: keyboardOf(message.buttons) }
        : {}),
  }
  if (message.file) {
    const caption = {
      caption: message.text,
      ...(message.entities ? { caption_entities: message.entities } : {}),
      ...shared,
    }
    const sent =
      message.file.kind === 'photo'
        ? await api.sendPhoto(chatId, message.file.fileId, caption)
        : await api.sendDocument(chatId, message.file.fileId, caption)
    return sent.message_id
  }
  const sent = await api.sendMessage(chatId, message.text, {
    ...(message.entities ? { entities: message.entities } : {}),
    link_preview_options: { is_disabled: true },
    ...shared,
  })
  return sent.message_id
}

/** Replaces a message's text (a file's caption) and buttons. One that already reads so counts as done. */
export async function editMessage(api: Api, chatId: number, messageId: number, message: Message): Promise<void> {
  if (message.file) {
    await api.editMessageCaption(chatId, messageId, {
      caption: message.text,
      ...(message.entities ? { caption_entities: message.entities } : {}),
      reply_markup: keyboardOf(message.buttons ?? []),
    })
    return
  }
  await api.editMessageText(chatId, messageId, message.text, {
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

function placeholder(asked: { placeholder?: string }): { input_field_placeholder?: string } {
  return asked.placeholder ? { input_field_placeholder: asked.placeholder } : {}
}
