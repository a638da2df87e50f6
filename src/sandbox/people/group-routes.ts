import { Hono } from 'hono'
import type { World } from '../world/world.ts'
import { body, chatParam, done } from './answers.ts'
import * as inputs from './inputs.ts'
import { showBot, showGroup, showUser } from './views.ts'

/** Accounts, bots and groups. */
export function groupRoutes(world: World): Hono {
  const app = new Hono()

  app.get('/users', (c) => done(c, world.users().map(showUser)))
  app.post('/users', async (c) => done(c, showUser(world.addUser(await body(c, inputs.newUser)))))

  app.get('/bots', (c) => done(c, world.bots().map(showBot)))
  app.post('/bots', async (c) => done(c, showBot(world.addBot(await body(c, inputs.newBot)))))
  app.post('/bots/:bot', async (c) => {
    const bot = world.bot(Number(c.req.param('bot')))
    bot.privacy = (await body(c, inputs.botSetting)).privacy
    return done(c, showBot(bot))
  })

  app.get('/chats', (c) => done(c, world.groups().map(showGroup)))
  app.post('/groups', async (c) => done(c, showGroup(world.addGroup(await body(c, inputs.newGroup)))))
  app.post('/groups/:chat/members', async (c) => {
    return done(c, showGroup(world.changeMembers(chatParam(c), await body(c, inputs.memberChanges))))
  })
  app.post('/groups/:chat/migrate', (c) => done(c, showGroup(world.migrateGroup(chatParam(c)))))
  app.post('/groups/:chat/title', async (c) => {
    const { title, by } = await body(c, inputs.newTitle)
    return done(c, showGroup(world.renameGroup(chatParam(c), title, by)))
  })
  app.post('/groups/:chat/topics', async (c) => {
    return done(c, world.openTopic({ ...(await body(c, inputs.newTopic)), chat: chatParam(c) }))
  })
  app.post('/groups/:chat/dissolve', (c) => done(c, showGroup(world.dissolveGroup(chatParam(c)))))

  return app
}
