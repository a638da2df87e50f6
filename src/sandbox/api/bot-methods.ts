import type { BotCommand, MenuButton } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import { renderUser } from '../render/chat.ts'
import { commandKey } from '../world/menus.ts'
import { readRights } from '../world/rights.ts'
import { userFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { flagField, isObject, type JsonObject, numberField, textField } from './params.ts'

export const botMethods: Handlers = {
  getMe({ bot }) {
    return {
      ...renderUser(bot.account),
      is_bot: true,
      username: bot.account.username ?? '',
      can_join_groups: true,
      can_read_all_group_messages: !bot.privacy,
      supports_guest_queries: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    }
  },

  /** The real server lets a logged-out bot move to another server; here it only stops the cloud's updates. */
  logOut: () => true,
  close: () => true,

  setMyCommands(call) {
    const commands = readCommands(call.params.json('commands', 'commands'))
    const key = scopeKey(call)
    if (commands.length === 0) call.bot.commands.delete(key)
    else call.bot.commands.set(key, commands)
    return true
  },

  getMyCommands: (call) => call.bot.commands.get(scopeKey(call)) ?? [],

  deleteMyCommands(call) {
    call.bot.commands.delete(scopeKey(call))
    return true
  },

  setChatMenuButton(call) {
    const given = call.params.json('menu_button', 'menu button')
    call.bot.menuButtons.set(menuChat(call), readMenuButton(given))
    return true
  },

  getChatMenuButton(call) {
    const { menuButtons } = call.bot
    return menuButtons.get(menuChat(call)) ?? menuButtons.get(0) ?? { type: 'commands' }
  },

  setMyDefaultAdministratorRights(call) {
    const given = call.params.json('rights', 'ChatAdministratorRights')
    const key = rightsKey(call)
    if (isObject(given))
      call.bot.defaultRights.set(
        key,
        readRights((name) => flagField(given, name)),
      )
    else call.bot.defaultRights.delete(key)
    return true
  },

  getMyDefaultAdministratorRights: (call) => call.bot.defaultRights.get(rightsKey(call)) ?? readRights(() => false),

  /** People of the sandbox have no pictures of themselves. */
  getUserProfilePhotos(call) {
    userFor(call)
    call.params.ignore('offset', 'limit')
    return { total_count: 0, photos: [] }
  },

  setMyName: (call) => setText(call, 'name', 64),
  setMyDescription: (call) => setText(call, 'description', 512),
  setMyShortDescription: (call) => setText(call, 'short_description', 120),
  getMyName: (call) => ({ name: getText(call, 'name') || call.bot.account.firstName }),
  getMyDescription: (call) => ({ description: getText(call, 'description') }),
  getMyShortDescription: (call) => ({ short_description: getText(call, 'short_description') }),
}

function readCommands(given: unknown): BotCommand[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw badRequest('expected an Array of BotCommand')
  if (given.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  return given.map((one: unknown) => {
    if (!isObject(one)) throw badRequest("can't parse BotCommand: expected an Object")
    const command = (textField(one, 'command') ?? '').replace(/^\//, '')
    const description = (textField(one, 'description') ?? '').trim()
    if (!/^[a-z\d_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description === '') throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    if ([...description].length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    return flagField(one, 'is_ephemeral') ? { command, description, is_ephemeral: true } : { command, description }
  })
}

/** One list of commands for each scope and language. */
function scopeKey(call: Call): string {
  const given = call.params.json('scope', 'BotCommandScope')
  const language = call.params.text('language_code')
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified')
  if (given === undefined || given === null) return commandKey('default', language)
  if (!isObject(given)) throw badRequest('BotCommandScope must be an Object')
  const type = textField(given, 'type') ?? ''
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return commandKey(type, language)
    case 'chat':
    case 'chat_administrators':
      return commandKey(`${type}:${scopeChat(call, given)}`, language)
    case 'chat_member':
      return commandKey(`${type}:${scopeChat(call, given)}:${numberField(given, 'user_id') ?? 0}`, language)
    default:
      throw badRequest(`can't parse BotCommandScope: Unsupported type specified`)
  }
}

function scopeChat(call: Call, scope: JsonObject): number {
  const id = numberField(scope, 'chat_id') ?? 0
  const isKnown = call.state.data.groups.has(id) || call.bot.privateChats.has(id)
  if (!isKnown) throw badRequest('chat not found')
  return id
}

function rightsKey(call: Call): 'groups' | 'channels' {
  return call.params.flag('for_channels') ? 'channels' : 'groups'
}

/** 0 stands for the default of all private chats. */
function menuChat(call: Call): number {
  const id = call.params.integer('chat_id')
  if (id !== 0 && !call.bot.privateChats.has(id)) throw badRequest('chat not found')
  return id
}

function readMenuButton(given: unknown): MenuButton {
  if (given === undefined || given === null) return { type: 'default' }
  if (!isObject(given)) throw badRequest('MenuButton must be an Object')
  const type = textField(given, 'type')
  if (type === 'commands' || type === 'default') return { type }
  if (type === 'web_app' && isObject(given.web_app)) {
    return { type, text: textField(given, 'text') ?? '', web_app: { url: textField(given.web_app, 'url') ?? '' } }
  }
  throw badRequest('MenuButton has unsupported type')
}

function setText(call: Call, name: string, longest: number): true {
  const text = call.params.text(name)
  if ([...text].length > longest) throw badRequest(`${name.replaceAll('_', ' ')} is too long`)
  call.bot.texts.set(`${name}/${call.params.text('language_code')}`, text)
  return true
}

function getText(call: Call, name: string): string {
  const { texts } = call.bot
  return texts.get(`${name}/${call.params.text('language_code')}`) ?? texts.get(`${name}/`) ?? ''
}
