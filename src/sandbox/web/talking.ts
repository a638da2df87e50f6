import { type Context, Hono } from 'hono'
import { PeopleError } from '../errors.ts'
import { pictureSize } from '../files/picture.ts'
import type { Upload } from '../files/store.ts'
import { texts as peopleTexts } from '../texts.ts'
import { answer } from './answers.ts'
import { keysFor } from './bot-keys.ts'
import { aimView, noAim, type Seated } from './composer.ts'
import type { Flash } from './flashes.ts'
import { type Form, readForm } from './form.ts'
import { followLink, readLink } from './links.ts'
import type { Room } from './room.ts'
import { peopleNamed } from './seats.ts'
import { texts } from './texts.ts'
import { seatedOf, viewOf, whereIn } from './viewing.ts'

/** Formats that Telegram's apps send as photos. */
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** What somebody does in a chat: writes, sends, presses, votes, opens links. */
export function talking(room: Room): Hono {
  const app = new Hono()
  const done = (c: Context, seated: Seated) => answer(c, room, { back: hereOf(seated) })

  app.post('/c/:chat/messages', async (c) => {
    const seated = seatedOf(c, room)
    await write(seated, await c.req.formData())
    return answer(c, room, { back: hereOf(seated), pieces: [aimView(seated, noAim, true)] })
  })
  app.post('/c/:chat/deletions', async (c) => {
    const seated = seatedOf(c, room)
    const { message } = await readForm(c)
    room.world.remove({ ...whereIn(seated), message: Number(message) })
    return done(c, seated)
  })
  app.post('/c/:chat/votes', async (c) => {
    const seated = seatedOf(c, room)
    const form = await c.req.formData()
    const options = form.has('retract') ? [] : form.getAll('option').map(Number)
    room.world.vote({ ...whereIn(seated), message: Number(form.get('message')), options })
    return done(c, seated)
  })
  app.post('/c/:chat/presses', async (c) => press(c, room, seatedOf(c, room)))
  app.post('/c/:chat/keys', async (c) => pressKey(c, room, seatedOf(c, room)))
  app.post('/open', async (c) => {
    const { viewer } = viewOf(c, room)
    const url = c.req.query('url') ?? ''
    const link = readLink(room, url)
    if (!link) throw new PeopleError('link.unknown', texts.links.unknown, 404)
    const { chat } = await readForm(c)
    if (link.kind === 'startGroup' && typeof chat !== 'string') {
      return answer(c, room, { back: room.paths.open(viewer.id, url), leave: true })
    }
    const address = followLink(room, viewer, link, chat === undefined ? undefined : Number(chat))
    return answer(c, room, { back: room.paths.chat(viewer.id, address), leave: true })
  })
  return app
}

async function write(seated: Seated, form: FormData): Promise<void> {
  const { world } = seated.room
  const text = String(form.get('text') ?? '')
  const where = {
    ...whereIn(seated),
    ...(form.has('replyTo') ? { replyTo: Number(form.get('replyTo')) } : {}),
    ...(form.get('topic') ? { topic: Number(form.get('topic')) } : {}),
  }
  const given = form.getAll('file').filter((file) => file instanceof File && file.size > 0)
  const files = await Promise.all(given.flatMap((file) => (file instanceof File ? [uploaded(file)] : [])))
  const as = !form.has('asFile') && files.every(isPhoto) ? 'photo' : 'document'
  const [file] = files
  if (form.has('edit')) world.edit({ ...where, message: Number(form.get('edit')), text })
  else if (files.length > 1) world.sendAlbum({ ...where, files, caption: text, as })
  else if (file) world.sendFile({ ...where, ...file, caption: text, as })
  else world.say({ ...where, text })
}

async function uploaded(file: File): Promise<Upload> {
  return {
    name: file.name,
    mime: file.type || 'application/octet-stream',
    bytes: Buffer.from(await file.arrayBuffer()),
  }
}

function isPhoto({ mime, bytes }: Upload): boolean {
  return PHOTOS.has(mime) && pictureSize(bytes).width !== undefined
}

async function press(c: Context, room: Room, seated: Seated) {
  const body = await readForm(c)
  const said = await room.world.press({
    ...whereIn(seated),
    message: Number(body.message),
    button: position(body),
    ...(typeof body.ephemeral === 'string' ? { ephemeral: Number(body.ephemeral) } : {}),
  })
  const { viewer } = seated
  const link = said.url === undefined ? undefined : readLink(room, said.url)
  if (link?.kind === 'startGroup') {
    return answer(c, room, { back: room.paths.open(viewer.id, link.url), leave: true })
  }
  if (link) {
    return answer(c, room, { back: room.paths.chat(viewer.id, followLink(room, viewer, link)), leave: true })
  }
  return answer(c, room, { back: hereOf(seated), flash: flashOf(said) })
}

function flashOf(said: Awaited<ReturnType<Room['world']['press']>>): Flash | null {
  if (said.copied !== undefined) return { text: texts.press.copied(said.copied), alert: false }
  if (said.webApp) return { text: texts.press.webApp, alert: false }
  if (!said.answered) return { text: texts.press.silent, alert: false }
  return said.text ? { text: said.text, alert: said.alert === true } : null
}

/** A key of the reply keyboard; one that asks for a group or people leads to a page where they are chosen. */
async function pressKey(c: Context, room: Room, seated: Seated) {
  const body = await readForm(c)
  const button = position(body)
  const keys = keysFor(seated.place.chat, seated.viewer)
  const key = keys?.markup.keyboard[button.row]?.[button.column]
  if (!keys || !key) throw new PeopleError('button.unknown', peopleTexts.buttonUnknown, 404)
  const asks = typeof key !== 'string' && ('request_chat' in key || 'request_users' in key)
  const share = await shared(room, body)
  if (asks && share === undefined) {
    return answer(c, room, { back: `${hereOf(seated)}/share?at=${button.row},${button.column}`, leave: true })
  }
  await room.world.press({ ...whereIn(seated), message: keys.message.id, button, ...(share ? { share } : {}) })
  return answer(c, room, { back: hereOf(seated), leave: share !== undefined })
}

async function shared(room: Room, { chat, people }: Form): Promise<number | number[] | undefined> {
  if (typeof chat === 'string') return Number(chat)
  if (typeof people !== 'string') return undefined
  return peopleNamed(
    room,
    people.split(/[\n,;]/).filter((name) => name.trim() !== ''),
  )
}

function position({ at }: Form): { row: number; column: number } {
  const [row = Number.NaN, column = Number.NaN] = String(at).split(',').map(Number)
  return { row, column }
}

function hereOf({ room, viewer, place }: Seated): string {
  return room.paths.chat(viewer.id, place.address)
}
