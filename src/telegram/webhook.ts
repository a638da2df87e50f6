import { createHash, timingSafeEqual } from 'node:crypto'
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { passing } from '../platform/checkpoints.ts'
import { allowedUpdates } from './door.ts'
import type { AcceptUpdates } from './intake.ts'
import { largestUpdate } from './sorting.ts'

/** Where Telegram is to send updates, and the word by which it shows that it is Telegram. */
export interface WebhookAddress {
  url: string
  /** 1 to 256 of A–Z, a–z, 0–9, `_` and `-` (Bot API, setWebhook). */
  secret: string
}

const updateShape = z.looseObject({ update_id: z.int().min(0) })

/**
 * The page to which Telegram posts updates, at the path of the webhook's address. 200 is answered only after the update is
 * stored; where the database cannot be reached 500 lets Telegram send it again. One that can never be stored is parked and counts as
 * received, so that it does not come for ever.
 */
export function webhookPage({ url, secret }: WebhookAddress, accept: AcceptUpdates): Hono {
  const page = new Hono()
  page.post(
    new URL(url).pathname,
    async (c, next) => {
      const given = c.req.header('x-telegram-bot-api-secret-token') ?? ''
      return isSame(given, secret) ? next() : c.text('', 401)
    },
    bodyLimit({ maxSize: largestUpdate, onError: (c) => c.text('', 413) }),
    async (c) => {
      const update = asUpdate(await c.req.text())
      if (update === null) return c.text('', 400)
      const isStored = await accept([update])
      passing('intake.confirming')
      return c.text('', isStored ? 200 : 500)
    },
  )
  return page
}

/** Tells Telegram where to send updates from now on. Equal processes may all do so. */
export async function announceWebhook(api: Api, { url, secret }: WebhookAddress): Promise<void> {
  await api.setWebhook(url, { secret_token: secret, allowed_updates: [...allowedUpdates] })
}

/** Compared by their digests, so that the time it takes says nothing about the secret. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** Whoever knows the secret is Telegram, so only what every update has is looked at. */
function asUpdate(body: string): Update | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return updateShape.safeParse(parsed).success ? (parsed as Update) : null
  } catch {
    return null
  }
}
