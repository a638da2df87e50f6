import type { Context } from 'hono'
import { PeopleError } from '../errors.ts'
import { texts as peopleTexts } from '../texts.ts'
import { chatOf, openPrivateChat } from '../world/places.ts'
import { isVisible } from '../world/seeing.ts'
import { type Aim, noAim, type Seated, usualAim } from './composer.ts'
import type { Place, Room, View } from './room.ts'

/** Who looks, by the address of the page. */
export function viewOf(c: Context, room: Room): View {
  const id = Number(c.req.param('person'))
  const viewer = room.state.data.accounts.get(id)
  if (!viewer || viewer.isBot) throw new PeopleError('user.unknown', peopleTexts.userUnknown(id), 404)
  return { room, viewer, place: null }
}

/** Who looks at which chat. */
export function seatedOf(c: Context, room: Room): Seated {
  const view = viewOf(c, room)
  return { ...view, place: placeOf(view, Number(c.req.param('chat'))) }
}

function placeOf({ room, viewer }: View, address: number): Place {
  const bot = room.state.data.bots.get(address)
  if (bot) return { chat: openPrivateChat(bot, viewer), address }
  const chat = chatOf(room.state, viewer, address)
  return { chat, address: chat.type === 'private' ? (chat.botId ?? address) : chat.id }
}

/** How the world's functions name the place. */
export function whereIn({ viewer, place }: Seated): { from: number; chat: number; bot?: number } {
  const { chat } = place
  if (chat.type !== 'private') return { from: viewer.id, chat: chat.id }
  return { from: viewer.id, chat: viewer.id, ...(chat.botId === undefined ? {} : { bot: chat.botId }) }
}

/** What the next words are for, by the address: ?reply=12, ?edit=12, or what the bot has asked. */
export function aimOf(c: Context, seated: Seated): Aim {
  for (const kind of ['reply', 'edit'] as const) {
    const message = seated.place.chat.messages.get(Number(c.req.query(kind)))
    if (message && isVisible(seated.place.chat, seated.viewer, message)) return { kind, message }
  }
  return c.req.path.endsWith('/aim') ? noAim : usualAim(seated)
}
