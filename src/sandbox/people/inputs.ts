import { z } from 'zod'

/** Forms and addresses carry numbers as text. */
const integer = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
  z.int(),
)

export const chatId = integer

const place = {
  from: integer,
  chat: integer,
  bot: integer.optional(),
  topic: integer.optional(),
  replyTo: integer.optional(),
}

export const newUser = z.object({
  name: z.string(),
  username: z.string().optional(),
  phone: z.string().optional(),
  person: z.string().optional(),
  languageCode: z.string().optional(),
})

export const newGroup = z.object({
  title: z.string().min(1),
  members: z.array(integer).min(1),
  supergroup: z.boolean().optional(),
  forum: z.boolean().optional(),
  username: z.string().optional(),
  bot: z.enum(['member', 'administrator']).optional(),
})

export const memberChanges = z.object({
  add: z.array(integer).optional(),
  remove: z.array(integer).optional(),
  bot: z.enum(['add', 'promote', 'demote', 'kick']).optional(),
  promote: z.array(integer).optional(),
  demote: z.array(integer).optional(),
  anonymous: z.array(integer).optional(),
  botId: integer.optional(),
  by: integer.optional(),
})

export const newTitle = z.object({ title: z.string().min(1), by: integer.optional() })

export const saying = z.object({
  ...place,
  text: z.string(),
  entities: z.array(z.unknown()).optional(),
  ephemeral: z.boolean().optional(),
})

export const editing = z.object({ ...place, message: integer, text: z.string() })

export const removing = z.object({ ...place, message: integer })

export const sendingFile = z.object({
  ...place,
  caption: z.string().optional(),
  as: z.enum(['document', 'photo', 'video', 'voice']).default('document'),
})

/** Several at once, of one kind. */
export const sendingAlbum = sendingFile.extend({ as: z.enum(['document', 'photo']).default('document') })

export const pressing = z.object({
  from: integer,
  chat: integer,
  message: integer,
  button: z.union([z.string(), z.object({ row: integer, column: integer })]).default(''),
  bot: integer.optional(),
  ephemeral: integer.optional(),
  data: z.string().optional(),
  share: z.union([integer, z.array(integer)]).optional(),
})

export const blocking = z.object({ from: integer, bot: integer.optional(), blocked: z.boolean().default(true) })

export const voting = z.object({
  from: integer,
  chat: integer,
  bot: integer.optional(),
  message: integer,
  options: z.array(integer),
})

export const reacting = z.object({
  from: integer,
  chat: integer,
  bot: integer.optional(),
  message: integer,
  emoji: z.string().nullish(),
})

export const following = z.object({ from: integer, url: z.string(), chat: integer.optional() })

export const forwarding = z.object({ from: integer, chat: integer, message: integer, to: integer })

export const contact = z.object({
  from: integer,
  chat: integer,
  bot: integer.optional(),
  user: integer.optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
})

export const newTopic = z.object({ from: integer, name: z.string().min(1) })

export const menu = z.object({ for: integer, chat: integer, bot: integer.optional() })

export const newBot = z.object({
  token: z.string(),
  username: z.string(),
  name: z.string(),
  privacy: z.boolean().optional(),
})

export const botSetting = z.object({ privacy: z.boolean() })

export const looking = z.object({
  for: integer,
  chat: integer,
  after: integer.optional(),
  wait: integer.optional(),
  bot: integer.optional(),
})

export const faults = z.object({
  fail: z
    .object({
      method: z.string().default('*'),
      chat: integer.optional(),
      times: z.int().min(1).default(1),
      with: z.union([
        z.literal(429),
        z.literal(500),
        z.literal('dropBefore'),
        z.literal('dropAfter'),
        z.literal('hang'),
      ]),
      retryAfter: z.int().min(1).default(3),
    })
    .optional(),
  latency: z.int().min(0).optional(),
  outage: z.boolean().optional(),
  floodLimits: z.boolean().optional(),
  duplicateUpdates: z.int().min(0).optional(),
  reorderUpdates: z.int().min(0).optional(),
  doublePresses: z.int().min(0).optional(),
  clear: z.boolean().optional(),
})

export const clockMove = z.object({ advance: z.string().optional(), set: z.string().optional() })
