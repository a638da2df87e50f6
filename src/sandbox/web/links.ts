import { PeopleError } from '../errors.ts'
import type { Account, Bot } from '../model.ts'
import { accountByName } from '../world/accounts.ts'
import type { Room } from './room.ts'
import { texts } from './texts.ts'

export interface BotLink {
  bot: Bot
  /** What follows /start. */
  payload: string
  /** Asks for a group to bring the bot into. */
  group: boolean
  /** Comes in as an administrator. */
  admin: boolean
}

/** A t.me (or tg:) link to a bot of this world, taken apart; undefined for any other address. */
export function readBotLink(room: Room, address: string): BotLink | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const { searchParams } = url
  const name = url.protocol === 'tg:' ? searchParams.get('domain') : webName(url)
  const account: Account | undefined = name ? accountByName(room.state, name) : undefined
  const bot = account && room.state.data.bots.get(account.id)
  if (!bot) return undefined
  const group = searchParams.has('startgroup')
  const payload = searchParams.get(group ? 'startgroup' : 'start') ?? ''
  return { bot, payload: payload === 'true' && group ? '' : payload, group, admin: searchParams.has('admin') }
}

export function isBotLink(room: Room, address: string): boolean {
  return readBotLink(room, address) !== undefined
}

/** As readBotLink, or a refusal. */
export function botLink(room: Room, address: string): BotLink {
  const link = readBotLink(room, address)
  if (!link) throw new PeopleError('link.unknown', texts.links.unknown, 404)
  return link
}

/** Opens a private chat by a link: what Telegram's start button says. */
export function startPrivately(room: Room, viewer: Account, { bot, payload }: BotLink): void {
  room.world.say({ from: viewer.id, chat: viewer.id, bot: bot.account.id, text: command('/start', payload) })
}

/** Brings the bot into a group by a link. */
export function startInGroup(room: Room, viewer: Account, link: BotLink, chat: number): void {
  const { bot, payload, admin } = link
  const id = bot.account.id
  room.world.changeMembers(chat, { bot: admin ? 'promote' : 'add', botId: id, by: viewer.id })
  if (payload) room.world.say({ from: viewer.id, chat, text: command(`/start@${bot.account.username}`, payload) })
}

function webName(url: URL): string | undefined {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || !/^(?:www\.)?(?:t\.me|telegram\.me)$/.test(url.hostname)) return undefined
  return /^\/(\w+)\/?$/.exec(url.pathname)?.[1]
}

function command(name: string, payload: string): string {
  return payload === '' ? name : `${name} ${payload}`
}
