import type { Account, Chat } from '../model.ts'
import { openPrivateChat } from '../world/places.ts'
import { isIn } from '../world/rights.ts'
import { isVisible } from '../world/seeing.ts'
import { nameOf, showMessage } from '../world/showing.ts'
import { type Html, html, nothing } from './markup.ts'
import { shortened } from './message-view.ts'
import { avatar, outOfBand } from './parts.ts'
import type { Place, Room, View } from './room.ts'
import { texts } from './texts.ts'
import { day, timeOfDay } from './time.ts'

const t = texts.chats

/** The chats a person has: with each bot in private, then their groups, the liveliest first. */
export function placesOf(room: Room, viewer: Account): Place[] {
  const bots = room.world.bots().map((bot) => ({ chat: openPrivateChat(bot, viewer), address: bot.account.id }))
  const groups = [...viewer.groups]
    .flatMap((id) => room.state.data.groups.get(id) ?? [])
    .filter((chat) => chat.migratedTo === undefined && isIn(chat.members.get(viewer.id)))
    .map((chat) => ({ chat, address: chat.id }))
  return [...bots, ...groups.sort((a, b) => lastSeq(b.chat) - lastSeq(a.chat))]
}

/** What a chat is called from this seat. */
export function placeName(room: Room, { chat, address }: Place): string {
  const bot = room.state.data.bots.get(address)
  return bot ? nameOf(bot.account) : chat.title
}

/** The chats of the seat with what is unread in them. */
export function chatList({ room, viewer, place }: View, live = false): Html {
  const items = placesOf(room, viewer).map((each) => listItem(room, viewer, each, each.chat === place?.chat))
  return html`<ul id="chats"${outOfBand(live)}>${items}</ul>`
}

function listItem(room: Room, viewer: Account, place: Place, isOpen: boolean): Html {
  const { chat, address } = place
  const name = placeName(room, place)
  const unread = isOpen ? 0 : room.reading.unread(viewer, chat)
  const last = lastVisible(chat, viewer)
  const kind = chat.type === 'private' ? 'bot' : 'group'
  return html`<li><a id="to${address}" href="${room.paths.chat(viewer.id, address)}"${isOpen ? html` aria-current="page"` : nothing}>
${avatar(address, name, kind)}
<span class="about"><span class="name">${name}</span><span class="preview">${last ? preview(room, viewer, last) : t.empty}</span></span>
<span class="side">${last ? html`<time>${shortTime(room, new Date(last.date * 1000))}</time>` : nothing}${unread > 0 ? badge(unread) : nothing}</span>
</a></li>`
}

function badge(count: number): Html {
  const words = count >= 100 ? t.manyUnread : t.unread(count)
  return html`<span class="badge"><span aria-hidden="true">${count >= 100 ? '99+' : count}</span><span class="unseen">${words}</span></span>`
}

function preview(room: Room, viewer: Account, message: NonNullable<ReturnType<typeof lastVisible>>): string {
  const seen = showMessage(room.state, message)
  const file =
    message.content.kind === 'media' && message.content.media.kind === 'photo' ? t.photo : seen.files[0]?.name
  const words = message.deleted ? texts.thread.deleted : shortened(seen.text || file || '', 60)
  if (message.content.kind === 'service' || message.chat.type === 'private') return words
  return `${message.from.id === viewer.id ? t.you : seen.from.name}: ${words}`
}

function lastVisible(chat: Chat, viewer: Account) {
  return chat.log.findLast(
    ({ seq, message }) => message.seq === seq && !message.deleted && isVisible(chat, viewer, message),
  )?.message
}

function lastSeq(chat: Chat): number {
  return chat.log.at(-1)?.seq ?? 0
}

function shortTime(room: Room, moment: Date): string {
  return day(moment) === day(room.state.clock.now()) ? timeOfDay(moment) : day(moment).slice(0, 5)
}
