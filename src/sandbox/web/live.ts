import type { Context } from 'hono'
import type { Message } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { aimView, botKeys, commandList, type Seated, usualAim } from './composer.ts'
import { type Html, html } from './markup.ts'
import { messageView } from './message-view.ts'
import type { Month } from './month.ts'
import { controls, stage, stepView } from './month-page.ts'
import { chatList } from './places.ts'
import type { Room, View } from './room.ts'
import { liveStream, type News, whole } from './stream.ts'
import { changesSince, knownAt } from './thread.ts'
import { callView, clockFace, dueLine, faultKeys, faultsLine, shownCalls } from './tools.ts'

export interface Since {
  seq: number
  call: number
}

/** What changes for somebody in a seat: list, messages, keys, commands, clock, faults, log. */
export function liveSeat(c: Context, view: View, since: Since): Response {
  const { room, place } = view
  const seated = place ? { ...view, place } : null
  const inChat = seated ? liveChat(seated, since.seq) : null
  const list = whole(() => chatList(view, true))
  const tools = liveTools(room, since.call)
  let seq = -1
  return liveStream(c, async (): Promise<News> => {
    const pieces: Html[] = []
    if (room.state.data.seq !== seq) {
      seq = room.state.data.seq
      if (inChat) pieces.push(...(await inChat()))
      pieces.push(...(await list()))
    }
    pieces.push(...(await tools.look()))
    return { pieces, id: `${seq}.${tools.lastCall()}` }
  })
}

/** The clock, the faults and the log alone. */
export function liveToolsOnly(c: Context, room: Room, since: Since): Response {
  const tools = liveTools(room, since.call)
  return liveStream(c, async () => ({ pieces: await tools.look(), id: `0.${tools.lastCall()}` }))
}

/** The stage of the played month. */
export function liveMonth(c: Context, room: Room, month: Month, shownSteps: number): Response {
  const clock = whole(() => clockFace(month.room, true))
  const buttons = whole(() => controls(room, month, true))
  const screen = whole(() => stage(month, true))
  let shown = shownSteps
  return liveStream(c, async () => {
    const pieces: Html[] = []
    // A new play begins with an empty list.
    if (month.steps.length < shown) {
      shown = 0
      pieces.push(html`<ol id="steps" hx-swap-oob="true"></ol>`)
    }
    const fresh = month.steps.slice(shown)
    shown = month.steps.length
    if (fresh.length > 0)
      pieces.push(html`<div hx-swap-oob="beforeend:#steps">${fresh.map((step) => stepView(month.room, step))}</div>`)
    pieces.push(...(await clock()), ...(await buttons()), ...(await screen()))
    return { pieces, id: String(shown) }
  })
}

function liveChat(seated: Seated, since: number): () => Promise<Html[]> {
  const { room, viewer, place } = seated
  const known = knownAt(place.chat, since)
  let seq = since
  let previous: Message | null = [...known].at(-1) ?? null
  let asked: Message | null = usualAim(seated).message
  const keys = whole(() => botKeys(seated, true))
  const commands = whole(() => commandList(seated, true))
  return async () => {
    if (place.chat.type !== 'private' && !isIn(place.chat.members.get(viewer.id))) return []
    const changes = changesSince(place.chat, viewer, seq, known)
    seq = changes.seq
    const pieces: Html[] = changes.changed.map((message) =>
      messageView({ view: seated, message, previous: before(known, message), replaces: true }),
    )
    if (changes.fresh.length > 0) {
      const items = changes.fresh.map((message) => {
        const item = messageView({ view: seated, message, previous })
        previous = message
        return item
      })
      pieces.push(
        html`<div hx-swap-oob="beforeend:#messages">${items}</div>`,
        html`<div id="start" hx-swap-oob="true"></div>`,
      )
      room.reading.mark(viewer, place.chat)
      const aim = usualAim(seated)
      if (aim.message !== asked) pieces.push(aimView(seated, aim, true))
      asked = aim.message
    }
    pieces.push(...(await keys()), ...(await commands()))
    return pieces
  }
}

function before(known: Set<Message>, message: Message): Message | null {
  const all = [...known]
  return all[all.indexOf(message) - 1] ?? null
}

function liveTools(room: Room, since: number) {
  let last = since
  const wholes = [
    whole(() => clockFace(room, true)),
    whole(() => faultsLine(room.state.faults, true)),
    whole(() => faultKeys(room.state.faults, true)),
  ]
  let dueSeq = ''
  const due = room.options.nextDue ? whole(() => dueLine(room, true)) : null
  return {
    lastCall: () => last,
    async look(): Promise<Html[]> {
      const pieces: Html[] = []
      const calls = room.state.calls.after(last)
      last = calls.at(-1)?.n ?? last
      const shown = shownCalls(calls)
      if (shown.length > 0) {
        pieces.push(html`<div hx-swap-oob="afterbegin:#calls">${shown.reverse().map(callView)}</div>`)
      }
      for (const each of wholes) pieces.push(...(await each()))
      // What falls due next is asked only when something may have changed it.
      const mayDiffer = `${room.state.data.seq} ${Math.floor(room.state.clock.milliseconds() / 60_000)}`
      if (due && mayDiffer !== dueSeq) {
        dueSeq = mayDiffer
        pieces.push(...(await due()))
      }
      return pieces
    },
  }
}
