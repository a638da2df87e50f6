import type { InlineKeyboardButton, MessageEntity } from '@grammyjs/types'
import type { Message } from '../model.ts'
import { nameOf, showMessage } from '../world/showing.ts'
import { icon } from './icons.ts'
import { readLink } from './links.ts'
import { type Html, html, nothing } from './markup.ts'
import { avatar, outOfBand } from './parts.ts'
import { pollView } from './poll-view.ts'
import { richText, type TextLinks } from './rich-text.ts'
import type { Place, Room, View } from './room.ts'
import { texts } from './texts.ts'
import { elementId } from './thread.ts'
import { day, fileSize, longDay, timeOfDay } from './time.ts'

const t = texts.thread

export interface Shown {
  view: View & { place: Place }
  message: Message
  /** The message above it, which may spare a name or a date. */
  previous: Message | null
  /** Takes the place of the same message on an open page, or of the element named. */
  replaces?: boolean | string
  /** Only to look at: nothing to press, reply or write. */
  still?: boolean
}

/** One message as the person in the seat sees it. */
export function messageView(shown: Shown): Html {
  const { message, previous } = shown
  const newDay = !previous || day(dateOf(previous)) !== day(dateOf(message))
  const mark = newDay && !shown.replaces ? html`<li class="day"><span>${longDay(dateOf(message))}</span></li>` : nothing
  return html`${mark}${message.content.kind === 'service' && !message.deleted ? serviceLine(shown) : bubble(shown, newDay)}`
}

function serviceLine({ view, message, replaces = false }: Shown): Html {
  const { text } = showMessage(view.room.state, message)
  return html`<li id="${elementId(message)}" class="service"${outOfBand(replaces)}><span>${text}</span></li>`
}

function bubble(shown: Shown, newDay: boolean): Html {
  const { view, message, previous, replaces = false } = shown
  const seen = showMessage(view.room.state, message)
  const own = message.from.id === view.viewer.id
  const follows = !newDay && previous !== null && previous.from.id === message.from.id && isBubble(previous)
  const classes = [
    'message',
    own ? 'own' : seen.from.isBot ? 'from-bot' : 'from-person',
    follows ? 'follows' : '',
    message.ephemeral ? 'ephemeral' : '',
    message.deleted ? 'deleted' : '',
  ]
  return html`<li id="${elementId(message)}" class="${classes.filter(Boolean).join(' ')}"${outOfBand(replaces)}>
${own ? nothing : avatar(seen.from.id, seen.from.name, seen.from.isBot ? 'bot' : 'person')}
<div class="body">
<div class="bubble">
${own ? html`<span class="unseen">${nameOf(message.from)}</span>` : html`<div class="from">${seen.from.name}${seen.from.isBot ? html` <small>${t.bot}</small>` : nothing}</div>`}
${message.deleted ? html`<p class="gone">${t.deleted}</p>` : content(shown)}
<div class="meta">${marks(message)}<time datetime="${seen.date}">${timeOfDay(dateOf(message))}</time></div>
</div>
${reactions(seen.reactions)}${message.deleted ? nothing : buttons(shown)}
</div>
${message.deleted || shown.still ? nothing : actions(view, message, own)}
</li>`
}

function isBubble({ content, deleted }: Message): boolean {
  return deleted || content.kind !== 'service'
}

function content({ view, message, still = false }: Shown): Html {
  if (message.content.kind === 'poll') return pollView(view, message, message.content.poll, still)
  const seen = showMessage(view.room.state, message)
  const { replyTo } = message
  return html`${seen.forwardedFrom ? html`<p class="forwarded">${t.forwarded(seen.forwardedFrom)}</p>` : nothing}
${replyTo ? quote(view.room, replyTo) : nothing}
${seen.files.map((file) => fileView(view.room, message, file))}
${seen.text === '' ? nothing : html`<div class="text">${richText(seen.text, entitiesOf(message), textLinks(view, still))}</div>`}`
}

function quote(room: Room, message: Message): Html {
  const seen = showMessage(room.state, message)
  const words = message.deleted ? t.deleted : seen.text || seen.files[0]?.name || ''
  return html`<a class="quote" href="#${elementId(message)}"><strong>${seen.from.name}</strong><span>${shortened(words)}</span></a>`
}

function fileView(room: Room, message: Message, file: { name: string; mime: string; size: number; url: string }): Html {
  const address = room.paths.base + new URL(file.url).pathname.replace('/people/files/', '/files/')
  const media = message.content.kind === 'media' ? message.content.media : null
  if (media?.kind === 'photo') {
    const { width, height } = media.file
    return html`<a class="photo" href="${address}" target="_blank"><img src="${address}" alt="${t.photo(file.name)}" width="${width ?? 320}" height="${height ?? 240}" loading="lazy"></a>`
  }
  const size = fileSize(file.size)
  return html`<a class="file" href="${address}" download="${file.name}" aria-label="${t.download(file.name, size)}">${icon('file')}<span><strong>${file.name}</strong><small>${size}</small></span></a>`
}

