import { z } from 'zod'
import type { Database, Transaction } from './database.ts'
import type { FileStore } from './file-store.ts'
import { fileKinds } from './messages.ts'
import type { Prisma } from './prisma/client.ts'

/** A file as Telegram keeps it: its id sends it again without an upload. */
export const sentFileSchema = z.object({
  fileId: z.string(),
  uniqueId: z.string(),
  name: z.string(),
  kind: z.enum(fileKinds),
})
export type SentFile = z.infer<typeof sentFileSchema>

/** Notes that a file is to be copied into our store; answers with its number. The same file is noted once. */
export async function keepFile(tx: Transaction, file: SentFile, sentBy: bigint | null, now: Date): Promise<number> {
  const { id } = await tx.keptFile.upsert({
    where: { uniqueId: file.uniqueId },
    create: { ...file, sentBy, createdAt: now },
    update: {},
    select: { id: true },
  })
  return id
}

/** Notes that files are to be taken out of our store; their bytes go within minutes. */
export async function dropFiles(tx: Transaction, where: Prisma.KeptFileWhereInput): Promise<void> {
  await tx.keptFile.updateMany({ where, data: { state: 'dropped', fileId: '', name: '', sentBy: null } })
}

/** The bytes of a file from our own store, or null where it is not there (yet). */
export async function readKeptFile(db: Database, store: FileStore, uniqueId: string): Promise<Uint8Array | null> {
  const file = await db.keptFile.findUnique({ where: { uniqueId } })
  return file?.key && file.state === 'kept' ? store.get(file.key) : null
}
