import type { Update, WebhookInfo } from '@grammyjs/types'
import { ApiError, badRequest } from '../errors.ts'
import type { UpdateType } from '../model.ts'
import { endOpenPoll, longPoll } from '../updates/poll.ts'
import { confirm, dropExpired, waiting } from '../updates/queue.ts'
import type { Call, Handlers } from './call.ts'

const LONGEST_POLL = 50

const POLL_WHILE_WEBHOOK =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

/** Every type this sandbox can produce; unknown names in `allowed_updates` are overlooked, as on the official server. */
const TYPES: ReadonlySet<string> = new Set<UpdateType>([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'message_reaction',
  'message_reaction_count',
])

export const updateMethods: Handlers = {
  getUpdates(call): Promise<Update[]> | Update[] {
    const { state, bot, params } = call
    if (bot.webhook) throw new ApiError(409, POLL_WHILE_WEBHOOK)
    const offset = params.integer('offset')
    const limit = Math.min(Math.max(params.integer('limit', 100), 1), 100)
    const timeout = Math.min(Math.max(params.integer('timeout'), 0), LONGEST_POLL)
    rememberAllowed(call)
    endOpenPoll(state, bot, 'getUpdates')
    confirm(bot, offset)
    const updates = waiting(state, bot, limit)
    return updates.length > 0 || timeout === 0 ? updates : longPoll(state, bot, limit, timeout, call.hungUp())
  },

  setWebhook(call) {
    const { state, bot, params } = call
    const url = params.text('url').trim()
    rememberAllowed(call)
    params.ignore('certificate', 'ip_address', 'secret_token', 'max_connections')
    if (url === '') return dropWebhook(call)
    checkUrl(url)
    const secret = params.text('secret_token')
    if (secret.length > 256) throw badRequest('secret token is too long')
    if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
    if (params.flag('drop_pending_updates')) bot.updates = []
    bot.webhook = {
      url,
      maxConnections: Math.min(Math.max(params.integer('max_connections', 40), 1), 100),
      ...(secret ? { secret } : {}),
    }
    endOpenPoll(state, bot, 'setWebhook')
    state.signals.emit('update', bot)
    call.note = 'Webhook was set'
    return true
  },

  deleteWebhook: dropWebhook,

  getWebhookInfo({ state, bot }) {
    dropExpired(state, bot)
    const { webhook } = bot
    const info: WebhookInfo & { url: string } = {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: bot.updates.length,
    }
    if (webhook) {
      info.max_connections = webhook.maxConnections
      info.ip_address = '127.0.0.1'
      if (webhook.lastErrorAt !== undefined) info.last_error_date = webhook.lastErrorAt
      if (webhook.lastError !== undefined) info.last_error_message = webhook.lastError
    }
    if (bot.allowedUpdates) info.allowed_updates = [...bot.allowedUpdates]
    return info
  },
}

function dropWebhook(call: Call): true {
  const { bot, params } = call
  const hadWebhook = bot.webhook !== undefined
  delete bot.webhook
  if (params.flag('drop_pending_updates')) bot.updates = []
  call.note = hadWebhook ? 'Webhook was deleted' : 'Webhook is already deleted'
  return true
}

/** The last list stays in force when a call names none; an empty list brings the default back. */
function rememberAllowed(call: Call): void {
  const given = call.params.json('allowed_updates', 'allowed updates')
  if (!Array.isArray(given)) return
  const types = given.filter(isType)
  call.bot.allowedUpdates = types.length > 0 ? new Set<UpdateType>(types) : undefined
}

function isType(name: unknown): name is UpdateType {
  return typeof name === 'string' && TYPES.has(name)
}

/** Telegram wants HTTPS; on this machine plain HTTP is the practical way. */
function checkUrl(url: string): void {
  if (!URL.canParse(url)) throw badRequest('invalid webhook URL specified')
  const { protocol, hostname } = new URL(url)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLocal)) return
  throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
}
