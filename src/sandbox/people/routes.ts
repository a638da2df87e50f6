import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { ApiError, PeopleError } from '../errors.ts'
import { type Form, parseMultipart } from '../http/multipart.ts'
import type { Chat } from '../model.ts'
import { texts } from '../texts.ts'
import { person } from '../world/accounts.ts'
import { chatOf } from '../world/places.ts'
import { messageSeenBy } from '../world/seeing.ts'
import { showMessage } from '../world/showing.ts'
import type { World } from '../world/world.ts'
import { moveClock } from './clock.ts'
import { changeFaults, showFaults } from './faults.ts'
import * as inputs from './inputs.ts'
import { showGroup, showUser } from './views.ts'

/** The people's side over HTTP: what people do with their apps, and what a tester does with the world. */
export function peopleRoutes(world: World): Hono {
  const { state } = world
  const app = new Hono().basePath('/people')

  app.get('/users', (c) => done(c, world.users().map(showUser)))
  app.post('/users', async (c) => done(c, showUser(world.addUser(await body(c, inputs.newUser)))))

  app.get('/chats', (c) => done(c, world.groups().map(showGroup)))
  app.post('/groups', async (c) => done(c, showGroup(world.addGroup(await body(c, inputs.newGroup)))))
  app.post('/groups/:chat/members', async (c) => {
    const chat: Chat = world.changeMembers(chatParam(c), await body(c, inputs.memberChanges))
    return done(c, showGroup(chat))
  })
  app.post('/groups/:chat/migrate', (c) => done(c, showGroup(world.migrateGroup(chatParam(c)))))
  app.post('/groups/:chat/title', async (c) => {
    const { title, by } = await body(c, inputs.newTitle)
    return done(c, showGroup(world.renameGroup(chatParam(c), title, by)))
  })

  app.post('/messages', async (c) => done(c, showMessage(state, world.say(await body(c, inputs.saying)))))
  app.post('/edits', async (c) => done(c, showMessage(state, world.edit(await body(c, inputs.editing)))))
  app.post('/deletions', async (c) => {
    world.remove(await body(c, inputs.removing))
    return done(c, true)
  })
  app.post('/files', async (c) => {
    const form = await readForm(c)
    const file = form.files.get('file')
    if (!file) throw new PeopleError('file.missing', texts.noFile)
    const fields = parse(inputs.sendingFile, form.fields)
    return done(c, showMessage(state, world.sendFile({ ...fields, ...file })))
  })
  app.get('/files/:unique/:name', (c) => download(c, world))
  app.post('/presses', async (c) => done(c, await world.press(await body(c, inputs.pressing))))
  app.post('/blocks', async (c) => {
    world.block(await body(c, inputs.blocking))
    return done(c, true)
  })

  app.get('/chats/:chat/messages', async (c) => {
    const { wait, ...looking } = parse(inputs.looking, { ...c.req.query(), chat: c.req.param('chat') })
    return done(c, await world.watch({ ...looking, wait: wait ?? 0 }, c.req.raw.signal))
  })
  app.get('/chats/:chat/messages/:message', (c) => {
    const looking = parse(inputs.looking, { ...c.req.query(), chat: c.req.param('chat') })
    const viewer = person(state, looking.for)
    const chat = chatOf(state, viewer, looking.chat, looking.bot)
    return done(c, showMessage(state, messageSeenBy(chat, viewer, Number(c.req.param('message')))))
  })

  app.get('/clock', (c) => done(c, { now: state.clock.now().toISOString() }))
  app.post('/clock', async (c) => done(c, await moveClock(state, await body(c, inputs.clockMove))))
  app.get('/faults', (c) => done(c, showFaults(state.faults)))
  app.post('/faults', async (c) => done(c, changeFaults(state.faults, await body(c, inputs.faults))))
  app.get('/calls', (c) => done(c, state.calls.after(Number(c.req.query('after') ?? 0) || 0)))

  app.notFound((c) => c.json({ ok: false, error: texts.routeUnknown, code: 'route.unknown' }, 404))
  app.onError((error, c) => {
    if (error instanceof PeopleError) {
      return c.json({ ok: false, error: error.message, code: error.code, ...error.details }, error.status)
    }
    if (error instanceof ApiError) return c.json({ ok: false, error: texts.notForm, code: 'body.invalid' }, 400)
    if (error instanceof HTTPException) return c.json({ ok: false, error: texts.notJson, code: 'body.invalid' }, 400)
    console.error(error)
    return c.json({ ok: false, error: String(error), code: 'internal' }, 500)
  })
  return app
}

export function done(c: Context, result: unknown) {
  return c.json({ ok: true, result })
}

/** The request's JSON, checked; a refusal names the field. */
export async function body<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  const text = await c.req.text()
  try {
    return parse(shape, text === '' ? {} : JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new PeopleError('body.invalid', texts.notJson)
    throw error
  }
}

async function readForm(c: Context): Promise<Form> {
  return parseMultipart(Buffer.from(await c.req.arrayBuffer()), c.req.header('content-type') ?? '')
}

export function parse<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new PeopleError('body.invalid', texts.invalid(issue?.path.join('.') ?? '', issue?.message ?? ''))
}

function chatParam(c: Context): number {
  return parse(inputs.chatId, c.req.param('chat'))
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
