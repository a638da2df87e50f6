import { createHmac } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import type { Result } from '../domain/result.ts'
import type { Texts } from '../platform/texts.ts'
import { isSame } from './is-same.ts'
import { Leaves } from './leaves.ts'

/** Where the tools of whoever administers the machine ask the running program: its database is open to it alone. */
export const leavePath = '/tools/leave'
export const officerCodePath = '/tools/officer-code'
export const backupPath = '/tools/backup'

/**
 * Proves that whoever asks can read the program's settings, without sending them: made from the bot's token, the leave that the
 * program gave and what is asked for.
 */
export function proofOf(token: string, path: string, leave: string, asked: string): string {
  return createHmac('sha256', token).update(`${path} ${leave} ${asked}`).digest('hex')
}

export interface ToolParts {
  token: string
  texts: Texts
  createOfficerCode(wardId: number | null): Promise<Result<{ code: string; ward: string }>>
  /** The whole backup, packed. */
  makeBackup(): Promise<Uint8Array<ArrayBuffer>>
}

/** The pages behind `npm run officer-code` and `npm run backup`. They answer nobody without a proof, and no proof twice. */
export function toolPages({ token, texts, createOfficerCode, makeBackup }: ToolParts): Hono {
  const pages = new Hono()
  const leaves = new Leaves()
  const isProven = (c: HonoContext, path: string, asked: string) => {
    const leave = c.req.header('x-leave') ?? ''
    return isSame(c.req.header('x-proof') ?? '', proofOf(token, path, leave, asked)) && leaves.use(leave)
  }
  pages.post(leavePath, (c) => c.text(leaves.give()))
  pages.post(backupPath, async (c) => (isProven(c, backupPath, '') ? c.body(await makeBackup()) : c.text('', 403)))
  pages.post(officerCodePath, async (c) => {
    const asked = c.req.header('x-ward') ?? ''
    if (!isProven(c, officerCodePath, asked)) return c.text('', 403)
    const made = await createOfficerCode(/^\d{1,9}$/.test(asked) ? Number(asked) : null)
    return made.ok ? c.json(made.value) : c.json({ refused: texts.problem(made.problem) }, 409)
  })
  return pages
}
