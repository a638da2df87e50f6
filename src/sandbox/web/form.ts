import type { Context } from 'hono'

export type Form = Record<string, string | File>

/** The fields of a form; the last one of a name counts, and a request without a form has none. */
export async function readForm(c: Context): Promise<Form> {
  if (!c.req.header('content-type')) return {}
  return Object.fromEntries(await c.req.formData())
}
