import { chatOf } from '../world/places.ts'
import { nameOf } from '../world/showing.ts'
import { thread } from './chat-page.ts'
import type { Seated } from './composer.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import type { Month, Step } from './month.ts'
import { avatar, outOfBand } from './parts.ts'
import { placeName } from './places.ts'
import type { Room } from './room.ts'
import { texts } from './texts.ts'
import { lastMessages } from './thread.ts'
import { clockFace } from './tools.ts'

const t = texts.month

/** How much of a chat the stage shows. */
const SHOWN = 12

/** The stage: what is happening, in words and on the screen of whoever is doing it. */
export function monthBody(room: Room, month: Month): Html {
  return html`<main id="content" class="month">
<header class="bar"><a class="button back" href="${room.paths.home}" title="${texts.back}">${icon('back')}<span class="unseen">${texts.back}</span></a><h1>${t.title}</h1>${clockFace(month.room)}</header>
${controls(room, month)}
<div class="stage"><section class="scroll" tabindex="0" role="log" aria-label="${t.steps}"><ol id="steps">${month.steps.map((step) => stepView(month.room, step))}</ol></section>
${stage(month)}</div>
</main>`
}

export function controls(room: Room, month: Month, live = false): Html {
  const playing = month.stage === 'playing' || month.stage === 'preparing'
  const words = { waiting: t.hint, preparing: t.preparing, playing: t.playing, finished: t.finished, failed: t.failed }[
    month.stage
  ]
  return html`<form id="controls" method="post" action="${room.paths.month}" hx-post="${room.paths.month}" hx-swap="none"${outOfBand(live)}>
<p role="status">${words}</p>
${playing ? nothing : html`<button class="primary" id="month-play" name="do" value="play">${icon('play')}${t.play}</button>`}
${
  playing
    ? html`<button id="month-pause" name="do" value="${month.paused ? 'resume' : 'pause'}">${month.paused ? t.resume : t.pause}</button>
<button id="month-slower" name="do" value="slower">${t.slower}</button><button id="month-faster" name="do" value="faster">${t.faster}</button>`
    : nothing
}
</form>`
}

export function stepView({ paths }: Room, { text, as, chat, heading }: Step): Html {
  if (heading) return html`<li class="heading-step">${text}</li>`
  if (as === undefined) return html`<li>${text}</li>`
  const seat = chat === undefined || chat === as ? paths.seat(as) : paths.chat(as, chat)
  return html`<li>${text} <a href="${seat}" target="_blank" title="${t.sit}">${icon('seat')}<span class="unseen">${t.sit}</span></a></li>`
}

/** The screen of the one who acts in the newest step that has a place. */
export function stage(month: Month, live = false): Html {
  const { room } = month
  const seated = seatedAt(
    room,
    month.steps.findLast(({ as }) => as !== undefined),
  )
  if (!seated) return html`<section id="stage"${outOfBand(live)} hidden></section>`
  const name = nameOf(seated.viewer)
  const { messages } = lastMessages(seated.place.chat, seated.viewer, SHOWN)
  return html`<section id="stage"${outOfBand(live)} aria-label="${t.stage} ${name}">
<header class="bar">${avatar(seated.viewer.id, name)}<span><small>${t.stage} ${name}</small><strong>${placeName(room, seated.place)}</strong></span></header>
<div class="scroll"><div class="inner"><ol class="messages">${thread(seated, messages, true)}</ol></div></div></section>`
}

function seatedAt(room: Room, step: Step | undefined): Seated | null {
  const viewer = step?.as === undefined ? undefined : room.state.data.accounts.get(step.as)
  if (!viewer) return null
  const bot = room.world.bots()[0]?.account.id
  const address = step?.chat === undefined || step.chat === viewer.id ? bot : step.chat
  if (address === undefined) return null
  try {
    return { room, viewer, place: { chat: chatOf(room.state, viewer, address), address } }
  } catch {
    return null
  }
}
