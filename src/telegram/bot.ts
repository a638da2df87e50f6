// grammY types its signals after this package's, not after the platform's own.
import { AbortController } from 'abort-controller'
import { Bot } from 'grammy'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { makeStorable } from '../platform/storable.ts'

export interface BotAddress {
  token: string
  apiRoot: string
  proxy: string | null
  /** After so long without an answer a call counts as broken: the connection may be open at one end only. */
  patienceSeconds?: number
}

/**
 * grammY's bot, talking to that Bot API server, through a proxy where one is set. Telegram has been ordered blocked in
 * Viet Nam since May 2025: an own server (`apiRoot`) or a proxy is how a ward that is allowed to may still reach it.
 */
export function createBot({ token, apiRoot, proxy, patienceSeconds = 30 }: BotAddress): Bot {
  const agent =
    proxy === null ? null : proxy.startsWith('socks') ? new SocksProxyAgent(proxy) : new HttpsProxyAgent(proxy)
  const bot = new Bot(token, {
    client: {
      apiRoot,
      // Longer than a long poll.
      timeoutSeconds: 60,
      ...(agent === null ? {} : { baseFetchConfig: { agent, compress: true } }),
    },
  })
  bot.api.config.use(async (previous, method, payload, signal) => {
    if (method === 'getUpdates') return previous(method, payload, signal)
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), patienceSeconds * 1000)
    try {
      const answer = await previous(method, payload, patience.signal)
      // Names and titles that a call brings end in the database like those of an update, which the intake cleans itself.
      makeStorable(answer)
      return answer
    } finally {
      clearTimeout(timer)
    }
  })
  return bot
}
