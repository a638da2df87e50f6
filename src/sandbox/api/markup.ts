import type { InlineKeyboardMarkup } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import type { Chat, Keyboard } from '../model.ts'
import { inlineButton } from './inline-buttons.ts'
import { flagField, isObject, type JsonObject, type Params, textField } from './params.ts'
import { keyboardButton } from './reply-keys.ts'

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
