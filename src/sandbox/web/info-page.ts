import type { Member } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { nameOf } from '../world/showing.ts'
import type { Seated } from './composer.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import { avatar, byGivenName, personLine } from './parts.ts'
import { placeName } from './places.ts'
import type { FoundSeat } from './seats.ts'
import { texts } from './texts.ts'

const t = texts.info
const MOST = 100

/** Who is in the chat, and what can be changed about it. */
export function infoBody(seated: Seated, seats: readonly FoundSeat[]): Html {
  const { viewer, place, room } = seated
  const name = placeName(room, place)
  return html`<main id="content" class="info">
<header class="bar"><a class="button back" href="${room.paths.chat(viewer.id, place.address)}" title="${texts.back}">${icon('back')}<span class="unseen">${texts.back}</span></a><h1>${name}</h1></header>
${place.chat.type === 'private' ? blocking(seated) : groupInfo(seated, seats)}
</main>`
}

function blocking({ room, viewer, place }: Seated): Html {
  const isBlocked = place.chat.botId !== undefined && viewer.blocked.has(place.chat.botId)
  return html`${isBlocked ? html`<p>${texts.writing.blocked}</p>` : nothing}
<form method="post" action="${room.paths.info(viewer.id, place.address)}"><button name="do" value="${isBlocked ? 'unblock' : 'block'}">${isBlocked ? t.unblock : t.block}</button></form>`
}

function groupInfo(seated: Seated, seats: readonly FoundSeat[]): Html {
  const { room, viewer, place } = seated
  const { chat } = place
  const members = [...chat.members.values()].filter(isIn)
  const people = members.filter(({ account }) => !account.isBot).sort((a, b) => byGivenName(a.account, b.account))
  const leading = people
    .filter(({ status }) => status !== 'member')
    .concat(people.filter(({ status }) => status === 'member'))
  // Forms of their own: Enter in a field presses the first button of its form.
  const form = (inside: Html) =>
    html`<form method="post" action="${room.paths.info(viewer.id, place.address)}">${inside}</form>`
  return html`<p class="hint">${chat.type === 'supergroup' ? t.supergroup : t.group}, ${t.members(people.length)}, <code>${chat.id}</code></p>
<h2>${t.bots}</h2>${form(bots(seated, members))}
<h2>${t.change}</h2>
${form(html`<div class="line"><label>${t.add} <input name="person" required placeholder="${t.addHint}" autocomplete="off"></label><button name="do" value="add">${t.addButton}</button></div>`)}
${form(html`<div class="line"><label>${t.rename} <input name="title" value="${chat.title}" required maxlength="128" autocomplete="off"></label><button name="do" value="rename">${t.renameButton}</button></div>`)}
${chat.type === 'group' && chat.migratedTo === undefined ? form(html`<button name="do" value="migrate">${t.migrate}</button>`) : nothing}
<h2>${t.members(people.length)}</h2>
${form(html`<ul class="people">${leading.slice(0, MOST).map((member) => person(seated, member, seats))}</ul>`)}
${people.length > MOST ? html`<p class="hint">${t.moreMembers(people.length - MOST)}</p>` : nothing}`
}

function bots({ room }: Seated, members: readonly Member[]): Html {
  const rows = room.world.bots().map(({ account }) => {
    const status = members.find((member) => member.account === account)?.status
    const manages = status === 'administrator'
    const id = account.id
    if (!status) return html`<p>${nameOf(account)} <button name="do" value="addBot:${id}">${t.addBot}</button></p>`
    return html`<p>${nameOf(account)}${manages ? html` <small>${t.administrator}</small>` : nothing}
<button name="do" value="${manages ? 'demoteBot' : 'promoteBot'}:${id}">${manages ? t.demoteBot : t.promoteBot}</button>
<button name="do" value="kickBot:${id}">${t.kickBot}</button></p>`
  })
  return html`${rows.length > 0 ? rows : html`<p>${t.noBots}</p>`}`
}

function person({ room, viewer, place }: Seated, { account, status }: Member, seats: readonly FoundSeat[]): Html {
  const name = nameOf(account)
  const role = status === 'creator' ? t.creator : status === 'administrator' ? t.administrator : ''
  const label = seats.find((seat) => seat.account === account)?.label ?? null
  const line = [role, personLine(account, label)].filter(Boolean).join(' · ')
  const here = account === viewer
  return html`<li><a href="${room.paths.chat(account.id, place.address)}" title="${t.sit(name)}"${here ? html` aria-current="true"` : nothing}>${avatar(account.id, name)}<span class="about"><span class="name">${name}</span><span class="preview">${line}</span></span></a>
<button class="plain" name="do" value="remove:${account.id}" title="${t.remove(name)}">${icon('close')}<span class="unseen">${t.remove(name)}</span></button></li>`
}
