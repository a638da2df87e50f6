import { type Context, Hono } from 'hono'
import { PeopleError } from '../errors.ts'
import { nameOf } from '../world/showing.ts'
import { keysFor } from './bot-keys.ts'
import { chatBody, chatsBody, toolsAside, WINDOW } from './chat-page.ts'
import { aimView } from './composer.ts'
import type { Flash } from './flashes.ts'
import { icon } from './icons.ts'
import { infoBody } from './info-page.ts'
import { layout } from './layout.ts'
import { readLink } from './links.ts'
import { liveMonth, liveSeat, liveToolsOnly, stale } from './live.ts'
import { html } from './markup.ts'
import { monthBody } from './month-page.ts'
import { openBody } from './open-page.ts'
import { placeName } from './places.ts'
import type { Room, View } from './room.ts'
import { allSeats } from './seats.ts'
import { type SeatsView, seatList, seatsBody } from './seats-page.ts'
import { shareBody } from './share-page.ts'
import { liveStream } from './stream.ts'
import { texts } from './texts.ts'
import { toolsPanel } from './tools.ts'
import { aimOf, seatedOf, viewOf } from './viewing.ts'

const RECENT = 6

/** The pages and their streams. */
export function showing(room: Room): Hono {
  const app = new Hono()
  const recent: number[] = []
  const flash = (c: Context): Flash | null => room.flashes.take(c.req.query('said'))

  const seatsView = async (c: Context): Promise<SeatsView> => ({
    room,
    seats: await allSeats(room),
    recent,
    query: c.req.query('q') ?? '',
    chat: room.state.data.groups.get(Number(c.req.query('chat'))) ?? null,
  })
  app.get('/', async (c) => {
    const body = seatsBody(await seatsView(c))
    return c.html(layout({ room, title: texts.seats.title, kind: 'seats', body, flash: flash(c) }))
  })
  app.get('/seats', async (c) => c.html(seatList(await seatsView(c))))

  const sit = (view: View): View => {
    const at = recent.indexOf(view.viewer.id)
    if (at >= 0) recent.splice(at, 1)
    recent.unshift(view.viewer.id)
    recent.splice(RECENT)
    return view
  }

  app.get('/p/:person', async (c) => {
    const view = sit(viewOf(c, room))
    const tools = toolsAside(await toolsPanel(room, room.paths.seat(view.viewer.id)))
    const live = liveAddress(room, `${room.paths.seat(view.viewer.id)}/live`)
    const title = `${texts.chats.title}: ${nameOf(view.viewer)}`
    return c.html(layout({ room, title, kind: 'chats', body: chatsBody(view, tools), flash: flash(c), live }))
  })

  app.get('/p/:person/c/:chat', async (c) => {
    const seated = seatedOf(c, room)
    sit(seated)
    const here = room.paths.chat(seated.viewer.id, seated.place.address)
    const live = liveAddress(room, `${here}/live`)
    room.reading.mark(seated.viewer, seated.place.chat)
    const most = Math.max(WINDOW, Number(c.req.query('last')) || 0)
    const tools = toolsAside(await toolsPanel(room, here))
    const body = chatBody(seated, { most, aim: aimOf(c, seated), tools })
    const title = `${placeName(room, seated.place)}: ${nameOf(seated.viewer)}`
    return c.html(layout({ room, title, kind: 'chat', body, flash: flash(c), live, writing: true }))
  })
  app.get('/p/:person/c/:chat/aim', (c) => {
    const seated = seatedOf(c, room)
    return c.html(aimView(seated, aimOf(c, seated)))
  })

  app.get('/p/:person/c/:chat/share', (c) => {
    const seated = seatedOf(c, room)
    const keys = keysFor(seated.place.chat, seated.viewer)
    if (!keys) return c.redirect(room.paths.chat(seated.viewer.id, seated.place.address), 303)
    const body = shareBody(seated, keys, c.req.query('at') ?? '')
    return c.html(layout({ room, title: texts.writing.share, kind: 'info', body, flash: flash(c) }))
  })

  app.get('/p/:person/c/:chat/info', async (c) => {
    const seated = seatedOf(c, room)
    const body = infoBody(seated, await allSeats(room))
    return c.html(layout({ room, title: placeName(room, seated.place), kind: 'info', body, flash: flash(c) }))
  })

  app.get('/p/:person/open', (c) => {
    const view = viewOf(c, room)
    const link = readLink(room, c.req.query('url') ?? '')
    if (!link) throw new PeopleError('link.unknown', texts.links.unknown, 404)
    const body = openBody(view, link)
    return c.html(layout({ room, title: texts.thread.start, kind: 'info', body, flash: flash(c) }))
  })

  app.get('/p/:person/tools', async (c) => {
    const { viewer } = viewOf(c, room)
    const back = room.paths.seat(viewer.id)
    const body = html`<main id="content" class="tools"><header class="bar"><a class="button back" href="${back}" title="${texts.back}">${icon('back')}<span class="unseen">${texts.back}</span></a><h1>${texts.tools.title}</h1></header>${await toolsPanel(room, room.paths.tools(viewer.id))}</main>`
    const live = liveAddress(room, room.paths.live)
    return c.html(layout({ room, title: texts.tools.title, kind: 'tools', body, flash: flash(c), live }))
  })

  app.get('/month', (c) => {
    const { month } = room
    if (!month) return c.notFound()
    const live = liveAddress(room, `${room.paths.month}/live`, String(month.steps.length))
    const body = monthBody(room, month)
    return c.html(layout({ room, title: texts.month.title, kind: 'month', body, flash: flash(c), live }))
  })

  // A page of an earlier run of the program knows other numbers.
  const isStale = (c: Context) => c.req.query('run') !== room.run
  app.get('*', async (c, next) => {
    if (!c.req.path.endsWith('/live') || !isStale(c)) return next()
    return liveStream(c, () => ({ pieces: [stale] }))
  })
  app.get('/p/:person/live', (c) => liveSeat(c, viewOf(c, room), sinceOf(c)))
  app.get('/p/:person/c/:chat/live', (c) => liveSeat(c, seatedOf(c, room), sinceOf(c)))
  app.get('/live', (c) => liveToolsOnly(c, room, sinceOf(c)))
  app.get('/month/live', (c) => (room.month ? liveMonth(c, room, room.month, sinceOf(c)[0] ?? 0) : c.notFound()))
  return app
}

/** The stream that goes on where this page ends. */
function liveAddress(room: Room, path: string, since?: string): string {
  const call = room.state.calls.after(0).at(-1)?.n ?? 0
  return `${path}?since=${since ?? `${room.state.data.seq}.${call}`}&run=${room.run}`
}

/** What the page has seen: by the last event that arrived, or as it was made. */
function sinceOf(c: Context): number[] {
  return (c.req.header('last-event-id') ?? c.req.query('since') ?? '').split('.').map((part) => Number(part) || 0)
}
