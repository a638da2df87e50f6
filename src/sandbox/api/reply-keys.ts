import type { KeyboardButton, KeyboardButtonRequestChat, KeyboardButtonRequestUsers } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import { readRights } from '../world/rights.ts'
import { readLook } from './button-look.ts'
import { flagField, isObject, type JsonObject, numberField, textField } from './params.ts'

const CHAT_FLAGS = [
  'chat_is_forum',
  'chat_has_username',
  'chat_is_created',
  'bot_is_member',
  'request_title',
  'request_username',
  'request_photo',
] as const

const USER_FLAGS = ['user_is_bot', 'user_is_premium', 'request_name', 'request_username', 'request_photo'] as const

/** One key of a reply keyboard. */
export function keyboardButton(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: button }
  const fail = (why: string) => badRequest(`can't parse keyboard button: ${why}`)
  if (!isObject(button)) throw fail('KeyboardButton must be a String or an Object')
  const text = textField(button, 'text')
  if (text === undefined) throw fail(`Can't find field "text"`)
  const base = { text, ...readLook(button) }
  if (flagField(button, 'request_contact')) return { ...base, request_contact: true }
  if (flagField(button, 'request_location')) return { ...base, request_location: true }
  if (isObject(button.request_chat)) return { ...base, request_chat: requestedChat(button.request_chat, fail) }
  if (isObject(button.request_users)) return { ...base, request_users: requestedUsers(button.request_users, fail) }
  if (isObject(button.request_poll)) return { ...base, request_poll: {} }
  if (isObject(button.web_app)) return { ...base, web_app: { url: textField(button.web_app, 'url') ?? '' } }
  return base
}

/** What a key asks for: the fields somebody else will read when a person chooses. */
function requestId(given: JsonObject, fail: (why: string) => Error): number {
  const id = numberField(given, 'request_id')
  if (id === undefined || !Number.isInteger(id)) throw fail(`Can't find field "request_id"`)
  return id
}

function requestedChat(given: JsonObject, fail: (why: string) => Error): KeyboardButtonRequestChat {
  const request: KeyboardButtonRequestChat = {
    request_id: requestId(given, fail),
    chat_is_channel: flagField(given, 'chat_is_channel'),
  }
  for (const name of CHAT_FLAGS) if (given[name] !== undefined) request[name] = flagField(given, name)
  for (const name of ['user_administrator_rights', 'bot_administrator_rights'] as const) {
    const rights = given[name]
    if (isObject(rights)) request[name] = readRights((right) => flagField(rights, right))
  }
  return request
}

function requestedUsers(given: JsonObject, fail: (why: string) => Error): KeyboardButtonRequestUsers {
  const request: KeyboardButtonRequestUsers = { request_id: requestId(given, fail) }
  const most = numberField(given, 'max_quantity')
  if (most !== undefined) request.max_quantity = most
  for (const name of USER_FLAGS) if (given[name] !== undefined) request[name] = flagField(given, name)
  return request
}
