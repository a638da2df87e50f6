import type { InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import type { Chat, Keyboard } from '../model.ts'
import type { Params } from './params.ts'
import { flagField, isObject, type JsonObject, textField } from './params.ts'

export interface Markup {
  inline?: InlineKeyboardMarkup
  keyboard?: Keyboard
}

const MOST_BUTTONS = 100

/** `reply_markup` of a call, checked as Telegram checks it. */
export function readMarkup(params: Params, chat: Chat): Markup {
  const given = params.json('reply_markup', 'reply keyboard markup')
  if (given === undefined || given === null) return {}
  if (!isObject(given)) throw badRequest('object expected as reply markup')
  const inline = given.inline_keyboard
  if (inline !== undefined) return inlineKeyboard(inline, given, chat)
  if (given.keyboard !== undefined) return replyKeyboard(given)
  const selective = flagField(given, 'selective') ? { selective: true } : {}
  if (flagField(given, 'remove_keyboard')) return { keyboard: { remove_keyboard: true, ...selective } }
  if (flagField(given, 'force_reply')) {
    return { keyboard: { force_reply: true, ...selective, ...placeholder(given) } }
  }
  return {}
}

function inlineKeyboard(rows: unknown, given: JsonObject, chat: Chat): Markup {
  const keyboard = readRows(rows, 'inline_keyboard', (button) => inlineButton(button, chat))
  if (keyboard.length === 0) return {}
  return {
    inline: flagField(given, 'force_reply')
      ? { inline_keyboard: keyboard, force_reply: true }
      : { inline_keyboard: keyboard },
  }
}

function replyKeyboard(given: JsonObject): Markup {
  const keyboard = readRows(given.keyboard, 'keyboard', keyboardButton)
  if (keyboard.length === 0) return {}
  const flags: JsonObject = {}
  for (const name of ['is_persistent', 'resize_keyboard', 'one_time_keyboard', 'selective', 'force_reply']) {
    if (flagField(given, name)) flags[name] = true
  }
  return { keyboard: { keyboard, ...flags, ...placeholder(given) } }
}

function placeholder(given: JsonObject): { input_field_placeholder?: string } {
  const text = textField(given, 'input_field_placeholder')
  return text ? { input_field_placeholder: text.slice(0, 64) } : {}
}

function readRows<T>(rows: unknown, field: string, read: (button: unknown) => T): T[][] {
  if (!Array.isArray(rows)) throw badRequest(`field "${field}" of the ReplyMarkup must be an Array`)
  let count = 0
  const keyboard: T[][] = []
  for (const row of rows) {
    if (!Array.isArray(row)) throw badRequest(`field "${field}" of the ReplyMarkup must be an Array of Arrays`)
    count += row.length
    if (row.length > 0) keyboard.push(row.map(read))
  }
  if (count > MOST_BUTTONS) throw badRequest('reply markup is too long')
  return keyboard
}

function inlineButton(button: unknown, chat: Chat): InlineKeyboardButton {
  const fail = (why: string) => badRequest(`can't parse inline keyboard button: ${why}`)
  if (!isObject(button)) throw fail('InlineKeyboardButton must be an Object')
  const text = textField(button, 'text')
  if (text === undefined) throw fail(`Can't find field "text"`)
  if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID')
  const base = { text, ...look(button) }
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

function keyboardButton(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: button }
  const fail = (why: string) => badRequest(`can't parse keyboard button: ${why}`)
  if (!isObject(button)) throw fail('KeyboardButton must be a String or an Object')
  const text = textField(button, 'text')
  if (text === undefined) throw fail(`Can't find field "text"`)
  const base = { text, ...look(button) }
  if (flagField(button, 'request_contact')) return { ...base, request_contact: true }
  if (flagField(button, 'request_location')) return { ...base, request_location: true }
  if (isObject(button.request_chat)) return { ...base, request_chat: requested(button.request_chat, fail) }
  if (isObject(button.request_users)) return { ...base, request_users: requested(button.request_users, fail) }
  if (isObject(button.request_poll)) return { ...base, request_poll: {} }
  if (isObject(button.web_app)) return { ...base, web_app: { url: textField(button.web_app, 'url') ?? '' } }
  return base
}

/** The criteria stay as they were given: the people's side reads them when somebody chooses. */
function requested<T extends { request_id: number }>(given: JsonObject, fail: (why: string) => Error): T {
  if (!Number.isInteger(Number(given.request_id))) throw fail(`Can't find field "request_id"`)
  return { ...given, request_id: Number(given.request_id) } as T
}

function look(button: JsonObject): { style?: Style; icon_custom_emoji_id?: string } {
  const style = textField(button, 'style')?.toLowerCase() ?? 'default'
  const icon = textField(button, 'icon_custom_emoji_id')
  if (style !== '' && style !== 'default' && !isStyle(style)) throw badRequest('invalid button style specified')
  return { ...(isStyle(style) ? { style } : {}), ...(icon ? { icon_custom_emoji_id: icon } : {}) }
}

type Style = 'danger' | 'success' | 'primary'

function isStyle(style: string): style is Style {
  return style === 'danger' || style === 'success' || style === 'primary'
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
