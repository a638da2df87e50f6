import { Bot } from 'grammy'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'

export interface BotAddress {
  token: string
  apiRoot: string
  proxy: string | null
}

/**
 * grammY's bot, talking to that Bot API server, through a proxy where one is set. Telegram has been ordered blocked in
 * Viet Nam since May 2025: an own server (`apiRoot`) or a proxy is how a ward that is allowed to may still reach it.
 */
export function createBot({ token, apiRoot, proxy }: BotAddress): Bot {
  const agent =
    proxy === null ? null : proxy.startsWith('socks') ? new SocksProxyAgent(proxy) : new HttpsProxyAgent(proxy)
  return new Bot(token, {
    client: {
      apiRoot,
      // Longer than a long poll, short enough to notice a connection that hangs.
      timeoutSeconds: 60,
      ...(agent === null ? {} : { baseFetchConfig: { agent, compress: true } }),
    },
  })
}
