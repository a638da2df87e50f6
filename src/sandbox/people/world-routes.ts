import { Hono } from 'hono'
import type { World } from '../world/world.ts'
import { body, done } from './answers.ts'
import { moveClock } from './clock.ts'
import { changeFaults, showFaults } from './faults.ts'
import * as inputs from './inputs.ts'

/** The clock, faults, the log of calls, snapshots: what a tester does with the whole world. */
export function worldRoutes(world: World): Hono {
  const { state } = world
  const app = new Hono()

  app.get('/clock', (c) => done(c, { now: state.clock.now().toISOString() }))
  app.post('/clock', async (c) => done(c, await moveClock(state, await body(c, inputs.clockMove))))

  app.get('/faults', (c) => done(c, showFaults(state.faults)))
  app.post('/faults', async (c) => done(c, changeFaults(state.faults, await body(c, inputs.faults))))

  app.get('/calls', (c) => done(c, state.calls.after(Number(c.req.query('after') ?? 0) || 0)))

  app.get('/snapshot', (c) =>
    c.body(new Uint8Array(world.snapshot()), 200, { 'content-type': 'application/octet-stream' }),
  )
  app.put('/snapshot', async (c) => {
    await world.restore(new Uint8Array(await c.req.arrayBuffer()))
    return done(c, true)
  })

  return app
}