function marks(message: Message): Html {
  const words = [
    message.ephemeral ? t.ephemeral : '',
    topicOf(message),
    message.protected && !message.deleted ? t.protected : '',
    message.editDate !== undefined && !message.deleted ? t.edited : '',
  ].filter(Boolean)
  return html`${words.map((word) => html`<span>${word === t.ephemeral ? icon('eye') : nothing}${word}</span>`)}`
}

function reactions(counts: Record<string, number> | undefined): Html {
  if (!counts) return nothing
  const marks = Object.entries(counts).map(([emoji, count]) => html`<span>${emoji} ${count}</span>`)
  return html`<div class="reactions" role="group" aria-label="${t.reactions}">${marks}</div>`
}

function buttons({ view, message, still }: Shown): Html {
  const rows = message.inline?.inline_keyboard ?? []
  if (rows.length === 0) return nothing
  const action = `${view.room.paths.chat(view.viewer.id, view.place.address)}/presses`
  const keys = rows.map(
    (row, y) =>
      html`<div class="row">${row.map((button, x) => buttonView(view, message, button, { x, y, still: still === true }))}</div>`,
  )
  if (still) return html`<div class="buttons" role="group" aria-label="${t.buttons}">${keys}</div>`
  return html`<form class="buttons" method="post" action="${action}" hx-post="${action}" hx-swap="none" aria-label="${t.buttons}">
<input type="hidden" name="message" value="${message.id}">
${message.ephemeral ? html`<input type="hidden" name="ephemeral" value="${message.ephemeral.id}">` : nothing}
${keys}
</form>`
}

function topicOf({ chat, threadId }: Message): string {
  return threadId === undefined ? '' : (chat.topics.get(threadId)?.name ?? '')
}

function buttonView(
  view: View & { place: Place },
  message: Message,
  button: InlineKeyboardButton,
  { x, y, still }: { x: number; y: number; still: boolean },
): Html {
  const style = 'style' in button && button.style ? button.style : ''
  if ('url' in button && !readLink(view.room, button.url) && /^https?:/i.test(button.url) && !still) {
    return html`<a class="key ${style}" href="${button.url}" target="_blank" rel="noopener noreferrer">${button.text}${icon('link')}<span class="unseen"> ${t.opensElsewhere}</span></a>`
  }
  const hint = 'copy_text' in button ? html`<span class="unseen"> ${t.copiesText}</span>` : nothing
  const lead = 'url' in button ? icon('link') : nothing
  return html`<button class="key ${style}" id="${elementId(message)}-${y}-${x}" name="at" value="${y},${x}"${still || 'disabled' in button ? html` disabled` : nothing}>${button.text}${lead}${hint}</button>`
}

function actions(view: View & { place: Place }, message: Message, own: boolean): Html {
  const here = view.room.paths.chat(view.viewer.id, view.place.address)
  const id = message.id
  const mayEdit = own && (message.content.kind === 'text' || message.content.kind === 'media')
  if (message.ephemeral) return nothing
  return html`<div class="actions" role="group" aria-label="${t.actions}">
<a href="${here}?reply=${id}#text" hx-get="${here}/aim?reply=${id}" hx-target="#aim" hx-swap="outerHTML" title="${t.reply}">${icon('reply')}<span class="unseen">${t.replyTo(nameOf(message.from))}</span></a>
${mayEdit ? html`<a href="${here}?edit=${id}#text" hx-get="${here}/aim?edit=${id}" hx-target="#aim" hx-swap="outerHTML" title="${t.edit}">${icon('edit')}<span class="unseen">${t.edit}</span></a>` : nothing}
${own ? html`<form method="post" action="${here}/deletions" hx-post="${here}/deletions" hx-swap="none"><button name="message" value="${id}" title="${t.remove}">${icon('remove')}<span class="unseen">${t.remove}</span></button></form>` : nothing}
</div>`
}

function textLinks(view: View & { place: Place }, still: boolean): TextLinks {
  const { room, viewer } = view
  return {
    link(url, label) {
      const full = /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `https://${url}`
      if (readLink(room, full) && !still) {
        const open = room.paths.open(viewer.id, full)
        return html`<a href="${open}" hx-post="${open}" hx-swap="none">${label}</a>`
      }
      if (!/^https?:/i.test(full)) return html`<span class="mention">${label}</span>`
      return html`<a href="${full}" target="_blank" rel="noopener noreferrer">${label}</a>`
    },
    command(command) {
      if (still) return html`${command}`
      return html`<button class="link" form="say" name="text" value="${command}">${command}</button>`
    },
  }
}

function entitiesOf({ content }: Message): readonly MessageEntity[] {
  if (content.kind === 'text') return content.entities
  return content.kind === 'media' ? content.captionEntities : []
}

function dateOf({ date }: Message): Date {
  return new Date(date * 1000)
}

/** The first words of a text, for one line. */
export function shortened(text: string, most = 90): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return [...line].length > most ? `${[...line].slice(0, most).join('')}…` : line
}
