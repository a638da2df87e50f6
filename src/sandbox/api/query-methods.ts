import { badRequest } from '../errors.ts'
import type { Call, Handlers } from './call.ts'

/** How long a query can be answered, on the sandbox's clock. */
const ANSWERABLE = 150_000

const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid'

export const queryMethods: Handlers = {
  answerCallbackQuery(call) {
    const { state, bot, params } = call
    const query = state.data.queries.get(params.text('callback_query_id'))
    if (!query || query.botId !== bot.account.id) throw badRequest(TOO_OLD)
    if (state.clock.milliseconds() - query.at > ANSWERABLE) throw badRequest(TOO_OLD)
    params.ignore('cache_time')
    const text = params.text('text')
    if ([...text].length > 200) throw badRequest('MESSAGE_TOO_LONG')
    const url = params.text('url')
    if (url !== '') checkUrl(call, url)
    state.presses.get(query.id)?.({
      alert: params.flag('show_alert'),
      ...(text ? { text } : {}),
      ...(url ? { url } : {}),
    })
    return true
  },
}

/** Other addresses than links to the bot itself are for games, which the sandbox does not have. */
function checkUrl(call: Call, url: string): void {
  const own = new RegExp(`^(?:https?://)?t\\.me/${call.bot.account.username}(?:\\?|/|$)`, 'i')
  if (!own.test(url)) throw badRequest('URL_INVALID')
}
