import type { Context } from 'hono'
import type { Flash } from './flashes.ts'
import { saidLive } from './layout.ts'
import { type Html, html } from './markup.ts'
import type { Room } from './room.ts'

export interface Answer {
  /** Where a browser without script goes next. */
  back: string
  flash?: Flash | null
  /** Pieces for a page that stays open. */
  pieces?: Html[]
  /** Leaves the page with script too. */
  leave?: boolean
}

/** Whether the page's script asks, so that pieces are enough. */
export function isLive(c: Context): boolean {
  return c.req.header('hx-request') === 'true'
}

/** Answers a form: pieces for a page with script, the next page for one without. */
export function answer(c: Context, room: Room, { back, flash = null, pieces = [], leave = false }: Answer) {
  if (isLive(c) && !leave) return c.html(html`${flash ? saidLive(flash) : ''}${pieces}`)
  const target = flash ? withFlash(room, back, flash) : back
  if (!isLive(c)) return c.redirect(target, 303)
  c.header('hx-redirect', target)
  return c.body(null, 204)
}

function withFlash(room: Room, address: string, flash: Flash): string {
  const [path = '', fragment] = address.split('#')
  const said = `${path.includes('?') ? '&' : '?'}said=${room.flashes.keep(flash)}`
  return `${path}${said}${fragment === undefined ? '' : `#${fragment}`}`
}
