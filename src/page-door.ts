import type { Config } from './config.ts'
import { strangenessOf } from './sandbox/index.ts'
import type { Door } from './web/server.ts'

/**
 * Who may ask on PORT: whoever comes by a name of this machine, by the address it was reached at, by HOST or a name in ALLOWED_HOSTS;
 * to the webhook's path also by the webhook's own name, which a proxy passes on.
 */
export function pageDoor({ host, allowedHosts, webhook }: Pick<Config, 'host' | 'allowedHosts' | 'webhook'>): Door {
  const names = [literal(host), ...allowedHosts].filter((name) => !isEverywhere(name))
  const hook = webhook === null ? null : new URL(webhook.url)
  return (request) => {
    const isHook = hook !== null && pathOf(request.url) === hook.pathname
    const strange = strangenessOf(request, { names: isHook ? [...names, hook.host] : names })
    if (strange === null) return null
    return strange === 'host' ? 421 : 403
  }
}

/** Where whoever sits at this machine finds the pages. */
export function pageUrl(host: string, port: number): string {
  return `http://${isEverywhere(literal(host)) ? '127.0.0.1' : literal(host)}:${port}`
}

/** A setting as it stands in a URL: addresses with colons in brackets. */
function literal(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** To listen everywhere is no name; browsers let pages of anywhere ask at it. */
function isEverywhere(name: string): boolean {
  return name === '0.0.0.0' || name === '[::]'
}

function pathOf(url = ''): string {
  return url.split('?', 1)[0] ?? ''
}
