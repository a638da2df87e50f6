import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Result } from '../domain/result.ts'
import type { Texts } from '../platform/texts.ts'

/** A proof is good for this many milliseconds. */
const longestProof = 60_000

/** Where the tools of whoever administers the machine ask the running program: its database is open to it alone. */
export const officerCodePath = '/tools/officer-code'

/**
 * Proves that whoever asks can read the program's settings, without sending them: made from the bot's token, the moment and
 * what is asked for.
 */
export function proofOf(token: string, moment: number, asked: string): string {
  return createHmac('sha256', token).update(`${officerCodePath} ${moment} ${asked}`).digest('hex')
}

export interface ToolParts {
  token: string
  texts: Texts
  createOfficerCode(wardId: number | null): Promise<Result<{ code: string; ward: string }>>
}

/** The page behind `npm run officer-code`. Answers nobody without a fresh proof. */
export function toolPages({ token, texts, createOfficerCode }: ToolParts): Hono {
  const pages = new Hono()
  pages.post(officerCodePath, async (c) => {
    const moment = Number(c.req.header('x-moment'))
    const asked = c.req.header('x-ward') ?? ''
    const isFresh = Math.abs(Date.now() - moment) <= longestProof
    if (!isFresh || !isSame(c.req.header('x-proof') ?? '', proofOf(token, moment, asked))) return c.text('', 403)
    const made = await createOfficerCode(/^\d{1,9}$/.test(asked) ? Number(asked) : null)
    return made.ok ? c.json(made.value) : c.json({ refused: texts.problem(made.problem) }, 409)
  })
  return pages
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
