import type { Chat } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { nameOf } from '../world/showing.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import { avatar, personLine } from './parts.ts'
import type { Room } from './room.ts'
import { type FoundSeat, findSeats } from './seats.ts'
import { texts } from './texts.ts'

const t = texts.seats

/** People shown before one has to search. */
const MOST = 60

export interface SeatsView {
  room: Room
  seats: readonly FoundSeat[]
  recent: readonly number[]
  query: string
  /** The group that is open: who is in it stays in it. */
  chat: Chat | null
}

/** "Ngồi vào ghế của ai?" */
export function seatsBody(view: SeatsView): Html {
  const { room, seats, query, chat } = view
  return html`<main id="content" class="seats">
<header class="hero"><h1>${t.title}</h1><p>${t.hint} ${texts.aboutRoom}</p>
${room.month ? html`<a class="button month-link" href="${room.paths.month}">${icon('play')}${texts.month.title}</a>` : nothing}
${room.up ? html`<a class="button" href="${room.up}">${icon('back')}${texts.month.leave}</a>` : nothing}</header>
<form role="search" action="${room.paths.seats()}" class="find">
${chat ? html`<input type="hidden" name="chat" value="${chat.id}">` : nothing}
<label for="q">${t.search} <small>${t.searchHint}</small></label>
<div class="line"><input id="q" type="search" name="q" value="${query}" autocomplete="off" hx-get="${room.paths.foundSeats}" hx-trigger="input changed delay:120ms, search" hx-target="#seats" hx-swap="outerHTML" hx-include="closest form"><button class="primary">${icon('search')}${t.find}</button></div>
</form>
${seatList(view)}
${addForm(room, seats.length === 0)}
</main>`
}

export function seatList(view: SeatsView): Html {
  const { seats, query, recent } = view
  if (seats.length === 0) return html`<div id="seats"><p>${t.none}</p></div>`
  if (query.trim() !== '') {
    const found = findSeats(seats, query)
    return html`<div id="seats"><p role="status">${t.found(found.length)}</p>${list(view, found.slice(0, MOST))}${moreLine(found.length - MOST)}</div>`
  }
  const again = recent.flatMap((id) => seats.find(({ account }) => account.id === id) ?? [])
  const leading = seats.filter((seat) => seat.leading)
  const others = seats.filter((seat) => !seat.leading)
  return html`<div id="seats">
${again.length > 0 ? html`<h2>${t.recent}</h2>${list(view, again)}` : nothing}
${leading.length > 0 ? html`<h2>${t.leading}</h2>${list(view, leading)}` : nothing}
${others.length > 0 ? html`<h2>${t.everyone}</h2>${list(view, others.slice(0, MOST))}` : nothing}
${moreLine(others.length - MOST)}</div>`
}

function list(view: SeatsView, seats: readonly FoundSeat[]): Html {
  return html`<ul class="people">${seats.map((seat) => item(view, seat))}</ul>`
}

function item({ room, chat }: SeatsView, { account, label }: FoundSeat): Html {
  const name = nameOf(account)
  const stays = chat !== null && isIn(chat.members.get(account.id))
  const address = stays ? room.paths.chat(account.id, chat.id) : room.paths.seat(account.id)
  const line = personLine(account, label) || groupsOf(room, account.groups)
  return html`<li><a href="${address}">${avatar(account.id, name)}<span class="about"><span class="name">${name}</span><span class="preview">${line}</span></span></a></li>`
}

function groupsOf(room: Room, groups: ReadonlySet<number>): string {
  const titles = [...groups].flatMap((id) => room.state.data.groups.get(id)?.title ?? [])
  return titles.length > 0 ? t.inGroups(titles.slice(0, 2).join(', ')) : ''
}

function moreLine(count: number): Html {
  return count > 0 ? html`<p class="hint">${t.more(count)}</p>` : nothing
}

function addForm(room: Room, open: boolean): Html {
  return html`<details class="adding"${open ? html` open` : nothing}><summary>${t.add}</summary>
<form method="post" action="${room.paths.people}">
<label>${t.name} <input name="name" required maxlength="64" autocomplete="off"></label>
<label>${t.phone} <input name="phone" type="tel" maxlength="20" autocomplete="off"></label>
<button class="primary">${t.add}</button>
</form></details>`
}
