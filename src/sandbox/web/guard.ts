import { createMiddleware } from 'hono/factory'
import { texts } from './texts.ts'

const OWN_HOSTS = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The pages show everything and let anybody be anybody, so they answer only to this machine's own names (a foreign name
 * that points here would be DNS rebinding), and take forms only from their own pages.
 */
export function guard(hosts: readonly string[] = []) {
  const names = new Set([...OWN_HOSTS, ...hosts])
  return createMiddleware(async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!names.has(host.replace(/:\d+$/, '').toLowerCase())) return c.text(texts.strangeHost, 421)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isOwnForm(c.req.raw.headers, host)) {
      return c.text(texts.strangeOrigin, 403)
    }
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

function isOwnForm(headers: Headers, host: string): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return origin === `http://${host}` || origin === `https://${host}`
  return headers.get('sec-fetch-site') === 'same-origin'
}
