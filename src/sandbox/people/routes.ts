import { Hono } from 'hono'
import { texts } from '../texts.ts'
import type { World } from '../world/world.ts'
import { answerError } from './answers.ts'
import { groupRoutes } from './group-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { worldRoutes } from './world-routes.ts'

/** The people's side over HTTP: what people do with their apps, and what a tester does with the world. */
export function peopleRoutes(world: World): Hono {
  const app = new Hono()
  app.route('/people', groupRoutes(world))
  app.route('/people', messageRoutes(world))
  app.route('/people', worldRoutes(world))
  app.notFound((c) => c.json({ ok: false, error: texts.routeUnknown, code: 'route.unknown' }, 404))
  app.onError(answerError)
  return app
}
