import type { Message } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { nameOf } from '../world/showing.ts'
import { type Aim, composer, type Seated } from './composer.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import { messageView } from './message-view.ts'
import { avatar } from './parts.ts'
import { chatList, placeName } from './places.ts'
import type { View } from './room.ts'
import { texts } from './texts.ts'
import { elementId, lastMessages } from './thread.ts'

/** How many messages a page begins with, and how many more each look back brings. */
export const WINDOW = 60

/** The list of chats alone: all of a phone's screen, a column of a desk's. */
export function chatsBody(view: View, tools: Html): Html {
  return html`${sidebar(view)}
<main id="content" class="welcome"><p>${texts.chats.choose}</p><p>${texts.aboutRoom}</p></main>
${tools}`
}

/** One chat between the list and the tools. */
export function chatBody(seated: Seated, { most, aim, tools }: { most: number; aim: Aim; tools: Html }): Html {
  const { viewer, place } = seated
  const { messages, older } = lastMessages(place.chat, viewer, most)
  const oldest = messages[0]
  return html`${sidebar(seated)}
<main id="content" class="chat">
${chatHeader(seated)}
<div class="scroll" tabindex="0" role="log" aria-label="${texts.thread.messages}">
<div class="inner">
${older && oldest ? html`<a class="older" href="?last=${most + WINDOW}#${elementId(oldest)}">${texts.thread.older}</a>` : nothing}
<ol id="messages"${place.chat.type === 'private' ? html` class="private"` : nothing}>${thread(seated, messages)}</ol>
</div>
</div>
${startBar(seated)}
${composer(seated, aim)}
</main>
${tools}`
}

export function thread(seated: Seated, messages: readonly Message[], still = false): Html[] {
  return messages.map((message, index) =>
    messageView({ view: seated, message, previous: messages[index - 1] ?? null, still }),
  )
}

export function toolsAside(panel: Html): Html {
  return html`<aside class="tools" aria-label="${texts.tools.title}">${panel}</aside>`
}

function sidebar(view: View): Html {
  const { room, viewer, place } = view
  return html`<section class="sidebar" aria-label="${texts.chats.title}">
<header class="bar">${seatButton(view)}<a class="button tools-link" href="${room.paths.tools(viewer.id)}" title="${texts.tools.title}">${icon('tools')}<span class="unseen">${texts.tools.title}</span></a></header>
${room.month ? html`<a class="button month-link" href="${room.paths.month}">${icon('play')}${texts.month.title}</a>` : nothing}
<nav aria-label="${texts.chats.title}">${chatList({ room, viewer, place })}</nav>
${newGroupForm(view)}
</section>`
}

function seatButton({ room, viewer, place }: View): Html {
  const name = nameOf(viewer)
  const query = place && place.address < 0 ? { chat: place.address } : {}
  return html`<a class="seat" href="${room.paths.seats(query)}" aria-label="${texts.seats.changeFrom(name)}">
${avatar(viewer.id, name)}<span><small>${texts.seats.sitting}</small><strong>${name}</strong></span>${icon('down')}</a>`
}

function newGroupForm({ room, viewer }: View): Html {
  const t = texts.chats
  return html`<details class="adding"><summary>${t.newGroup}</summary>
<form method="post" action="${room.paths.groups(viewer.id)}">
<label>${t.groupTitle} <input name="title" required maxlength="128" autocomplete="off"></label>
<button class="primary">${t.create}</button>
</form></details>`
}

function chatHeader(seated: Seated): Html {
  const { room, viewer, place } = seated
  const name = placeName(room, place)
  const isPrivate = place.chat.type === 'private'
  const title = isPrivate ? texts.thread.botDetails : texts.thread.details
  return html`<header class="bar">
<a class="button back" href="${room.paths.seat(viewer.id)}" title="${texts.backToChats}">${icon('back')}<span class="unseen">${texts.backToChats}</span></a>
<a class="heading" href="${room.paths.info(viewer.id, place.address)}" title="${title}">${avatar(place.address, name, isPrivate ? 'bot' : 'group')}
<span><h1>${name}</h1><small>${isPrivate ? texts.chats.privateWith : describeGroup(seated)}</small></span></a>
<a class="seat small" href="${room.paths.seats(isPrivate ? {} : { chat: place.address })}" aria-label="${texts.seats.changeFrom(nameOf(viewer))}" title="${texts.seats.changeFrom(nameOf(viewer))}">${avatar(viewer.id, nameOf(viewer))}</a>
<a class="button tools-link" href="${room.paths.tools(viewer.id)}" title="${texts.tools.title}">${icon('tools')}<span class="unseen">${texts.tools.title}</span></a>
</header>`
}

function describeGroup({ place: { chat } }: Seated): string {
  const people = [...chat.members.values()].filter((member) => isIn(member) && !member.account.isBot).length
  return `${texts.chats.people(people)}, ${chat.bots.size > 0 ? texts.chats.withBot : texts.chats.withoutBot}`
}

/** The big first button of a private chat in which nothing was said yet. */
function startBar({ room, viewer, place }: Seated): Html {
  const { chat, address } = place
  if (chat.type !== 'private' || chat.log.length > 0) return html`<div id="start"></div>`
  return html`<div id="start"><p>${texts.thread.startHint(placeName(room, place))}</p>
<button class="primary" form="say" name="text" value="/start" data-to="${address}-${viewer.id}">${texts.thread.start}</button></div>`
}
