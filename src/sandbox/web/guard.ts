import { createMiddleware } from 'hono/factory'
import { strangeness } from '../http/own-address.ts'
import { texts } from './texts.ts'

/**
 * The pages show everything and let anybody be anybody, so they answer only to this machine's own names, and take forms only from
 * their own pages.
 */
export function guard(hosts: readonly string[] = []) {
  return createMiddleware(async (c, next) => {
    const { method, headers } = c.req.raw
    const header = (name: string) => headers.get(name) ?? undefined
    const strange = strangeness(
      { method, host: header('host'), origin: header('origin'), fetchSite: header('sec-fetch-site') },
      { names: hosts, onlyForms: true },
    )
    if (strange === 'host') return c.text(texts.strangeHost, 421)
    if (strange === 'origin') return c.text(texts.strangeOrigin, 403)
    await next()
    c.res.headers.set(
      'content-security-policy',
      c.res.headers.get('content-security-policy') ??
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    )
    c.res.headers.set('x-content-type-options', 'nosniff')
    // Not stricter: without a referrer browsers hide the origin of forms too.
    c.res.headers.set('referrer-policy', 'same-origin')
    c.res.headers.set('cross-origin-resource-policy', 'same-origin')
  })
}
