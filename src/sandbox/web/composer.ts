import type { KeyboardButton } from '@grammyjs/types'
import type { Chat, Message } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { keyText, nameOf, showMessage } from '../world/showing.ts'
import { keysFor, questionFor } from './bot-keys.ts'
import { commandMenu } from './commands.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import { shortened } from './message-view.ts'
import { outOfBand } from './parts.ts'
import type { Place, View } from './room.ts'
import { texts } from './texts.ts'

const t = texts.writing

export type Seated = View & { place: Place }

/** What the next words are for: an answer, a correction, or nothing special. */
export interface Aim {
  kind: 'reply' | 'edit' | 'none'
  message: Message | null
}

export const noAim: Aim = { kind: 'none', message: null }

/** Where one writes, with the bot's commands and keys. */
export function composer(seated: Seated, aim: Aim): Html {
  const { room, viewer, place } = seated
  const { chat, address } = place
  if (chat.migratedTo !== undefined) {
    return html`<p class="closed">${t.moved} <a href="${room.paths.chat(viewer.id, chat.migratedTo)}">${t.goThere}</a></p>`
  }
  if (chat.deleted || (chat.type !== 'private' && !isIn(chat.members.get(viewer.id)))) {
    return html`<p class="closed">${t.cannot}</p>`
  }
  const action = room.paths.messages(viewer.id, address)
  const isBlocked = chat.botId !== undefined && viewer.blocked.has(chat.botId)
  return html`<div class="composer">
${isBlocked ? html`<p class="hint">${t.blocked}</p>` : nothing}
${botKeys(seated)}
<form id="say" method="post" action="${action}" hx-post="${action}" hx-swap="none"></form>
<form id="write" method="post" action="${action}" enctype="multipart/form-data" hx-post="${action}" hx-encoding="multipart/form-data" hx-swap="none">
${aimView(seated, aim)}
${topicChoice(place.chat)}
<div class="line">
<details class="commands"><summary title="${t.commands}">${icon('slash')}<span class="unseen">${t.commands}</span></summary>${commandList(seated)}</details>
<label class="attach" title="${t.attach}">${icon('clip')}<span class="unseen">${t.attach}</span><input type="file" name="file" multiple></label>
<textarea id="text" name="text" rows="1" aria-label="${t.label}" placeholder="${placeholder(seated, aim)}" enterkeyhint="send" autocomplete="off"${aim.kind === 'none' ? nothing : html` autofocus`}>${aim.kind === 'edit' && aim.message ? ownWords(seated, aim.message) : ''}</textarea>
<button class="primary send" title="${t.send}">${icon('send')}<span class="unseen">${t.send}</span></button>
</div>
<p class="attached" hidden><span></span> <label><input type="checkbox" name="asFile" value="1"> ${t.asFile}</label> <button type="button" class="plain">${t.dropFile}</button></p>
</form>
</div>`
}

/** In a forum: where the next message goes, unless it answers one. */
function topicChoice({ forum, topics }: Chat): Html {
  if (!forum) return nothing
  const options = [...topics.values()].map(({ id, name }) => html`<option value="${id}">${name}</option>`)
  return html`<label class="topic">${t.topic} <select name="topic"><option value="">${t.generalTopic}</option>${options}</select></label>`
}

/** What is being answered or corrected, above the field. */
export function aimView(seated: Seated, aim: Aim, live = false): Html {
  const { room, viewer, place } = seated
  const { kind, message } = aim
  if (kind === 'none' || !message)
    return html`<div id="aim"${outOfBand(live)} data-placeholder="${placeholder(seated, aim)}"></div>`
  const here = room.paths.chat(viewer.id, place.address)
  const seen = showMessage(room.state, message)
  const title = kind === 'reply' ? t.replying(nameOf(message.from)) : t.editing
  const cancel = kind === 'reply' ? t.cancelReply : t.cancelEdit
  return html`<div id="aim"${outOfBand(live)}${kind === 'edit' ? html` data-words="${seen.text}"` : nothing} data-placeholder="${placeholder(seated, aim)}">
<input type="hidden" name="${kind === 'reply' ? 'replyTo' : 'edit'}" value="${message.id}">
<p><strong>${title}</strong><span>${shortened(seen.text || seen.files[0]?.name || '')}</span></p>
<a href="${here}" hx-get="${here}/aim" hx-target="#aim" hx-swap="outerHTML" title="${cancel}">${icon('close')}<span class="unseen">${cancel}</span></a>
</div>`
}

/** What the person's next words answer by themselves: the bot's open question. */
export function usualAim({ viewer, place }: Seated): Aim {
  const question = questionFor(place.chat, viewer)
  return question && !question.ephemeral ? { kind: 'reply', message: question } : noAim
}

export function botKeys({ room, viewer, place }: Seated, live = false): Html {
  const keys = keysFor(place.chat, viewer)
  if (!keys) return html`<div id="keys"${outOfBand(live)}></div>`
  const action = `${room.paths.chat(viewer.id, place.address)}/keys`
  const rows = keys.markup.keyboard.map(
    (row, y) => html`<div class="row">${row.map((key, x) => keyView(key, x, y))}</div>`,
  )
  return html`<div id="keys"${outOfBand(live)}><form method="post" action="${action}" hx-post="${action}" hx-swap="none" aria-label="${t.keys}">
<input type="hidden" name="message" value="${keys.message.id}">${rows}</form></div>`
}

function keyView(key: KeyboardButton, x: number, y: number): Html {
  const asksContact = typeof key !== 'string' && 'request_contact' in key
  return html`<button class="key" id="key-${y}-${x}" name="at" value="${y},${x}">${keyText(key)}${asksContact ? html`<span class="unseen"> ${t.contactKey}</span>` : nothing}</button>`
}

/** What the "/" button shows, so that nobody has to know a command by heart. */
export function commandList({ room, viewer, place }: Seated, live = false): Html {
  const commands = commandMenu(room.state, place.chat, viewer)
  const items = commands.map(
    ({ command, description }) =>
      html`<li><button form="say" name="text" value="/${command}"><strong>/${command}</strong><span>${description}</span></button></li>`,
  )
  return html`<div id="commands" class="menu"${outOfBand(live)}>${items.length > 0 ? html`<ul>${items}</ul>` : html`<p>${t.noCommands}</p>`}</div>`
}

function placeholder({ place, viewer }: Seated, { kind, message }: Aim): string {
  const keyboard = kind === 'reply' ? message?.keyboard : keysFor(place.chat, viewer)?.markup
  if (keyboard && 'input_field_placeholder' in keyboard && keyboard.input_field_placeholder) {
    return keyboard.input_field_placeholder
  }
  return t.placeholder
}

function ownWords({ room }: Seated, message: Message): string {
  return showMessage(room.state, message).text
}
