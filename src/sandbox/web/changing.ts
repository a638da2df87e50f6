import { type Context, Hono } from 'hono'
import { moveClock } from '../people/clock.ts'
import { changeFaults } from '../people/faults.ts'
import { answer } from './answers.ts'
import type { Seated } from './composer.ts'
import { type Form, readForm } from './form.ts'
import { safeReturn } from './paths.ts'
import type { Room } from './room.ts'
import { peopleNamed } from './seats.ts'
import { texts } from './texts.ts'
import { fullTime } from './time.ts'
import { seatedOf, viewOf, whereIn } from './viewing.ts'

/** What a tester does with the world: the clock, faults, people, groups, the played month. */
export function changing(room: Room): Hono {
  const app = new Hono()

  app.post('/clock', async (c) => {
    const { move, back } = await readForm(c)
    if (move === 'due') {
      const due = await room.options.nextDue?.()
      if (!due)
        return answer(c, room, { back: safeReturn(back), flash: { text: texts.tools.nothingDue, alert: false } })
      await moveClock(room.state, { set: due.toISOString() })
    } else await moveClock(room.state, { advance: String(move) })
    const text = texts.tools.moved(fullTime(room.state.clock.now()))
    return answer(c, room, { back: safeReturn(back), flash: { text, alert: false } })
  })

  app.post('/faults', async (c) => {
    const body = await readForm(c)
    changeFaults(room.state.faults, faultChange(body))
    return answer(c, room, { back: safeReturn(body.back) })
  })

  app.post('/people', async (c) => {
    const { name, phone } = await readForm(c)
    const account = room.world.addUser({ name: String(name ?? ''), ...(phone ? { phone: String(phone) } : {}) })
    return answer(c, room, { back: room.paths.seat(account.id), leave: true })
  })

  app.post('/p/:person/groups', async (c) => {
    const { viewer } = viewOf(c, room)
    const { title } = await readForm(c)
    const chat = room.world.addGroup({ title: String(title ?? ''), members: [viewer.id] })
    return answer(c, room, { back: room.paths.info(viewer.id, chat.id), leave: true })
  })

  app.post('/p/:person/c/:chat/info', async (c) => changeChat(c, room, seatedOf(c, room)))

  app.post('/month', async (c) => {
    const { month } = room
    if (!month) return c.notFound()
    const { do: wanted } = await readForm(c)
    if (wanted === 'play') month.start()
    if (wanted === 'pause' || wanted === 'resume') month.pause(wanted === 'pause')
    if (wanted === 'slower' || wanted === 'faster') month.changePace(wanted === 'faster' ? 1 : -1)
    return answer(c, room, { back: room.paths.month })
  })
  return app
}

function faultChange(body: Form): Parameters<typeof changeFaults>[1] {
  const fail = (kind: 429 | 500 | 'dropBefore' | 'dropAfter') => ({
    fail: { method: '*', times: 1, with: kind, retryAfter: 3 },
  })
  switch (body.once) {
    case 'fail429':
      return fail(429)
    case 'fail500':
      return fail(500)
    case 'dropBefore':
    case 'dropAfter':
      return fail(body.once)
    case 'duplicateUpdates':
    case 'reorderUpdates':
    case 'doublePresses':
      return { [body.once]: 1 }
  }
  return {
    ...(body.clear ? { clear: true } : {}),
    ...(body.outage ? { outage: body.outage === 'on' } : {}),
    ...(body.floodLimits ? { floodLimits: body.floodLimits === 'on' } : {}),
    ...(body.latency ? { latency: body.latency === 'on' ? 2000 : 0 } : {}),
  }
}

async function changeChat(c: Context, room: Room, seated: Seated) {
  const { viewer, place } = seated
  const body = await readForm(c)
  const [what, id] = String(body.do ?? '').split(':')
  let chat = place.address
  switch (what) {
    case 'block':
    case 'unblock': {
      const { from, bot } = whereIn(seated)
      room.world.block({ from, bot, blocked: what === 'block' })
      break
    }
    case 'addBot':
    case 'promoteBot':
    case 'demoteBot':
    case 'kickBot': {
      const change = { addBot: 'add', promoteBot: 'promote', demoteBot: 'demote', kickBot: 'kick' } as const
      room.world.changeMembers(chat, { bot: change[what], botId: Number(id), by: viewer.id })
      break
    }
    case 'add':
      room.world.changeMembers(chat, { add: await peopleNamed(room, [String(body.person ?? '')]), by: viewer.id })
      break
    case 'remove':
      room.world.changeMembers(chat, { remove: [Number(id)], by: viewer.id })
      if (Number(id) === viewer.id) return answer(c, room, { back: room.paths.seat(viewer.id) })
      break
    case 'rename':
      room.world.renameGroup(chat, String(body.title ?? ''), viewer.id)
      break
    case 'migrate':
      chat = room.world.migrateGroup(chat).id
  }
  return answer(c, room, { back: room.paths.info(viewer.id, chat), flash: { text: texts.info.saved, alert: false } })
}
