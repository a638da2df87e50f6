import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { PeopleError } from '../errors.ts'
import type { Sandbox } from '../index.ts'
import { isLive } from './answers.ts'
import { assets } from './assets.ts'
import { changing } from './changing.ts'
import { guard } from './guard.ts'
import { layout, saidLive } from './layout.ts'
import { html } from './markup.ts'
import { Month } from './month.ts'
import { createRoom, type Room, type WebChatOptions } from './room.ts'
import { showing } from './showing.ts'
import { talking } from './talking.ts'
import { texts } from './texts.ts'

/** The largest file that Telegram's apps send to bots, and some room for the form around it. */
const LARGEST = 52 * 1024 * 1024

/** The sandbox's people as pages: sit in somebody's seat, write, press, move the clock, watch the calls. */
export function createWebChat(sandbox: Sandbox, options: WebChatOptions = {}): Hono {
  return pagesOf(createRoom(sandbox, options))
}

function pagesOf(room: Room): Hono {
  const app = new Hono().basePath(room.paths.base)
  app.use(guard(room.options.hosts))
  app.use(bodyLimit({ maxSize: LARGEST, onError: (c) => refusal(c, room, texts.tooBig, 413) }))
  app.route('/assets', assets())
  app.get('/files/:unique/:name', (c) => {
    const path = c.req.path.slice(room.paths.base.length)
    return room.sandbox.fetch(new Request(new URL(`/people${path}`, c.req.url)))
  })
  app.route('/month/world', monthWorld(room))
  app.route('/', showing(room))
  app.route('/', changing(room))
  app.route('/p/:person', talking(room))
  app.notFound((c) => refusal(c, room, texts.notFound, 404))
  app.onError((error, c) => {
    if (error instanceof PeopleError) return refusal(c, room, error.message, error.status)
    console.error(error)
    return refusal(c, room, String(error), 500)
  })
  return app
}

/** Gives a played month that has a world of its own pages of its own. */
function monthWorld(room: Room): Hono {
  const { playMonth } = room.options
  const app = new Hono()
  if (!playMonth) return app
  let pages: Hono | null = null
  room.month = new Month(playMonth, room, ({ sandbox, ...options }) => {
    const world = createRoom(sandbox, options, `${room.paths.month}/world`, room.paths.month)
    pages = pagesOf(world)
    return world
  })
  return app.all('*', (c) => pages?.fetch(c.req.raw) ?? c.notFound())
}

/** A few words on the open page, or a page of their own. */
function refusal(c: Context, room: Room, text: string, status: 400 | 403 | 404 | 409 | 413 | 500) {
  if (isLive(c)) {
    c.header('hx-reswap', 'none')
    return c.html(saidLive({ text, alert: false }), status)
  }
  const back = html`<main id="content" class="info open"><h1>${texts.error}</h1><p>${text}</p><p><a class="button" href="${room.paths.home}">${texts.back}</a></p></main>`
  return c.html(layout({ room, title: texts.error, kind: 'info', body: back, flash: null }), status)
}
