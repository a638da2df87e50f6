import { type Context, Hono } from 'hono'
import { PeopleError } from '../errors.ts'
import { pictureSize } from '../files/picture.ts'
import type { Upload } from '../files/store.ts'
import { texts as peopleTexts } from '../texts.ts'
import { keyText } from '../world/showing.ts'
import { answer } from './answers.ts'
import { keysFor } from './bot-keys.ts'
import { aimView, noAim, type Seated } from './composer.ts'
import type { Flash } from './flashes.ts'
import { type Form, readForm } from './form.ts'
import { botLink, isBotLink, startInGroup, startPrivately } from './links.ts'
import type { Room } from './room.ts'
import { texts } from './texts.ts'
import { seatedOf, viewOf, whereIn } from './viewing.ts'

/** Formats that Telegram's apps send as photos. */
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** What somebody does in a chat: writes, sends, presses, opens links. */
export function talking(room: Room): Hono {
  const app = new Hono()

  app.post('/c/:chat/messages', async (c) => {
    const seated = seatedOf(c, room)
    await write(seated, await readForm(c))
    return answer(c, room, { back: hereOf(seated), pieces: [aimView(seated, noAim, true)] })
  })

  app.post('/c/:chat/deletions', async (c) => {
    const seated = seatedOf(c, room)
    const { message } = await readForm(c)
    room.world.remove({ ...whereIn(seated), message: Number(message) })
    return answer(c, room, { back: hereOf(seated) })
  })

  app.post('/c/:chat/presses', async (c) => press(c, room, seatedOf(c, room)))

  app.post('/c/:chat/keys', async (c) => {
    const seated = seatedOf(c, room)
    const { at } = await readForm(c)
    const { x, y } = position(at)
    const key = keysFor(seated.place.chat, seated.viewer)?.markup.keyboard[y]?.[x]
    if (!key) throw new PeopleError('button.unknown', peopleTexts.buttonUnknown, 404)
    room.world.say({ ...whereIn(seated), text: keyText(key) })
    return answer(c, room, { back: hereOf(seated) })
  })

  app.post('/open', async (c) => {
    const { viewer } = viewOf(c, room)
    const link = botLink(room, c.req.query('url') ?? '')
    const { chat } = await readForm(c)
    if (!link.group) {
      startPrivately(room, viewer, link)
      return answer(c, room, { back: room.paths.chat(viewer.id, link.bot.account.id), leave: true })
    }
    if (typeof chat !== 'string') {
      return answer(c, room, { back: room.paths.open(viewer.id, c.req.query('url') ?? ''), leave: true })
    }
    startInGroup(room, viewer, link, Number(chat))
    return answer(c, room, { back: room.paths.chat(viewer.id, Number(chat)), leave: true })
  })
  return app
}

async function write(seated: Seated, body: Form): Promise<void> {
  const { world } = seated.room
  const text = typeof body.text === 'string' ? body.text : ''
  const where = whereIn(seated)
  const replyTo = typeof body.replyTo === 'string' ? { replyTo: Number(body.replyTo) } : {}
  const file = body.file instanceof File && body.file.size > 0 ? await uploaded(body.file) : null
  if (typeof body.edit === 'string') world.edit({ ...where, message: Number(body.edit), text })
  else if (file) {
    world.sendFile({ ...where, ...replyTo, ...file, caption: text, as: isPhoto(file, body) ? 'photo' : 'document' })
  } else world.say({ ...where, ...replyTo, text })
}

async function uploaded(file: File): Promise<Upload> {
  return {
    name: file.name,
    mime: file.type || 'application/octet-stream',
    bytes: Buffer.from(await file.arrayBuffer()),
  }
}

function isPhoto({ mime, bytes }: Upload, { asFile }: Form): boolean {
  return asFile === undefined && PHOTOS.has(mime) && pictureSize(bytes).width !== undefined
}

async function press(c: Context, room: Room, seated: Seated) {
  const body = await readForm(c)
  const { x, y } = position(body.at)
  const said = await room.world.press({
    ...whereIn(seated),
    message: Number(body.message),
    button: { row: y, column: x },
    ...(typeof body.ephemeral === 'string' ? { ephemeral: Number(body.ephemeral) } : {}),
  })
  const back = hereOf(seated)
  if (said.url && isBotLink(room, said.url)) {
    const link = botLink(room, said.url)
    if (link.group) return answer(c, room, { back: room.paths.open(seated.viewer.id, said.url), leave: true })
    startPrivately(room, seated.viewer, link)
    return answer(c, room, { back: room.paths.chat(seated.viewer.id, link.bot.account.id), leave: true })
  }
  return answer(c, room, { back, flash: flashOf(said) })
}

function flashOf(said: Awaited<ReturnType<Room['world']['press']>>): Flash | null {
  if (said.copied !== undefined) return { text: texts.press.copied(said.copied), alert: false }
  if (said.webApp) return { text: texts.press.webApp, alert: false }
  if (!said.answered) return { text: texts.press.silent, alert: false }
  return said.text ? { text: said.text, alert: said.alert === true } : null
}

function position(at: unknown): { x: number; y: number } {
  const [y = Number.NaN, x = Number.NaN] = String(at).split(',').map(Number)
  return { x, y }
}

function hereOf({ room, viewer, place }: Seated): string {
  return room.paths.chat(viewer.id, place.address)
}
