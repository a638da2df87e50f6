import { Hono } from 'hono'
import type { Database } from '../platform/database.ts'

/** What every running program answers: that it lives, and that its database answers too. */
export function createPages(database: Database): Hono {
  const pages = new Hono()
  pages.get('/healthz', (c) => c.text('ok'))
  pages.get('/readyz', async (c) => {
    await database.$queryRaw`SELECT 1`
    return c.text('ok')
  })
  return pages
}
