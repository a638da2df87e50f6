import { html } from 'hono/html'

export { html }

/** A piece of a page. Values put into an `html` template are escaped. */
export type Html = ReturnType<typeof html>

export const nothing: Html = html``
