import type { Account, Chat } from '../model.ts'
import { accountByName } from '../world/accounts.ts'
import type { Room } from './room.ts'

/** A link that leads somewhere in this world. */
export interface InnerLink {
  url: string
  /** Who is called; the group's title for an invitation. */
  name: string
  kind: 'start' | 'startGroup' | 'invitation'
  /** The number of the chat that it opens, once it is known. */
  address: number | undefined
}

/** A t.me (or tg:) link to a bot or a group of this world; undefined for any other address. */
export function readLink(room: Room, address: string): InnerLink | undefined {
  const url = /^t\.me\//i.test(address) ? `https://${address}` : address
  const invited = room.world.groups().find(({ inviteLink }) => inviteLink === url)
  if (invited) return { url, name: invited.title, kind: 'invitation', address: invited.id }
  if (!URL.canParse(url)) return undefined
  const parsed = new URL(url)
  const name = parsed.protocol === 'tg:' ? parsed.searchParams.get('domain') : webName(parsed)
  const bot: Account | undefined = name ? accountByName(room.state, name) : undefined
  if (!bot?.isBot) return undefined
  const isForGroup = parsed.searchParams.has('startgroup')
  return {
    url,
    name: bot.firstName,
    kind: isForGroup ? 'startGroup' : 'start',
    address: isForGroup ? undefined : bot.id,
  }
}

/** Does what the link is for; answers with the number of the chat where it leads. */
export function followLink(room: Room, viewer: Account, link: InnerLink, chat?: number): number {
  const reached: Chat | { chat: Chat } = room.world.follow({ from: viewer.id, url: link.url, chat })
  if ('members' in reached) return reached.id
  return link.address ?? reached.chat.id
}

function webName(url: URL): string | undefined {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || !/^(?:www\.)?(?:t\.me|telegram\.me)$/.test(url.hostname)) return undefined
  return /^\/(\w+)\/?$/.exec(url.pathname)?.[1]
}
