import { Hono } from 'hono'
import type { Database } from '../platform/database.ts'
import type { Metrics } from '../platform/metrics.ts'

export interface PageParts {
  database: Database
  metrics: Metrics
  /** Loops that have ended or hang although the program should run. */
  silentLoops(): string[]
}

/** What every running program answers: that it and its loops live, that its database answers too, and what it counts. */
export function createPages({ database, metrics, silentLoops }: PageParts): Hono {
  const pages = new Hono()
  pages.get('/healthz', (c) => {
    const silent = silentLoops()
    return silent.length === 0 ? c.text('ok') : c.text(`silent: ${silent.join(', ')}`, 503)
  })
  pages.get('/readyz', async (c) => ((await answers(database)) ? c.text('ok') : c.text('database silent', 503)))
  pages.get('/metrics', async (c) =>
    c.text(await metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )
  return pages
}

const longestAnswer = 3000

async function answers(database: Database): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, longestAnswer, false).unref())
  const asked = database.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late])
}
