import { type Context, Hono } from 'hono'
import { readReactions } from '../api/reactions.ts'
import { ApiError, PeopleError } from '../errors.ts'
import type { Message } from '../model.ts'
import { texts } from '../texts.ts'
import { showMessage } from '../world/showing.ts'
import type { World } from '../world/world.ts'
import { body, done, parse, readForm } from './answers.ts'
import * as inputs from './inputs.ts'
import { showGroup } from './views.ts'

/** What people write, send, press and see. */
export function messageRoutes(world: World): Hono {
  const app = new Hono()
  const shown = (c: Context, message: Message) => done(c, showMessage(world.state, message))

  app.post('/messages', async (c) => shown(c, world.say(await body(c, inputs.saying))))
  app.post('/edits', async (c) => shown(c, world.edit(await body(c, inputs.editing))))
  app.post('/deletions', async (c) => {
    world.remove(await body(c, inputs.removing))
    return done(c, true)
  })
  app.post('/forwards', async (c) => shown(c, world.forward(await body(c, inputs.forwarding))))
  app.post('/contacts', async (c) => shown(c, world.shareContact(await body(c, inputs.contact))))
  app.post('/votes', async (c) => shown(c, world.vote(await body(c, inputs.voting))))
  app.post('/reactions', async (c) => {
    const { emoji, ...rest } = await body(c, inputs.reacting)
    return shown(c, world.react({ ...rest, reactions: reactionsOf(emoji) }))
  })
  app.post('/presses', async (c) => done(c, await world.press(await body(c, inputs.pressing))))
  app.post('/links', async (c) => {
    const followed = world.follow(await body(c, inputs.following))
    return 'members' in followed ? done(c, showGroup(followed)) : shown(c, followed)
  })
  app.post('/blocks', async (c) => {
    world.block(await body(c, inputs.blocking))
    return done(c, true)
  })

  app.post('/files', async (c) => {
    const form = await readForm(c)
    const file = form.files.get('file')
    if (!file) throw new PeopleError('file.missing', texts.noFile)
    return shown(c, world.sendFile({ ...parse(inputs.sendingFile, form.fields), ...file }))
  })
  app.post('/albums', async (c) => {
    const { fields, uploads } = await readForm(c)
    const album = world.sendAlbum({ ...parse(inputs.sendingAlbum, fields), files: uploads })
    return done(
      c,
      album.map((message) => showMessage(world.state, message)),
    )
  })
  app.get('/files/:unique/:name', (c) => download(c, world))

  app.get('/chats/:chat/messages', async (c) => {
    const { wait, ...looking } = parse(inputs.looking, { ...c.req.query(), chat: c.req.param('chat') })
    return done(c, await world.watch({ ...looking, wait: wait ?? 0 }, c.req.raw.signal))
  })
  app.get('/chats/:chat/messages/:message', (c) => {
    const looking = parse(inputs.looking, { ...c.req.query(), chat: c.req.param('chat') })
    return shown(c, world.message(looking, Number(c.req.param('message'))))
  })
  app.get('/commands', (c) => done(c, world.commands(parse(inputs.menu, c.req.query()))))

  return app
}

function reactionsOf(emoji: string | null | undefined) {
  try {
    return emoji ? readReactions([{ type: 'emoji', emoji }]) : []
  } catch (error) {
    if (error instanceof ApiError) throw new PeopleError('reaction.unknown', texts.emojiUnknown)
    throw error
  }
}

/** A file as people see it in their chats. */
function download(c: Context, { state }: World) {
  const decoded = Buffer.from((c.req.param('unique') ?? '').slice(4), 'base64url').toString()
  const file = state.data.files[Number.parseInt(decoded, 10)]
  if (!file) throw new PeopleError('file.unknown', texts.noFile, 404)
  return c.body(new Uint8Array(file.bytes), 200, {
    'content-type': file.mime,
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    // Whatever people upload must not run as a page of the sandbox.
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'x-content-type-options': 'nosniff',
  })
}
