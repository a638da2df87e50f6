import { PeopleError } from '../errors.ts'
import type { Account, Bot } from '../model.ts'
import { randomInteger } from '../random.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'

export interface NewUser {
  name: string
  username?: string | undefined
  phone?: string | undefined
  person?: string | undefined
  languageCode?: string | undefined
  /** For seeding: an id chosen by the caller. */
  id?: number | undefined
}

export interface NewBot {
  token: string
  username: string
  name: string
  /** Privacy mode, on unless said otherwise. */
  privacy?: boolean | undefined
}

/** A bot for those who name none. */
export const DEFAULT_BOT: NewBot = { token: '7000000001:SANDBOX', username: 'sandbox_bot', name: 'Sandbox' }

/** A person's account. Its id follows from the seed and the order of creation. */
export function addUser(state: State, input: NewUser): Account {
  const name = input.name.normalize('NFC').trim()
  if (name === '') throw new PeopleError('name.empty', texts.nameEmpty)
  const account: Account = {
    id: input.id ?? freshUserId(state),
    isBot: false,
    firstName: name,
    blocked: new Set(),
    groups: new Set(),
    languageCode: input.languageCode ?? 'vi',
  }
  if (state.data.accounts.has(account.id)) throw new PeopleError('user.exists', texts.userExists(account.id), 409)
  if (input.username) account.username = claimUsername(state, input.username, account.id)
  if (input.phone) account.phone = input.phone
  if (input.person) account.person = input.person
  state.data.accounts.set(account.id, account)
  return account
}

/** A bot, its id taken from the token as Telegram does. */
export function addBot(state: State, input: NewBot): Bot {
  const id = Number(/^(\d{1,15}):[\w-]+$/.exec(input.token)?.[1])
  if (!Number.isSafeInteger(id) || id <= 0) throw new PeopleError('token.invalid', texts.tokenInvalid)
  if (state.data.accounts.has(id)) throw new PeopleError('user.exists', texts.userExists(id), 409)
  const account: Account = {
    id,
    isBot: true,
    firstName: input.name,
    username: claimUsername(state, input.username, id),
    blocked: new Set(),
    groups: new Set(),
  }
  const bot: Bot = {
    account,
    token: input.token,
    privacy: input.privacy ?? true,
    nextUpdateId: firstUpdateId(state),
    updates: [],
    allowedUpdates: undefined,
    privateChats: new Map(),
    commands: new Map(),
    menuButtons: new Map(),
    texts: new Map(),
    defaultRights: new Map(),
    loggedOut: false,
    nextEphemeralId: 1,
  }
  state.data.accounts.set(id, account)
  state.data.bots.set(id, bot)
  return bot
}

/** The account, or a refusal for the people's side. */
export function person(state: State, id: number): Account {
  const account = state.data.accounts.get(id)
  if (!account) throw new PeopleError('user.unknown', texts.userUnknown(id), 404)
  return account
}

export function accountByName(state: State, name: string): Account | undefined {
  const id = state.data.usernames.get(name.replace(/^@/, '').toLowerCase())
  return id === undefined ? undefined : state.data.accounts.get(id)
}

/** The bot a person means when they name none: the first one. */
export function defaultBot(state: State): Bot {
  for (const bot of state.data.bots.values()) return bot
  throw new PeopleError('bot.none', texts.noBot, 404)
}

/** The bot of that id, or the first one. */
export function botNamed(state: State, id: number | undefined): Bot {
  const bot = id === undefined ? defaultBot(state) : state.data.bots.get(id)
  if (!bot) throw new PeopleError('bot.unknown', texts.botUnknown, 404)
  return bot
}

function claimUsername(state: State, username: string, id: number): string {
  const name = username.replace(/^@/, '')
  if (!/^[a-z]\w{2,31}$/i.test(name)) throw new PeopleError('username.invalid', texts.usernameInvalid(name))
  if (state.data.usernames.has(name.toLowerCase())) {
    throw new PeopleError('username.taken', texts.usernameTaken(name), 409)
  }
  state.data.usernames.set(name.toLowerCase(), id)
  return name
}

/** Mostly above 32 bits, as new accounts are: what only fits an int breaks here and not in a ward. */
function freshUserId(state: State): number {
  for (;;) {
    const id = randomInteger(state.data.random, 1_000_000_000, 8_999_999_999)
    if (!state.data.accounts.has(id)) return id
  }
}

/**
 * Follows from the clock: a sandbox started again on an older data folder of the bot must not repeat update ids that
 * the bot has already handled. Room for 256 updates a second; after 48 days the row begins anew, which bots must bear
 * in Telegram too.
 */
function firstUpdateId(state: State): number {
  return ((state.clock.seconds() * 256) % 2 ** 30) + 1
}
