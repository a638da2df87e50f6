import type { Database } from '../platform/database.ts'
import { storableJson } from '../platform/storable.ts'

export interface OpenForm {
  kind: string
  data: Record<string, unknown>
  promptMessageId: number | null
  /** The update that asked: handled twice, it does not answer its own question. */
  source: string | null
}

const lifetimeMilliseconds = 24 * 3_600_000

/** The draft that this account fills in in this chat, unless it has lain for a day. */
export async function findForm(db: Database, accountId: bigint, chatId: bigint, now: Date): Promise<OpenForm | null> {
  const row = await db.form.findUnique({ where: { accountId_chatId: { accountId, chatId } } })
  if (!row || row.expiresAt <= now) return null
  const data = typeof row.data === 'object' && row.data !== null && !Array.isArray(row.data) ? row.data : {}
  return { kind: row.kind, data, promptMessageId: row.promptMessageId, source: row.source }
}

/** Opens a form, in place of one that stood open. */
export async function saveForm(
  db: Database,
  accountId: bigint,
  chatId: bigint,
  form: OpenForm,
  now: Date,
): Promise<void> {
  const row = {
    kind: form.kind,
    data: storableJson(form.data),
    promptMessageId: form.promptMessageId,
    source: form.source,
    expiresAt: new Date(now.getTime() + lifetimeMilliseconds),
  }
  await db.form.upsert({
    where: { accountId_chatId: { accountId, chatId } },
    create: { accountId, chatId, ...row },
    update: row,
  })
}

export async function closeForm(db: Database, accountId: bigint, chatId: bigint): Promise<void> {
  await db.form.deleteMany({ where: { accountId, chatId } })
}

/** Forgets the drafts that nobody has finished in time: they hold what people said. */
export async function forgetForms(db: Database, now: Date): Promise<void> {
  await db.form.deleteMany({ where: { expiresAt: { lte: now } } })
}
