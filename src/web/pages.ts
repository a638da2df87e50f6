import { Hono } from 'hono'
import type { Database } from '../platform/database.ts'
import type { Illness } from '../platform/health.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Texts } from '../platform/texts.ts'
import { createWriteProbe, type Unready } from '../platform/write-probe.ts'

export interface PageParts {
  database: Database
  metrics: Metrics
  texts: Texts
  /** Why the program does not do its work: nothing, as long as all is well. */
  illnesses(): Illness[]
}

/** Why a program that is starting cannot be used yet. */
export type Waiting = 'starting' | 'waitingForDatabase' | 'waitingForTelegram'

/**
 * What every running program answers: that it does its work, that its database and Telegram take what it has for them, and what it
 * counts. A reason is a word of the code and a sentence, one a line.
 */
export function createPages({ database, metrics, texts, illnesses }: PageParts): Hono {
  const pages = new Hono()
  const probe = createWriteProbe(database)
  pages.get('/healthz', (c) => {
    const reasons = illnesses().filter((reason) => !isFromOutside(reason))
    return reasons.length === 0 ? c.text('ok') : c.text(said(texts, reasons), 503)
  })
  pages.get('/readyz', async (c) => {
    const unready = await probe()
    const reasons = [...(unready === null ? [] : [unready]), ...illnesses().filter(isFromOutside)]
    return reasons.length === 0 ? c.text('ok') : c.text(said(texts, reasons), 503)
  })
  metrics.gauge('lienchi_database_writable', 'Whether a row could be written just now', async () => [
    { value: Number((await probe()) === null) },
  ])
  pages.get('/metrics', async (c) =>
    c.text(await metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )
  return pages
}

/** A new start changes nothing about it, and with a token that is refused would not even come up again. */
function isFromOutside(reason: Illness): boolean {
  return reason === 'shutOut'
}

/** What a program answers that waits for its database or for Telegram before it can start: alive, and not ready. */
export function createWaitingPages(texts: Texts, reason: () => Waiting): Hono {
  const pages = new Hono()
  pages.get('/healthz', (c) => c.text(said(texts, [reason()])))
  pages.get('/readyz', (c) => c.text(said(texts, [reason()]), 503))
  return pages
}

function said(texts: Texts, reasons: readonly (Illness | Unready | Waiting)[]): string {
  return reasons.map((reason) => `${reason}: ${texts(`health:${reason}`)}`).join('\n')
}
