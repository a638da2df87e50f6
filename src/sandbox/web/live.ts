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
import { changesSince, elementId, messagesFor } from './thread.ts'
import { callView, clockFace, dueLine, faultKeys, faultsLine, shownCalls } from './tools.ts'

/** The newest `seq` and call that a page has seen. */
type Since = readonly number[]

/** Tells an open page to load itself again. */
export const stale = html`<p id="lost" hx-swap-oob="true" hidden data-stale></p>`

/** What changes for somebody in a seat: list, messages, keys, commands, clock, faults, log. */
export function liveSeat(c: Context, view: View, [since = 0, call = 0]: Since): Response {
  const { room, place } = view
  const seated = place ? { ...view, place } : null
  const inChat = seated ? liveChat(seated, since) : null
  const list = whole(() => chatList(view, true))
  const tools = liveTools(room, call)
  const world = room.state.data
  let seq = -1
  return liveStream(c, async (): Promise<News> => {
    // A world that was put back to an earlier day has other people in other chats.
    if (room.state.data !== world) return { pieces: [stale], id: '0.0' }
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
export function liveToolsOnly(c: Context, room: Room, [, call = 0]: Since): Response {
  const tools = liveTools(room, call)
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
  const { chat } = place
  let seq = since
  let asked: Message | null = usualAim(seated).message
  const keys = whole(() => botKeys(seated, true))
  const commands = whole(() => commandList(seated, true))
  return async () => {
    if (chat.type !== 'private' && !isIn(chat.members.get(viewer.id))) return []
    const { fresh, changed } = changesSince(chat, viewer, seq)
    const before = seq
    seq = chat.log.at(-1)?.seq ?? seq
    const pieces: Html[] = []
    if (fresh.length + changed.length > 0) {
      const all = messagesFor(chat, viewer)
      const view = (message: Message, replaces: boolean | string) =>
        messageView({ view: seated, message, previous: all[all.indexOf(message) - 1] ?? null, replaces })
      for (const message of changed) {
        const { replaces: under, deleted } = message
        // An ephemeral message comes in the place of another, which is seen again when it goes.
        if (under && deleted) pieces.push(view(under, elementId(message)))
        else pieces.push(view(message, under && message.bornSeq > before ? elementId(under) : true))
      }
      pieces.push(html`<div hx-swap-oob="beforeend:#messages">${fresh.map((message) => view(message, false))}</div>`)
      pieces.push(html`<div id="start" hx-swap-oob="true"></div>`)
      room.reading.mark(viewer, chat)
      const aim = usualAim(seated)
      if (aim.message !== asked) pieces.push(aimView(seated, aim, true))
      asked = aim.message
    }
    pieces.push(...(await keys()), ...(await commands()))
    return pieces
  }
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
