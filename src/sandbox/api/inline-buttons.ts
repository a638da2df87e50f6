import type { InlineKeyboardButton } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import type { Chat } from '../model.ts'
import { readLook } from './button-look.ts'
import { isObject, type JsonObject, textField } from './params.ts'

/** One button under a message, checked as Telegram checks it. */
export function inlineButton(button: unknown, chat: Chat): InlineKeyboardButton {
  const fail = (why: string) => badRequest(`can't parse inline keyboard button: ${why}`)
  if (!isObject(button)) throw fail('InlineKeyboardButton must be an Object')
  const text = textField(button, 'text')
  if (text === undefined) throw fail(`Can't find field "text"`)
  if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID')
  const base = { text, ...readLook(button) }
  const url = textField(button, 'url')
  if (url) return { ...base, url: checkedUrl(url) }
  const data = textField(button, 'callback_data')
  if (data) {
    if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
    return { ...base, callback_data: data }
  }
  if (isObject(button.web_app)) {
    if (chat.type !== 'private') throw badRequest('BUTTON_TYPE_INVALID')
    return { ...base, web_app: { url: textField(button.web_app, 'url') ?? '' } }
  }
  if (isObject(button.copy_text)) {
    const copied = textField(button.copy_text, 'text') ?? ''
    if (copied === '' || [...copied].length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID')
    return { ...base, copy_text: { text: copied } }
  }
  return otherButton(base, button) ?? textButton(fail)
}

function otherButton(base: { text: string }, button: JsonObject): InlineKeyboardButton | undefined {
  if (isObject(button.login_url))
    return { ...base, login_url: { url: checkedUrl(textField(button.login_url, 'url') ?? '') } }
  if (isObject(button.disabled)) return { ...base, disabled: {} }
  if (typeof button.switch_inline_query === 'string') {
    return { ...base, switch_inline_query: button.switch_inline_query }
  }
  if (typeof button.switch_inline_query_current_chat === 'string') {
    return { ...base, switch_inline_query_current_chat: button.switch_inline_query_current_chat }
  }
  if (isObject(button.switch_inline_query_chosen_chat)) {
    return { ...base, switch_inline_query_chosen_chat: button.switch_inline_query_chosen_chat }
  }
  return undefined
}

function textButton(fail: (why: string) => Error): never {
  throw fail('Text buttons are unallowed in the inline keyboard')
}

function checkedUrl(url: string): string {
  const full = /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `http://${url}`
  const usable = /^(?:https?|tg|ton):/i.test(full) && URL.canParse(full)
  const host = usable && /^https?:/i.test(full) ? new URL(full).hostname : 'tg.'
  if (!usable || !host.includes('.')) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL specified`)
  }
  return full
}
